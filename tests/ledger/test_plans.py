"""Which plan figures of a year count for a period."""

from datetime import date

import pytest

from katsaus.core.figures import Scenario
from katsaus.core.periods import Period
from katsaus.ledger.plans import YEAR_SCHEMA, counting, parts_items, without_forecasts
from katsaus.ledger.statement import PLAN_SCHEMA, table

JUNE = Period(2023, 6)


def counted(period: Period, *figures: tuple[Scenario, int, date | None, str]) -> list[int]:
    """Return the cents of the figures that count, of (scenario, cents, decided on, round)."""
    rows = [
        (scenario.value, "1", "4000", 2023, 0, False, cents, number, decided_on, of_round)
        for number, (scenario, cents, decided_on, of_round) in enumerate(figures)
    ]
    found = counting(table(YEAR_SCHEMA, rows), period)
    assert found.schema == PLAN_SCHEMA
    return sorted(found["cents"].to_pylist())


def test_the_budget_counts_for_every_period() -> None:
    for month in range(1, 13):
        assert counted(Period(2023, month), (Scenario.BUDGET, 5, None, "")) == [5]


@pytest.mark.parametrize(
    ("decided_on", "cents"),
    [(date(2023, 6, 30), [7]), (date(2023, 7, 1), []), (date(2022, 12, 31), [7])],
)
def test_an_amendment_counts_from_the_period_in_which_it_was_decided(
    decided_on: date, cents: list[int]
) -> None:
    assert counted(JUNE, (Scenario.AMENDMENT, 7, decided_on, "")) == cents


def test_an_amendment_without_a_decision_does_not_count() -> None:
    assert counted(JUNE, (Scenario.AMENDMENT, 7, None, "")) == []


def test_the_forecast_is_that_of_the_latest_round_not_after_the_period() -> None:
    rounds = [
        (Scenario.FORECAST, 3, None, "2023-03"),
        (Scenario.FORECAST, 6, None, "2023-06"),
        (Scenario.FORECAST, 9, None, "2023-09"),
    ]
    asked = {month: counted(Period(2023, month), *rounds) for month in (2, 3, 5, 6, 8, 9, 12)}
    assert asked == {2: [], 3: [3], 5: [3], 6: [6], 8: [6], 9: [9], 12: [9]}


def test_a_forecast_of_another_years_round_does_not_count() -> None:
    assert counted(JUNE, (Scenario.FORECAST, 4, None, "2022-12")) == []


def test_where_nothing_is_planned_nothing_counts() -> None:
    assert counted(JUNE) == []


@pytest.mark.parametrize(
    ("figures", "parts"),
    [
        ([], True),
        ([(Scenario.FORECAST, False)], True),
        ([(Scenario.BUDGET, False), (Scenario.FORECAST, False)], True),
        ([(Scenario.BUDGET, True), (Scenario.FORECAST, False)], False),
        ([(Scenario.BUDGET, True), (Scenario.FORECAST, False), (Scenario.FORECAST, True)], True),
        ([(Scenario.BUDGET, True)], True),
    ],
)
def test_forecasts_without_internal_ones_are_of_both_where_the_budget_has_internal_items(
    figures: list[tuple[Scenario, bool]], parts: bool
) -> None:
    rows = [
        (scenario.value, "1", "4000", 2023, 0, is_internal, 5, number)
        for number, (scenario, is_internal) in enumerate(figures)
    ]
    plan = table(PLAN_SCHEMA, rows)
    assert parts_items(plan) is parts
    left = set(without_forecasts(plan)["scenario"].to_pylist())
    assert left == {scenario.value for scenario, _ in figures} - {Scenario.FORECAST.value}
