"""The statement query: exact sums over the tree of units, over months and over batches."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golden.engine_cases import scheme_of
from katsaus.core.columns import Column, Slice
from katsaus.core.figures import Scenario, euros, total
from katsaus.core.names import Names
from katsaus.core.results import Statement, Value
from katsaus.ledger.statement import Question, compute
from ledger.generated_books import LINEAR, Books, books
from ledger.small_ledger import Ledger, Plan, Posting, organization_of

FEW = settings(max_examples=40, deadline=None)
JANUARY = date(2023, 1, 31)
ACTUAL = Column("actual", Names("actual"), slices=(Slice(Scenario.ACTUAL, 2023, 0, 12),))
BUDGET = Column("budget", Names("budget"), slices=(Slice(Scenario.BUDGET, 2023, 0, 12),))


@contextmanager
def kept(made: Books, batches: int = 1) -> Iterator[Ledger]:
    """Keep the postings, dealt to so many batches."""
    with tempfile.TemporaryDirectory() as folder:
        dealt = [made.postings[number::batches] for number in range(batches)]
        yield Ledger.of(Path(folder), filter(None, dealt), made.plans)


def cells(statement: Statement, made: Books) -> dict[tuple[str, str, str], Value]:
    return {
        (unit.code, row, column.id): statement.value(unit.code, row, column.id)
        for unit in made.organization
        for row in LINEAR
        for column in made.columns
        if column.kind == "amount"
    }


def amount(value: Value) -> Decimal | None:
    assert value is None or isinstance(value, Decimal)
    return value


@FEW
@given(books())
def test_every_amount_is_the_plain_sum_of_what_was_booked(made: Books) -> None:
    with kept(made) as ledger:
        computed = cells(compute(ledger.facts, made.question), made)
    expected = {
        (unit.code, row, column.id): made.sum_of(unit.code, row, column)
        for unit in made.organization
        for row in LINEAR
        for column in made.columns
        if column.kind == "amount"
    }
    assert computed == expected


@settings(max_examples=20, deadline=None)
@given(books(), st.integers(2, 4))
def test_it_does_not_matter_to_which_batches_postings_are_dealt(made: Books, parts: int) -> None:
    with kept(made) as whole, kept(made, parts) as dealt:
        one = compute(whole.facts, made.question)
        many = compute(dealt.facts, made.question)
    assert one.amounts == many.amounts


@FEW
@given(books())
def test_a_unit_is_its_own_postings_and_the_units_under_it(made: Books) -> None:
    with kept(made) as ledger:
        statement = compute(ledger.facts, made.question)
    for unit in made.organization:
        for row in LINEAR:
            for column in (column for column in made.columns if column.kind == "amount"):
                alone = Books(
                    organization_of({unit.code: None}),
                    tuple(each for each in made.postings if each.unit == unit.code),
                    tuple(each for each in made.plans if each.unit == unit.code),
                    made.period,
                )
                parts = [
                    amount(statement.value(child.code, row, column.id))
                    for child in made.organization.children(unit.code)
                ]
                own = alone.sum_of(unit.code, row, column)
                assert statement.value(unit.code, row, column.id) == total([own, *parts])


@FEW
@given(books())
def test_the_amended_budget_is_the_budget_and_the_amendments(made: Books) -> None:
    year = made.period.year
    amendments = Column(
        "amendments", Names("amendments"), slices=(Slice(Scenario.AMENDMENT, year, 0, 12),)
    )
    question = made.question
    with kept(made) as ledger:
        statement = compute(
            ledger.facts,
            Question(
                question.organization,
                question.scheme,
                question.accounts,
                (*made.columns, amendments),
            ),
        )
    for unit in made.organization:
        for row in LINEAR:
            parts = [
                amount(statement.value(unit.code, row, column))
                for column in (f"budget_{year}", "amendments")
            ]
            assert statement.value(unit.code, row, f"amended_budget_{year}") == total(parts)


def one_unit(row: str = "a", *columns: Column) -> Question:
    scheme = scheme_of({row: {"accounts": "4000"}}, frozenset(["4000"]))
    return Question(
        organization_of({"all": None}), scheme, frozenset(["4000"]), columns or (ACTUAL,)
    )


def test_cents_survive_where_a_float_would_lose_them(tmp_path: Path) -> None:
    # 9 000 000 000 000,01 euros: carried as hundredths of a cent it is 1 000 times over 2**53.
    large = Posting("all", "4000", JANUARY, 900_000_000_000_000)
    cent = Posting("all", "4000", JANUARY, 1)
    ledger = Ledger.of(tmp_path, [[large, cent]])
    statement = compute(ledger.facts, one_unit())
    assert statement.value("all", "a", "actual") == Decimal("9000000000000.01")


def test_large_postings_that_cancel_out_leave_their_cent(tmp_path: Path) -> None:
    postings = [
        Posting("all", "4000", JANUARY, cents) for cents in (9 * 10**18, 1, -9 * 10**18, -3)
    ]
    statement = compute(Ledger.of(tmp_path, [postings]).facts, one_unit())
    assert statement.value("all", "a", "actual") == Decimal("-0.02")


def test_a_sum_too_large_is_refused_and_never_wrong(tmp_path: Path) -> None:
    postings = [Posting("all", "4000", JANUARY, 10**15), Posting("all", "4000", JANUARY, 1)]
    with pytest.raises(duckdb.Error):
        compute(Ledger.of(tmp_path, [postings]).facts, one_unit())


def test_nothing_booked_is_missing_and_a_sum_of_nothing_is_zero(tmp_path: Path) -> None:
    pair = [Posting("all", "4000", JANUARY, cents) for cents in (500, -500)]
    statement = compute(Ledger.of(tmp_path, [pair]).facts, one_unit("a", ACTUAL, BUDGET))
    assert statement.value("all", "a", "actual") == 0
    assert statement.value("all", "a", "budget") is None


def test_a_ledger_without_batches_has_its_plans(tmp_path: Path) -> None:
    plan = [Plan(Scenario.BUDGET, "all", "4000", 2023, -12345)]
    statement = compute(Ledger.of(tmp_path, (), plan).facts, one_unit("a", ACTUAL, BUDGET))
    assert statement.value("all", "a", "actual") is None
    assert statement.value("all", "a", "budget") == Decimal("-123.45")


def test_the_last_day_of_the_period_counts_and_the_next_does_not(tmp_path: Path) -> None:
    june = Column("june", Names("june"), slices=(Slice(Scenario.ACTUAL, 2023, 0, 6),))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1)]
    postings = [Posting("all", "4000", day, 10**number) for number, day in enumerate(days)]
    statement = compute(Ledger.of(tmp_path, [postings]).facts, one_unit("a", june))
    assert statement.value("all", "a", "june") == euros(10 + 100)


def test_a_row_of_a_hundred_and_one_rows_has_all_of_them(tmp_path: Path) -> None:
    tens = [f"ten{number}" for number in range(100)]
    accounts = frozenset(["first", *tens])
    rows = {"whole": {"sum": " + ".join(["first", *tens])}}
    rows |= {part: {"accounts": part} for part in ["first", *tens]}
    postings = [
        Posting("all", "first", date(2023, month, 1), 100 * month * 100) for month in (1, 2, 3)
    ]
    postings += [
        Posting("all", part, date(2023, month, 1), 1000) for part in tens for month in (1, 2, 3)
    ]
    months = tuple(
        Column(f"m{month}", Names(""), slices=(Slice(Scenario.ACTUAL, 2023, month, month),))
        for month in (1, 2, 3)
    )
    question = Question(organization_of({"all": None}), scheme_of(rows, accounts), accounts, months)
    statement = compute(Ledger.of(tmp_path, [postings]).facts, question)
    found = [statement.value("all", "whole", column.id) for column in months]
    assert found == [1100, 1200, 1300]
