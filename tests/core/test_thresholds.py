"""When a deviation is worth telling, and how far a row is from an even pace."""

from decimal import Decimal

import pytest

from katsaus.core.deviations import Threshold, pace_deviation

LIMIT = Threshold(Decimal("0.05"), Decimal(1000))


def amount(euros: int | None) -> Decimal | None:
    return None if euros is None else Decimal(euros)


@pytest.mark.parametrize(
    ("deviation", "budget", "is_told"),
    [
        (-1000, -20_000, True),
        (1000, -20_000, True),
        (-999, -10_000, False),
        (-1000, -20_001, False),
        (1000, None, True),
        (0, 0, False),
        (None, -20_000, False),
    ],
)
def test_a_deviation_is_told_of_when_it_reaches_both_limits(
    deviation: int | None, budget: int | None, is_told: bool
) -> None:
    assert LIMIT.is_passed(amount(deviation), amount(budget)) is is_told


@pytest.mark.parametrize(
    ("actual", "budget", "expected"),
    [
        (-58, -100, -8),  # expenses ahead are worse
        (40, 100, -10),  # and so is revenue behind
        (-45, -100, 5),
        (None, -100, 50),
        (5, None, None),
        (5, 0, None),
    ],
)
def test_pace_is_worse_for_expenses_ahead_and_for_revenue_behind(
    actual: int | None, budget: int | None, expected: int | None
) -> None:
    assert pace_deviation(amount(actual), amount(budget), Decimal("0.5")) == amount(expected)
