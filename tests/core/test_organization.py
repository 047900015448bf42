"""The tree of units."""

from dataclasses import replace

import pytest

from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit, UnknownUnitError


def unit(code: str, parent: str | None = None) -> OrgUnit:
    return OrgUnit(code, Names(code), Level.UNIT, parent)


TREE = Organization(
    [unit("6411", "641"), unit("64"), unit("641", "64"), unit("6410", "64"), unit("642", "64")]
)


def test_units_may_be_given_in_any_order() -> None:
    assert TREE.root.code == "64"
    assert [each.code for each in TREE] == ["64", "641", "6410", "6411", "642"]


def test_a_unit_is_above_its_parts_by_its_place_and_not_by_its_code() -> None:
    assert [each.code for each in TREE.subtree("641")] == ["641", "6411"]
    assert ("641", "6410") not in set(TREE.closure())


def test_the_closure_has_each_unit_with_itself_and_with_all_below_it() -> None:
    assert set(TREE.closure()) == {
        (above.code, below.code) for above in TREE for below in TREE.subtree(above.code)
    }
    assert len(list(TREE.closure())) == len(set(TREE.closure())) == 10


def test_children_are_the_units_right_below() -> None:
    assert [each.code for each in TREE.children("64")] == ["641", "6410", "642"]
    assert TREE.children("642") == ()


def test_a_code_that_no_unit_has_is_an_error_of_its_own() -> None:
    for ask in (TREE.unit, TREE.children, lambda code: list(TREE.subtree(code))):
        with pytest.raises(UnknownUnitError):
            ask("999")


@pytest.mark.parametrize(
    ("units", "fault"),
    [
        ([], "one root, not 0"),
        ([unit("1"), unit("2")], "one root, not 2"),
        ([unit("1", "2"), unit("2", "1")], "one root, not 0"),
        ([unit("0"), unit("1", "2"), unit("2", "1")], "not below the root"),
        ([unit("0"), unit("1", "9")], "not below the root"),
    ],
)
def test_units_that_are_no_tree_are_refused(units: list[OrgUnit], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Organization(units)


def test_the_short_name_is_finnish_and_other_languages_have_the_whole_one() -> None:
    unit = OrgUnit("1", Names("Keskusvirasto", "Centralförvaltningen"), Level.DIVISION)
    short = replace(unit, short_name="Keskus")
    assert [short.brief_name("fi"), short.brief_name("sv")] == ["Keskus", "Centralförvaltningen"]
    assert unit.brief_name("fi") == "Keskusvirasto"
