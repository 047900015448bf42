"""Figures of a plan beside kept ones that may be of the same euros."""

from dataclasses import replace

import pyarrow as pa
import pytest

from katsaus.ledger.importers import Kind
from katsaus.ledger.importers.doubles import BESIDE_SCHEMA, Double, Relation, doubles
from katsaus.ledger.importers.repeats import DECISION
from ledger.importers.desk import Desk
from ledger.importers.test_plausibility import AMENDMENTS, PLAN, TOWN

WIDE = replace(TOWN, units=TOWN.units | {"121"}, under=(*TOWN.under, ("1", "121"), ("12", "121")))
Kept = tuple[str, str, int, int, int]
EXPENSES = "row:operating_expenses"


def _beside(*kept: Kept, is_own: bool = False, decision: tuple[object, ...] = ()) -> pa.Table:
    names = ("unit", "account", "year", "month", "cents")
    said: dict[str, object] = {"is_internal": False, "file": "ta.csv", "is_own": is_own}
    said |= dict(zip(DECISION, decision or ("", None, ""), strict=True))
    rows = [said | dict(zip(names, each, strict=True)) for each in kept]
    return pa.Table.from_pylist(rows, BESIDE_SCHEMA)


def _found(desk: Desk, *rows: str, beside: pa.Table) -> list[Double]:
    content = PLAN + "".join(f"{row}\n" for row in rows)
    assert not desk.text(content, Kind.FORECASTS, known=WIDE).is_blocked
    return [*doubles(desk.connection, "incoming", Kind.FORECASTS, WIDE, beside)]


def test_a_part_of_a_kept_row_is_told_with_both(desk: Desk) -> None:
    kept = _beside(("11", EXPENSES, 2023, 0, -1_369_539_900))
    rows = ("12;4000;;2023;;-1,00;", "11;;personnel_expenses;2023;;-5000000,00;")
    [found] = _found(desk, *rows, beside=kept)
    assert found == Double(
        is_own=False,
        relation=Relation.PART,
        count=1,
        row=3,
        unit="11",
        account="row:personnel_expenses",
        cents=-500_000_000,
        file="ta.csv",
        other_unit="11",
        other_account=EXPENSES,
        other_cents=-1_369_539_900,
        other_count=1,
    )


def test_a_yearly_sum_of_units_and_accounts_by_month_is_told_once(desk: Desk) -> None:
    months = [("121", "4000", 2023, month, -100) for month in range(1, 13)]
    kept = _beside(*months, ("12", "4300", 2023, 0, -5_000), ("11", "3000", 2023, 0, 1))
    rows = ("1;;operating_expenses;2023;;-63,00;", "12;;operating_expenses;2023;;-62,00;")
    [found] = _found(desk, *rows[1:], beside=kept)
    assert (found.relation, found.count, found.row) == (Relation.SUM, 1, 2)
    assert (found.other_cents, found.other_count) == (-6_200, 13)
    assert (found.other_unit, found.other_account) == ("12", "4300")


def test_the_example_is_one_that_is_the_sum_to_the_cent(desk: Desk) -> None:
    kept = _beside(("121", "4000", 2023, 0, -100), ("11", "4000", 2023, 0, -900))
    rows = ("11;;operating_expenses;2023;;-50,00;", "12;4000;;2023;;-1,00;")
    [found] = _found(desk, *rows, beside=kept)
    assert (found.relation, found.count, found.row) == (Relation.SUM, 2, 3)
    assert found.cents == found.other_cents == -100


@pytest.mark.parametrize(
    ("row", "relation"),
    [
        ("11;4000;;2023;5;-1,00;", Relation.SAME),
        ("11;4000;;2023;;-1,00;", Relation.SUM),
        ("11;;operating_expenses;2023;5;-1,00;", Relation.SUM),
        ("1;4000;;2023;5;-1,00;", Relation.SUM),
        ("11;4000;;2023;6;-1,00;", None),
        ("11;4000;;2024;5;-1,00;", None),
        ("11;4000;;2023;5;-1,00;kyllä", None),
        ("11;4300;;2023;5;-1,00;", None),
        ("12;4000;;2023;5;-1,00;", None),
        ("11;4000;;2023;5;0,00;", None),
    ],
)
def test_a_figure_meets_kept_ones_of_the_same_time_only(
    desk: Desk, row: str, relation: Relation | None
) -> None:
    kept = _beside(("11", "4000", 2023, 5, -100))
    found = _found(desk, row, beside=kept)
    assert [each.relation for each in found] == ([] if relation is None else [relation])


def test_a_month_is_a_part_of_the_year_that_is_kept(desk: Desk) -> None:
    [found] = _found(desk, "11;4000;;2023;5;-1,00;", beside=_beside(("11", "4000", 2023, 0, -9)))
    assert found.relation is Relation.PART


def test_of_the_files_own_source_the_same_figure_is_left_out(desk: Desk) -> None:
    kept = _beside(("11", "4000", 2023, 0, -100), is_own=True)
    for row in ("11;4000;;2023;5;-1,00;", "11;4000;;2023;;-1,00;"):
        assert _found(desk, row, beside=kept) == []
    [found] = _found(desk, "11;;operating_expenses;2023;;-1,00;", beside=kept)
    assert (found.is_own, found.relation) == (True, Relation.SUM)


def test_an_amendment_meets_those_of_its_decision_only(desk: Desk) -> None:
    row = "11;personnel_expenses;2023;-100,00;Valtuusto;2.5.2023;5\n"
    desk.text(AMENDMENTS + row, Kind.AMENDMENTS, known=TOWN)
    [(decided_on,)] = desk.rows("decided_on")
    kept: Kept = ("11", EXPENSES, 2023, 0, -100)
    for section, count in (("5", 1), ("6", 0)):
        beside = _beside(kept, decision=("Valtuusto", decided_on, section))
        found = doubles(desk.connection, "incoming", Kind.AMENDMENTS, TOWN, beside)
        assert len(found) == count
