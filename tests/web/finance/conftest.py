"""The cast: who may see what of Kemi's figures, and two who may see nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User

SignIn = Callable[[str], Client]
# The role of each, and the unit that it is over.
CAST: dict[str, tuple[Role, str]] = {
    "bertta": (Role.CONTROLLER, ""),
    "aino": (Role.UNIT_HEAD, "64320000"),
    "cecilia": (Role.DIRECTOR, "64500000"),
    "daavid": (Role.READER, ""),
    "auditor": (Role.AUDITOR, ""),
    "administrator": (Role.ADMINISTRATOR, ""),
}


@pytest.fixture
def sign_in(kemi: Municipality) -> SignIn:
    """Return a browser in Finnish in which one of the cast is signed in; "nobody" is not."""

    def signed_in(name: str) -> Client:
        client = Client(headers={"accept-language": "fi"})
        if name == "nobody":
            return client
        user, is_new = User.objects.get_or_create(username=name)
        client.force_login(user)
        if not is_new:
            return client
        if name == "outsider":
            elsewhere = Municipality.objects.create(slug="muualla", number="999", name_fi="Muualla")
            Membership.objects.create(user=user, municipality=elsewhere, role=Role.CONTROLLER)
        else:
            role, code = CAST[name]
            unit = kemi.units.get(code=code) if code else None
            Membership.objects.create(user=user, municipality=kemi, role=role, unit=unit)
        return client

    return signed_in
