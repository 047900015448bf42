"""Units are added, moved, ended and merged, and what is told of the past stays as it was."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from katsaus.core.names import Names
from katsaus.core.organization import BodyKind, Level, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.reorganization import RefusedError
from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event
from katsaus.web.audit.queries import Change, changes
from katsaus.web.finance.queries import Books
from katsaus.web.organization.bodies import keep_body
from katsaus.web.organization.hierarchies import change_hierarchy, copy_hierarchy
from katsaus.web.organization.models import Hierarchy, Unit
from katsaus.web.organization.queries import (
    UnknownHierarchyError,
    in_force,
    organization,
    successors,
)
from katsaus.web.organization.restructuring import (
    Merger,
    add_unit,
    change_unit,
    end_unit,
    merge_units,
    move_unit,
)
from web.imports.small_town import JUNE, Town

LATER = Period(2024, 6)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    return Town.found("simo", tmp_path)


def unit(town: Town, code: str) -> Unit:
    return Unit.objects.select_related("municipality").get(municipality=town.owner, code=code)


def value(town: Town, period: Period, code: str, column: str) -> str:
    """Return a margin in the hierarchy of the period's end."""
    books = Books(town.owner, period, tree=organization(town.owner, on=period.ends_on))
    return str(books.statement("operating").value(code, "operating_margin", column))


def first(town: Town) -> Hierarchy:
    return town.owner.hierarchies.get(name="virallinen")


def new(code: str, parent: str | None) -> OrgUnit:
    return OrgUnit(code, Names(code), Level.UNIT, parent)


def refused(error: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str]]:
    return [(fault.field, str(fault.kind)) for fault in error.value.faults]


def test_an_added_unit_stands_in_every_hierarchy(town: Town) -> None:
    copy_hierarchy(hierarchy=first(town), name="uusi", valid_from=date(2024, 1, 1))
    add_unit(municipality=town.owner, unit=new("13", "10"))
    for name in ("virallinen", "uusi"):
        assert organization(town.owner, name).unit("13").parent == "10"
    assert Event.objects.get(action="unit.added").subject == "13"


def test_a_code_is_taken_once(town: Town) -> None:
    with pytest.raises(RefusedError) as error:
        add_unit(municipality=town.owner, unit=new("11", "20"))
    assert refused(error) == [("code", "code_taken")]


def test_a_code_with_figures_stays(town: Town) -> None:
    told = replace(organization(town.owner).unit("11"), code="11A")
    with pytest.raises(RefusedError) as error:
        change_unit(unit=unit(town, "11"), told=told, is_code_fixed=True)
    assert refused(error) == [("code", "code_fixed")]
    change_unit(unit=unit(town, "11"), told=told, is_code_fixed=False)
    assert organization(town.owner).unit("11A").parent == "10"


def test_a_move_from_a_year_leaves_the_years_before_it(town: Town) -> None:
    town.post("11;4000;1.3.2023;-10,00;1;Palkka", "11;4000;1.3.2024;-20,00;2;Palkka")
    done_in = move_unit(unit=unit(town, "11"), parent="20", year=2024, hierarchy=first(town))
    assert (done_in.name, done_in.valid_from) == ("1.1.2024", date(2024, 1, 1))
    assert value(town, JUNE, "10", "actual_2023_06") == "-10.00"
    assert value(town, LATER, "20", "actual_2024_06") == "-20.00"
    assert value(town, LATER, "10", "actual_2024_06") == "None"
    # Two years in one structure: last year's figure is told where the unit stands now.
    assert value(town, LATER, "20", "actual_2023_06") == "-10.00"


def test_a_second_move_from_the_same_year_is_made_in_the_same_hierarchy(town: Town) -> None:
    for code in ("11", "12"):
        move_unit(unit=unit(town, code), parent="20", year=2024, hierarchy=first(town))
    assert town.owner.hierarchies.count() == 2
    assert organization(town.owner, "1.1.2024").unit("12").parent == "20"
    assert organization(town.owner, "virallinen").unit("12").parent == "10"


def test_a_mistake_is_put_right_in_the_hierarchy_itself(town: Town) -> None:
    move_unit(unit=unit(town, "11"), parent="20", year=None, hierarchy=first(town))
    assert town.owner.hierarchies.count() == 1
    assert organization(town.owner).unit("11").parent == "20"
    event = Event.objects.get(action="unit.moved")
    told = changes(event.before, event.after)
    assert told == [Change(("11", "parent (virallinen)"), "10", "20")]


def test_a_refused_move_makes_no_hierarchy(town: Town) -> None:
    with pytest.raises(RefusedError) as error:
        move_unit(unit=unit(town, "10"), parent="11", year=2024, hierarchy=first(town))
    assert refused(error) == [("parent", "circle")]
    assert town.owner.hierarchies.count() == 1


def test_no_move_is_made_before_the_first_hierarchy(town: Town) -> None:
    change_hierarchy(hierarchy=first(town), name="virallinen", valid_from=date(2022, 1, 1))
    with pytest.raises(RefusedError) as error:
        move_unit(unit=unit(town, "11"), parent="20", year=2021, hierarchy=first(town))
    assert refused(error) == [("year", "before_all")]


def test_a_unit_ends_with_its_successors(town: Town) -> None:
    end_unit(unit=unit(town, "11"), last_year=2023, successors=[unit(town, "12")])
    assert organization(town.owner).unit("11").valid_to == 2023
    assert successors(town.owner) == {"11": ["12"]}
    with pytest.raises(RefusedError) as error:
        end_unit(unit=unit(town, "10"), last_year=2023)
    assert refused(error) == [("valid_to", "children_outlive")]


def test_merged_units_end_and_what_is_below_them_goes_on_under_the_new_one(town: Town) -> None:
    town.post("11;4000;1.3.2023;-10,00;1;Palkka")
    merger = Merger(["10", "20"], replace(new("50", "1"), valid_from=2024), 2024, is_new=True)
    merge_units(municipality=town.owner, merger=merger)
    tree = organization(town.owner, "1.1.2024")
    assert [tree.unit(code).valid_to for code in ("10", "20", "50")] == [2023, 2023, None]
    assert [child.code for child in tree.children("50")] == ["11", "12"]
    assert successors(town.owner) == {"10": ["50"], "20": ["50"]}
    assert value(town, JUNE, "10", "actual_2023_06") == "-10.00"
    assert value(town, LATER, "50", "actual_2023_06") == "-10.00"
    assert Event.objects.filter(action="units.merged").count() == 1


def test_units_merge_into_one_that_is_there(town: Town) -> None:
    into = organization(town.owner).unit("20")
    merge_units(municipality=town.owner, merger=Merger(["11"], into, 2024, is_new=False))
    assert unit(town, "11").valid_to == 2023
    assert successors(town.owner) == {"11": ["20"]}
    with pytest.raises(RefusedError) as error:
        merge_units(municipality=town.owner, merger=Merger(["20"], into, 2024, is_new=False))
    assert refused(error) == [("into", "into_itself")]


def test_units_with_nothing_below_them_merge_without_a_new_hierarchy(town: Town) -> None:
    merger = Merger(["11", "12"], replace(new("50", "10"), valid_from=2024), 2024, is_new=True)
    merge_units(municipality=town.owner, merger=merger)
    assert town.owner.hierarchies.count() == 1
    tree = organization(town.owner)
    assert [tree.unit(code).valid_to for code in ("11", "12", "50")] == [2023, 2023, None]
    assert tree.unit("50").parent == "10"


def test_a_new_unit_may_not_stand_below_those_that_merge(town: Town) -> None:
    merger = Merger(["10", "20"], new("50", "11"), 2024, is_new=True)
    with pytest.raises(RefusedError) as error:
        merge_units(municipality=town.owner, merger=merger)
    assert refused(error) == [("parent", "into_its_part")]


def test_the_hierarchy_in_force_is_the_newest_that_has_begun(town: Town) -> None:
    change_hierarchy(hierarchy=first(town), name="2022", valid_from=date(2022, 1, 1))
    second = town.owner.hierarchies.get()
    copy_hierarchy(hierarchy=second, name="2024", valid_from=date(2024, 1, 1))
    days = (date(2020, 1, 1), date(2023, 12, 31), date(2024, 1, 1), date.max)
    found = [in_force(town.owner, day)[0].name for day in days]
    assert found == ["2022", "2022", "2024", "2024"]


def test_a_name_of_a_hierarchy_is_taken_once(town: Town) -> None:
    with pytest.raises(RefusedError) as error:
        copy_hierarchy(hierarchy=first(town), name="virallinen", valid_from=None)
    assert refused(error) == [("name", "name_taken")]


def test_an_unknown_hierarchy_is_told_with_those_that_there_are(town: Town) -> None:
    with pytest.raises(UnknownHierarchyError) as error:
        organization(town.owner, "vanha")
    assert (error.value.name, error.value.names) == ("vanha", ("virallinen",))


def test_a_unit_answers_to_its_own_body_or_to_that_above(town: Town) -> None:
    keep_body(municipality=town.owner, kind=BodyKind.BOARD, names=Names("Lautakunta"))
    told = replace(organization(town.owner).unit("10"), governing_body="Lautakunta")
    change_unit(unit=unit(town, "10"), told=told, is_code_fixed=True)
    tree = organization(town.owner)
    assert [tree.governing_body(code) for code in ("1", "10", "11")] == [
        "",
        "Lautakunta",
        "Lautakunta",
    ]
    with pytest.raises(RefusedError) as error:
        keep_body(municipality=town.owner, kind=BodyKind.BOARD, names=Names("Lautakunta"))
    assert refused(error) == [("name_fi", "name_taken")]


def test_a_file_may_tell_of_several_hierarchies(town: Town) -> None:
    town.bring_in(
        Kind.ORGANIZATION,
        "Koodi;Nimi;Taso;Ylempi yksikkö;Hierarkia;Hierarkia alkaen;Toimielin\n"
        "11;Koulu;yksikkö;10;virallinen;;Kunnanhallitus\n"
        "11;Koulu;yksikkö;20;uusi;1.1.2024;Kunnanhallitus\n",
    )
    assert organization(town.owner, "virallinen").unit("11").parent == "10"
    tree = organization(town.owner, "uusi")
    assert (tree.unit("11").parent, tree.unit("12").parent) == ("20", "10")
    assert town.owner.hierarchies.get(name="uusi").valid_from == date(2024, 1, 1)
    assert town.owner.bodies.get().kind == BodyKind.EXECUTIVE_BOARD


def test_the_rows_of_a_unit_must_say_the_same_of_it(town: Town) -> None:
    reading = town.reading(
        Kind.ORGANIZATION,
        "Koodi;Nimi;Taso;Ylempi yksikkö;Hierarkia\n"
        "11;Koulu;yksikkö;10;virallinen\n11;Opisto;yksikkö;20;uusi\n12;A;yksikkö;10;uusi\n"
        "12;A;yksikkö;20;uusi\n",
    )
    found = [(problem.code, problem.row, problem.value) for problem in reading.problems]
    assert found == [("duplicate_code", 5, "12"), ("unit_told_twice", 3, "11")]
