"""A person let in again by whoever keeps the service, whichever municipalities they work in."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role, let_in_again
from katsaus.web.audit.models import Event
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from web.cast import enrol

PLACES = ("kemi", "simo")
OLD = "kolme-kuusta-ja-suo"


@pytest.fixture
def person(db: None) -> User:
    """Somebody who reads two municipalities and has a second factor."""
    found = User.objects.create_user("kahden", password=OLD)
    for place in PLACES:
        municipality = ensure_municipality(slug_or_number=place)
        give_role(by=None, person=found, municipality=municipality, role=Role.READER, unit=None)
    enrol(found)
    return found


def told(person: User) -> list[tuple[str, str]]:
    """Return what the trails tell of the person's way in: municipality and action."""
    events = Event.objects.filter(subject=person.username).exclude(action="role.given")
    return sorted(events.values_list("municipality", "action"))


def test_the_password_opens_once_and_half_way_sessions_end(person: User) -> None:
    """Those that wait for a code would not end with the password alone."""
    half_way = Client()
    half_way.post("/accounts/login/", {"login": "kahden", "password": OLD})
    assert half_way.get("/accounts/2fa/authenticate/").status_code == 200
    password = let_in_again(person=person, removes_second_factor=False, reason="")
    assert half_way.get("/accounts/2fa/authenticate/").status_code == 302
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password


def test_each_municipality_is_told_and_the_second_factor_stays(person: User) -> None:
    let_in_again(person=person, removes_second_factor=False, reason="")
    assert Authenticator.objects.filter(user=person).exists()
    assert told(person) == [(place, "password.given") for place in PLACES]


def test_a_lost_second_factor_goes_with_its_reason(person: User) -> None:
    let_in_again(person=person, removes_second_factor=True, reason="puhelin katosi")
    assert not Authenticator.objects.filter(user=person).exists()
    removed = Event.objects.filter(action="second_factor.removed").order_by("municipality")
    before, after = {"second_factor": ["totp"]}, {"reason": "puhelin katosi"}
    assert [*removed.values_list("municipality", "before", "after")] == [
        (place, before, after) for place in PLACES
    ]


def test_who_has_no_role_is_told_of_too(db: None) -> None:
    nobodys = User.objects.create_user("rooliton")
    let_in_again(person=nobodys, removes_second_factor=True, reason="")
    assert told(nobodys) == [("", "password.given"), ("", "second_factor.removed")]
