"""A person with a password, signed in or not."""

import pytest
from django.test import Client

from katsaus.web.users.models import User

PASSWORD = "kolme-kuusta-ja-suo"


@pytest.fixture
def aino(db: None) -> User:
    return User.objects.create_user("aino", "aino@example.fi", PASSWORD, first_name="Päällikkö")


@pytest.fixture
def signed_in(aino: User, client: Client) -> Client:
    client.post("/accounts/login/", {"login": "aino", "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Return a person's browser that has just confirmed who they are."""
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return signed_in
