"""The example's people: one for each role, theirs alone, and the same from run to run."""

import json
import stat
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from katsaus.cli import demo, demo_users
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import ForeignUnitError, give_role
from katsaus.web.access.viewers import viewer
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.users.models import User


@pytest.fixture
def data(kemi: Municipality, settings: Settings, tmp_path: Path) -> Path:
    """Return a data folder of its own, in which both municipalities and their people are."""
    settings.DATA = tmp_path
    settings.LEDGER = tmp_path / "ledger"
    demo.load_second()
    demo_users.make()
    return tmp_path


def sign_ins(data: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((data / "demo-users.json").read_text("utf-8"))
    return found


def test_every_role_has_somebody_in_kemi_and_simo_has_two(data: Path) -> None:
    found = sign_ins(data)
    kemi = [each["role"] for each in found if each["municipality"] == "kemi"]
    assert set(kemi) == set(Role.values)
    assert [each["role"] for each in found if each["municipality"] == "simo"] == [
        Role.CONTROLLER,
        Role.READER,
    ]


def test_the_cast_is_as_the_house_knows_it(data: Path) -> None:
    units = Membership.objects.values_list("user__username", "role", "unit__code")
    assert {
        ("aino", "unit_head", "64320000"),
        ("bertta", "controller", None),
        ("cecilia", "director", "64500000"),
        ("daavid", "reader", None),
    } <= set(units)


def test_the_file_is_its_owners_and_says_how_to_sign_in(data: Path) -> None:
    assert stat.S_IMODE((data / "demo-users.json").stat().st_mode) == 0o600
    found = sign_ins(data)
    assert {tuple(each) for each in found} == {
        ("name", "username", "password", "role", "municipality")
    }
    assert min(len(each["password"]) for each in found) >= 16
    assert len({each["password"] for each in found}) == len(found)
    for each in found[:2]:
        client = Client()
        values = {"login": each["username"], "password": each["password"]}
        assert client.post("/accounts/login/", values).status_code == 302


def test_a_second_run_changes_nothing(data: Path) -> None:
    before = (sign_ins(data), list(User.objects.order_by("pk").values()), Event.objects.count())
    demo_users.make()
    after = (sign_ins(data), list(User.objects.order_by("pk").values()), Event.objects.count())
    assert after == before


def test_a_lost_file_is_made_anew_with_passwords_that_work(data: Path) -> None:
    (data / "demo-users.json").unlink()
    demo_users.make()
    aino = sign_ins(data)[0]
    assert User.objects.get(username=aino["username"]).check_password(aino["password"])


def test_the_people_of_simo_see_nothing_of_kemi(data: Path) -> None:
    person = User.objects.get(username="simo.talous")
    assert viewer(person, "kemi") is None
    found = viewer(person, "simo")
    assert found is not None
    assert len([*found.organization]) == 4


def test_a_data_folder_with_people_of_its_own_is_not_made_a_demo(
    aino: User, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    assert demo_users.is_taken()
    (tmp_path / "demo").touch()
    assert not demo_users.is_taken()


def test_a_role_is_given_once_and_leaves_one_trace(aino: User, kemi: Municipality) -> None:
    unit = Unit.objects.get(municipality=kemi, code="64320000")
    for _ in range(2):
        give_role(by=None, person=aino, municipality=kemi, role=Role.DEPUTY, unit=unit)
    [event] = Event.objects.filter(action="role.given", subject="aino")
    assert event.after == {"role": "deputy", "unit": "64320000"}


def test_a_role_is_not_given_over_another_municipalitys_unit(data: Path) -> None:
    aino = User.objects.get(username="aino")
    simo = Municipality.objects.get(slug="simo")
    unit = Unit.objects.get(municipality__slug="kemi", code="64320000")
    with pytest.raises(ForeignUnitError):
        give_role(by=None, person=aino, municipality=simo, role=Role.DEPUTY, unit=unit)
