"""A person with a password; the pages' static files are collected once."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from katsaus.web.users.models import User

PASSWORD = "kolme-kuusta-ja-suo"


@pytest.fixture(scope="session", autouse=True)
def _static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Collect them in a folder of this process: two at once in one folder disturb each other."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


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
