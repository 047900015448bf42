"""A password that the administrator gave: it opens one page, and another must be chosen there."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from katsaus.web.users.sessions import end_sessions
from katsaus.web.users.use_cases import give_password
from web.cast import enrol

NEW = "neljä-mäntyä-ja-ranta"
CHANGE = "/accounts/password/change/"


@pytest.fixture
def given(aino: User) -> str:
    """Return the password that aino was given."""
    administrator = User.objects.create_user("hallinta")
    return give_password(by=administrator, person=aino, municipalities=["kemi"])


def came_in(password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "aino", "password": password})
    return client


def change(client: Client, old: str, new: str) -> None:
    client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def is_in(client: Client) -> bool:
    return get_user(client.get("/accounts/login/").wsgi_request).is_authenticated


@pytest.mark.parametrize(
    "address", ["/", "/accounts/2fa/", "/kemi/", "/accounts/2fa/totp/activate/", "/nowhere/"]
)
def test_every_page_leads_to_choosing_a_password(given: str, address: str) -> None:
    assert came_in(given).get(address)["Location"] == CHANGE


def test_choosing_and_signing_out_are_open(given: str) -> None:
    client = came_in(given)
    assert client.get(CHANGE).status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/login/").status_code == 200


def test_the_chosen_password_opens_everything(given: str, aino: User) -> None:
    change(came_in(given), given, NEW)
    aino.refresh_from_db()
    assert not aino.must_change_password
    assert came_in(NEW).get("/accounts/2fa/").status_code == 200


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.READER, "/kemi/"), (Role.ADMINISTRATOR, "/kemi/hallinta/"), (None, "/")],
)
def test_who_has_chosen_is_in_and_begins_at_the_front_page(
    given: str, aino: User, kemi: Municipality, role: Role | None, first: str
) -> None:
    """Who is of two municipalities chooses between them there."""
    places = [kemi] if role else [kemi, ensure_municipality(slug_or_number="simo")]
    for place in places:
        give_role(by=None, person=aino, municipality=place, role=role or Role.READER, unit=None)
    client, elsewhere = came_in(given), came_in(given)
    values = {"oldpassword": given, "password1": NEW, "password2": NEW}
    page = client.post(CHANGE, values, follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == first
    assert page.text.count('class="kept" role="status"') == 1
    assert 'role="status"' not in client.get(first).text, "it is said twice"
    assert not is_in(elsewhere)


def test_the_given_password_is_not_chosen_again(given: str, aino: User) -> None:
    client = came_in(given)
    change(client, given, given)
    assert client.get("/accounts/2fa/")["Location"] == CHANGE
    aino.refresh_from_db()
    assert aino.must_change_password


def test_the_old_password_opens_no_more(given: str) -> None:
    assert not is_in(came_in("kolme-kuusta-ja-suo"))


def test_who_comes_by_the_identity_provider_is_not_asked(given: str, aino: User) -> None:
    client = Client()
    client.force_login(aino)
    assert client.get("/accounts/2fa/").status_code == 200


def test_given_passwords_differ_and_are_long(aino: User) -> None:
    found = {give_password(by=aino, person=aino, municipalities=["kemi"]) for _ in range(5)}
    assert len(found) == 5
    assert {len(each) for each in found} == {19}


def test_ending_sessions_ends_the_half_way_ones_and_nobody_elses(aino: User) -> None:
    other = User.objects.create_user("bertta")
    bystander = Client()
    bystander.force_login(other)
    enrol(aino)
    half_way = came_in("kolme-kuusta-ja-suo")
    assert half_way.get("/accounts/2fa/authenticate/").status_code == 200
    end_sessions(aino)
    assert half_way.get("/accounts/2fa/authenticate/").status_code == 302
    assert is_in(bystander)
