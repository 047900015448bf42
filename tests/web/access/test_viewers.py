"""What a person may see and do: unit by unit, and all units of a right at once."""

from pathlib import Path

import pytest
from pytest_django import Settings

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import RIGHTS, Reach, Right, Role
from katsaus.web.access.viewers import Viewer, viewer
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.cast import UNITS, sign_in


def of(name: str, kemi: Municipality) -> Viewer:
    sign_in(name, kemi)
    found = viewer(User.objects.get(username=name), "kemi")
    assert found is not None
    return found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_the_units_of_a_right_are_those_where_it_holds(
    kemi: Municipality, role: Role, right: Right
) -> None:
    person = User.objects.create_user("person")
    unit = kemi.units.get(code=UNITS["aino"])
    membership = Membership.objects.create(user=person, municipality=kemi, role=role, unit=unit)
    found = Viewer(person, kemi, (membership,))
    codes = {each.code for each in found.organization}
    assert found.units(right) == {code for code in codes if found.may(right, code)}
    own = len([*found.organization.subtree(unit.code)])
    expected = {Reach.ALL: len(codes), Reach.OWN: own, None: 0}
    assert len(found.units(right)) == expected[RIGHTS[role].get(right)]


def test_two_roles_reach_over_the_units_of_both(kemi: Municipality) -> None:
    found = of("aino", kemi)
    other = kemi.units.get(code=UNITS["cecilia"])
    more = Membership.objects.create(
        user=found.user, municipality=kemi, role=Role.DEPUTY, unit=other
    )
    both = Viewer(found.user, kemi, (*found.memberships, more))
    assert UNITS["cecilia"] not in found.units(Right.EDIT)
    assert {UNITS["aino"], UNITS["cecilia"]} <= both.units(Right.EDIT)
    assert len(both.units(Right.FIGURES)) == len([*both.organization])


def test_only_the_right_over_people_asks_for_a_second_factor(kemi: Municipality) -> None:
    found = of("bertta", kemi)
    assert [each for each in Right if found.lacks_second_factor(each)] == [Right.USERS]
    assert not of("hallinta", kemi).lacks_second_factor(Right.USERS)


def test_the_examples_administrator_is_asked_for_none(
    kemi: Municipality, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA, settings.ALLOWED_HOSTS, settings.HTTPS = tmp_path, ["localhost"], False
    administrator = User.objects.create_user("person")
    Membership.objects.create(user=administrator, municipality=kemi, role=Role.ADMINISTRATOR)
    found = viewer(administrator, "kemi")
    assert found is not None
    assert found.lacks_second_factor(Right.USERS)
    (tmp_path / "demo").touch()
    assert not found.lacks_second_factor(Right.USERS)
