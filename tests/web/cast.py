"""The fixed cast of the web tests: who they are in Kemi, and Simo's controller as the outsider."""

from allauth.mfa.models import Authenticator
from django.test import Client

from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User

ROLES = {
    "aino": Role.UNIT_HEAD,
    "bertta": Role.CONTROLLER,
    "cecilia": Role.DIRECTOR,
    "daavid": Role.READER,
    "tarkastaja": Role.AUDITOR,
    "hallinta": Role.ADMINISTRATOR,
}
UNITS = {"aino": "64320000", "cecilia": "64500000"}
OUTSIDER = "simo.talous"


def sign_in(name: str, kemi: Municipality) -> Client:
    """Return a browser in which one of the cast is signed in; "nobody" is not."""
    client = Client()
    if name == "nobody":
        return client
    place = ensure_municipality(slug_or_number="simo") if name == OUTSIDER else kemi
    person, is_new = User.objects.get_or_create(username=name, defaults={"first_name": name})
    if is_new:
        unit = kemi.units.get(code=UNITS[name]) if name in UNITS else None
        role = ROLES.get(name, Role.CONTROLLER)
        give_role(by=None, person=person, municipality=place, role=role, unit=unit)
        if role is Role.ADMINISTRATOR:
            enrol(person)
    client.force_login(person)
    return client


def enrol(person: User) -> None:
    """Give a person an authenticator app: a second factor."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})


def answers(address: str, kemi: Municipality) -> dict[str, int]:
    """Return what each of the cast is answered at an address."""
    names = (*ROLES, OUTSIDER, "nobody")
    return {name: sign_in(name, kemi).get(address).status_code for name in names}


def allowed(*names: str) -> dict[str, int]:
    """Return the answers of an address that only some of the cast may open."""
    found = {name: 200 if name in names else 403 for name in ROLES}
    return {**found, OUTSIDER: 404, "nobody": 302}
