"""An administrator's browser, and another municipality with an administrator of its own."""

import pytest
from django.test import Client

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from web.cast import enrol, sign_in


@pytest.fixture
def administrator(kemi: Municipality) -> Client:
    return sign_in("hallinta", kemi)


@pytest.fixture
def simo(db: None) -> Municipality:
    return ensure_municipality(slug_or_number="simo")


@pytest.fixture
def outsider(simo: Municipality) -> Client:
    """Return the browser of Simo's administrator."""
    person = User.objects.create_user("simo.hallinta", first_name="Simon hallinta")
    Membership.objects.create(user=person, municipality=simo, role=Role.ADMINISTRATOR)
    enrol(person)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def aino(kemi: Municipality) -> User:
    sign_in("aino", kemi)
    return User.objects.get(username="aino")
