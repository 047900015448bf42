"""The first person of an installation: with the code they begin, without it nobody does."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user
from django.test import Client

from installations import complaints
from katsaus.core.periods import Period
from katsaus.web.access.models import Membership
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.use_cases import withdraw
from katsaus.web.users import setup_code
from katsaus.web.users.models import User

PAGE = "/kayttoonotto/"
PASSWORD = "kolme-kuusta-ja-suo"
PROGRAM = Path(__file__).with_name("beginning_at_once.py")


@pytest.fixture
def code(db: None) -> Iterator[str]:
    """Return the setup code of an installation that has nobody yet."""
    made = setup_code.prepare()
    assert made
    yield made
    setup_code.path().unlink(missing_ok=True)


def said(code: str, **other: str) -> dict[str, str]:
    given = {
        "koodi": code,
        "name": "Talousjohtaja",
        "username": "talous",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "municipality": "Posio",
    }
    return {**given, **other}


def test_the_code_is_for_its_owner_only(code: str) -> None:
    assert stat.S_IMODE(setup_code.path().stat().st_mode) == 0o600
    assert setup_code.prepare() == code, "a new start keeps the code that was printed"


def test_the_front_page_leads_here_when_nobody_is_there(client: Client, kemi: Municipality) -> None:
    withdraw(municipality=kemi, period=Period(2023, 6))
    page = client.get("/", follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "katsaus serve" in page.text
    assert 'name="password1"' not in page.text, "nothing more is asked without the code"


def test_with_the_code_the_first_person_begins_and_is_signed_in(client: Client, code: str) -> None:
    assert 'name="password1"' in client.get(PAGE, {"koodi": code}).text
    answer = client.post(PAGE, said(code))
    assert (answer.status_code, answer["Location"]) == (302, "/posio/")
    person = User.objects.get()
    assert get_user(client.get("/posio/").wsgi_request) == person
    assert (person.username, person.shown_name) == ("talous", "Talousjohtaja")
    assert person.check_password(PASSWORD)
    roles = Membership.objects.filter(user=person, unit=None)
    found = roles.order_by("role").values_list("municipality__slug", "role")
    assert list(found) == [("posio", "administrator"), ("posio", "controller")]
    done = Event.objects.filter(action__in=("person.created", "municipality.created", "role.given"))
    assert {"talous", "Posio"} <= set(done.values_list("subject", flat=True))


def test_afterwards_the_address_leads_away_and_the_code_is_gone(client: Client, code: str) -> None:
    client.post(PAGE, said(code))
    for answer in (
        Client().get(PAGE),
        Client().get(PAGE, {"koodi": code}),
        Client().post(PAGE, said(code, username="toinen")),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/")
    assert User.objects.count() == 1
    assert not setup_code.path().exists()
    assert setup_code.prepare() is None


@pytest.mark.parametrize("wrong", ["", "arvaus", "ä"])
def test_without_the_right_code_nobody_begins(client: Client, code: str, wrong: str) -> None:
    assert client.get(PAGE, {"koodi": wrong}).status_code == 422
    answer = client.post(PAGE, said(wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not User.objects.exists()


def test_without_a_file_of_the_code_no_code_is_right(client: Client, code: str) -> None:
    setup_code.path().unlink()
    assert client.post(PAGE, said(code)).status_code == 422
    assert client.post(PAGE, said("")).status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("username", "talous johtaja"),
        ("password1", "lyhyt"),
        ("password1", "administrator"),
        ("password2", "jotain-aivan-muuta"),
        ("municipality", "Atlantis"),
        ("municipality", ""),
    ],
)
def test_a_fault_is_told_at_its_field_and_the_rest_is_kept(
    client: Client, code: str, field: str, value: str
) -> None:
    answer = client.post(PAGE, said(code, **{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    kept = {"name": "Talousjohtaja", "username": "talous", "municipality": "Posio"}
    for name in kept.keys() - {field}:
        assert f'value="{kept[name]}"' in answer.text
    assert PASSWORD not in answer.text
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("written", "slug", "language"),
    [("oulu", "oulu", "fi"), ("Närpes", "narpio", "sv"), ("614", "posio", "fi")],
)
def test_the_municipality_is_known_by_either_name_or_number_and_has_its_language(
    client: Client, code: str, written: str, slug: str, language: str
) -> None:
    client.post(PAGE, said(code, municipality=written))
    place = Membership.objects.select_related("municipality")[0].municipality
    assert (place.slug, place.language) == (slug, language)


def test_a_slip_of_the_keyboard_gets_near_names(client: Client, code: str) -> None:
    answer = client.post(PAGE, said(code, municipality="Kemij"))
    [fault] = answer.context["form"].errors["municipality"]
    assert "Kemi" in fault


def test_the_list_is_in_the_browsers_language(client: Client, code: str) -> None:
    page = client.get(PAGE, {"koodi": code}, headers={"Accept-Language": "sv"})
    assert '<option value="Åbo">Turku</option>' in page.text
    page = client.get(PAGE, {"koodi": code}, headers={"Accept-Language": "fi"})
    assert '<option value="Turku">Åbo</option>' in page.text


def test_two_at_once_make_one_person(tmp_path: Path) -> None:
    assert complaints(PROGRAM, tmp_path) == ""
