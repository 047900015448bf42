"""A unit's row by month: the plain sums of what was booked, and nothing where nothing was."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from katsaus.core.columns import Column, Slice
from katsaus.core.figures import Items, Scenario
from katsaus.core.names import Names
from katsaus.core.organization import UnknownUnitError
from katsaus.core.periods import Period
from katsaus.core.statements import SchemeError
from katsaus.ledger import months
from katsaus.ledger.months import Month
from ledger.generated_books import LINEAR, YEAR, Books, books
from ledger.small_ledger import Ledger, Plan, Posting, organization_of
from ledger.test_statement import FEW, kept

TREE = organization_of({"1": None, "11": "1"})
POSTINGS = (
    Posting("11", "4000", date(2023, 1, 31), -1_000),
    Posting("1", "4000", date(2023, 1, 1), -1, is_internal=True),
    Posting("11", "3000", date(2022, 12, 31), 500),
)
PLANS = (Plan(Scenario.BUDGET, "11", "4000", 2023, -12_000),)
BOOKS = Books(TREE, POSTINGS, PLANS, Period(2023, 6))


@FEW
@given(books())
def test_every_amount_is_the_plain_sum_of_what_was_booked(made: Books) -> None:
    every = [
        Month(each, year, month)
        for each in Scenario
        for year in (YEAR - 1, YEAR)
        for month in range(13)
    ]
    with kept(made) as ledger:
        for unit in made.organization:
            for row in LINEAR:
                found = months.amounts(ledger.facts, made.question, unit.code, row)
                for each in every:
                    assert found.get(each) == made.sum_of(unit.code, row, column(each)), each


def column(of: Month) -> Column:
    part = Slice(of.scenario, of.year, of.month, of.month)
    return Column("month", Names("month"), slices=(part,))


def test_a_row_is_told_by_scenario_year_and_month(tmp_path: Path) -> None:
    facts = Ledger.of(tmp_path, [POSTINGS], PLANS).facts
    assert months.amounts(facts, BOOKS.question, "1", "margin") == {
        Month(Scenario.ACTUAL, 2022, 12): Decimal("5.00"),
        Month(Scenario.ACTUAL, 2023, 1): Decimal("-10.01"),
        Month(Scenario.BUDGET, 2023, 0): Decimal("-120.00"),
    }


def test_external_items_alone_leave_the_internal_out(tmp_path: Path) -> None:
    facts = Ledger.of(tmp_path, [POSTINGS]).facts
    question = replace(BOOKS.question, items=Items.EXTERNAL)
    found = months.amounts(facts, question, "1", "expenses")
    assert found == {Month(Scenario.ACTUAL, 2023, 1): Decimal("-10.00")}


def test_a_ratio_has_no_months(tmp_path: Path) -> None:
    facts = Ledger.of(tmp_path, [POSTINGS], PLANS).facts
    assert months.amounts(facts, BOOKS.question, "1", "share") == {}


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    facts = Ledger.of(tmp_path, [POSTINGS], PLANS).facts
    with pytest.raises(UnknownUnitError):
        months.amounts(facts, BOOKS.question, "12", "margin")
    with pytest.raises(SchemeError):
        months.amounts(facts, BOOKS.question, "1", "profit")
