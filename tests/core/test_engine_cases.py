"""The golden cases of the statement engine, computed by hand from facts, weights and the tree."""

from collections import defaultdict
from decimal import Decimal

import pytest

from golden.engine_cases import EngineCase, engine_cases, scheme_of
from katsaus.core.columns import Column, Slice
from katsaus.core.figures import euros
from katsaus.core.results import CellKey, Statement


def compute(case: EngineCase) -> Statement:
    """Add every fact to every row that weighs it and to every unit above it."""
    amounts: dict[CellKey, Decimal] = defaultdict(Decimal)
    weights = case.scheme.weights(case.accounts)
    for column, part in _slices(case.columns):
        for fact in case.facts:
            if (fact.scenario, fact.year) != (part.scenario, part.year):
                continue
            if not part.first_month <= fact.month <= part.last_month:
                continue
            for weight in weights:
                for ancestor, unit in case.organization.closure():
                    if weight.account == fact.account and unit == fact.unit:
                        key = CellKey(ancestor, weight.row, column.id)
                        amounts[key] += euros(fact.cents) * weight.weight
    return Statement(case.scheme, case.columns, dict(amounts))


def _slices(columns: tuple[Column, ...]) -> list[tuple[Column, Slice]]:
    return [(column, part) for column in columns for part in column.slices]


@pytest.mark.parametrize("case", list(engine_cases()), ids=lambda case: case.name)
def test_the_facts_give_the_expected_tables(case: EngineCase) -> None:
    assert case.tables(compute(case)) == case.expected


@pytest.mark.parametrize(("booked", "expected"), [(100, 1100), (200, 1200), (300, 1300)])
def test_a_row_that_sums_a_hundred_and_one_rows_has_all_of_them(booked: int, expected: int) -> None:
    tens = [f"ten{number}" for number in range(100)]
    rows = {"whole": {"sum": " + ".join(["first", *tens])}}
    rows |= {part: {"accounts": part} for part in ["first", *tens]}
    scheme = scheme_of(rows, frozenset(["first", *tens]))
    amounts = {"first": booked} | dict.fromkeys(tens, 10)
    weights = [weight for weight in scheme.weights(amounts) if weight.row == "whole"]
    assert sum(amounts.get(weight.account, 0) * weight.weight for weight in weights) == expected
