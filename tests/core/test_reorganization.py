"""What forbids a change of the unit tree, each fault at its field."""

from collections.abc import Iterable
from dataclasses import replace

from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.reorganization import Fault, merge_faults, move_faults, unit_faults


def unit(
    code: str, parent: str | None, first: int | None = None, last: int | None = None
) -> OrgUnit:
    return OrgUnit(code, Names(code), Level.UNIT, parent, valid_from=first, valid_to=last)


# 1 over 10 and 20; 11 and 12 under 10; 30 ended with 2022 and 31 under it too; 40 begins in 2025.
TREE = Organization(
    [
        unit("1", None),
        unit("10", "1"),
        unit("11", "10"),
        unit("12", "10"),
        unit("20", "1"),
        unit("30", "1", None, 2022),
        unit("31", "30", None, 2022),
        unit("40", "1", 2025),
    ]
)


def said(faults: Iterable[Fault]) -> list[tuple[str, str, str]]:
    return [(fault.field, fault.kind, fault.value) for fault in faults]


def test_a_sound_unit_has_no_faults() -> None:
    assert said(unit_faults(TREE, unit("13", "10", 2024, 2026))) == []
    assert said(unit_faults(None, unit("1", None))) == []


def test_a_unit_may_not_end_before_it_begins() -> None:
    faults = said(unit_faults(TREE, unit("13", "10", 2024, 2023)))
    assert faults == [("valid_to", "ends_before_start", "")]


def test_there_is_one_root() -> None:
    assert said(unit_faults(TREE, unit("2", None))) == [("parent", "no_parent", "1")]


def test_a_unit_may_not_outlive_the_one_above() -> None:
    assert said(unit_faults(TREE, unit("32", "30"))) == [("parent", "parent_ends", "30, 2022")]
    assert said(unit_faults(TREE, unit("32", "30", None, 2022))) == []
    assert said(move_faults(TREE, "11", "30", None)) == [("parent", "parent_ends", "30, 2022")]


def test_a_unit_may_not_end_before_what_is_below_it() -> None:
    ended = replace(TREE.unit("10"), valid_to=2024)
    assert said(unit_faults(TREE, ended)) == [("valid_to", "children_outlive", "11, 12")]


def test_the_root_stays() -> None:
    ended = replace(TREE.root, valid_to=2024)
    assert ("valid_to", "root_stays", "") in said(unit_faults(TREE, ended))
    assert said(move_faults(TREE, "1", "10", 2024)) == [("parent", "root_stays", "")]
    assert said(merge_faults(TREE, ["1", "10"], "20", 2024)) == [("units", "root_stays", "")]


def test_units_do_not_go_in_a_circle() -> None:
    assert said(move_faults(TREE, "10", "11", 2024)) == [("parent", "circle", "")]
    assert said(move_faults(TREE, "10", "10", 2024)) == [("parent", "circle", "")]
    assert said(move_faults(TREE, "11", "20", 2024)) == []


def test_what_has_ended_does_not_move() -> None:
    assert said(move_faults(TREE, "31", "20", 2024)) == [("year", "has_ended", "31")]
    assert said(move_faults(TREE, "31", "20", None)) == []  # a mistake is put right


def test_merging_takes_units_that_are_there_and_one_that_goes_on() -> None:
    assert said(merge_faults(TREE, ["11", "12"], "20", 2024)) == []
    assert said(merge_faults(TREE, ["31"], "20", 2023)) == []  # ended by then: it gets a successor
    assert said(merge_faults(TREE, ["31"], "20", 2024)) == [("year", "has_ended", "31")]
    assert said(merge_faults(TREE, ["40"], "20", 2025)) == [("year", "not_begun", "40")]
    assert said(merge_faults(TREE, ["11"], None, 2024)) == [("units", "too_few", "")]
    assert said(merge_faults(TREE, [], "20", 2024)) == [("units", "too_few", "")]


def test_merging_needs_a_unit_that_goes_on() -> None:
    assert said(merge_faults(TREE, ["11", "12"], "12", 2024)) == [("into", "into_itself", "")]
    assert said(merge_faults(TREE, ["10"], "11", 2024)) == [("into", "into_its_part", "")]
    assert said(merge_faults(TREE, ["11"], "30", 2024)) == [("into", "has_ended", "30")]
    assert said(merge_faults(TREE, ["11"], "40", 2024)) == [("into", "not_begun", "40")]
