"""Deviation, realization rate and change, with the listed cases."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.deviations import change, deviation, realization_rate

amounts = st.decimals(-(10**9), 10**9, places=2)


def number(text: str) -> Decimal | None:
    return None if text == "empty" else Decimal(text)


@pytest.mark.parametrize(
    ("value", "reference", "expected"),
    [
        ("100", "50", "1"),
        ("75", "50", "0.5"),
        ("-25", "-50", "0.5"),
        ("0", "-50", "1"),
        ("25", "50", "-0.5"),
        ("0", "50", "-1"),
        ("50", "empty", "empty"),
        ("empty", "50", "empty"),
        ("50", "50", "0"),
        ("50", "0", "empty"),
        ("0", "0", "0"),
    ],
)
def test_change_is_the_difference_by_the_size_of_the_reference(
    value: str, reference: str, expected: str
) -> None:
    assert change(number(value), number(reference)) == number(expected)


@pytest.mark.parametrize(
    ("what", "forecast", "budget", "expected"),
    [
        ("revenue 100 under budget", "900", "1000", "-100"),
        ("expenses 100 under budget", "-900", "-1000", "100"),
        ("a margin of -900 against -1,000", "-900", "-1000", "100"),
        ("a forecast without a budget", "-70", "empty", "-70"),
        ("a budget without a forecast", "empty", "-70", "empty"),
    ],
)
def test_a_positive_deviation_is_better(
    what: str, forecast: str, budget: str, expected: str
) -> None:
    assert deviation(number(forecast), number(budget)) == number(expected), what


@pytest.mark.parametrize(
    ("actual", "budget", "expected"),
    [
        ("-37805630", "-68910824", "0.5486"),
        ("empty", "15", "0"),
        ("0", "15", "0"),
        ("15", "0", "empty"),
        ("15", "empty", "empty"),
        ("empty", "empty", "empty"),
        ("5", "-10", "-0.5"),
    ],
)
def test_the_realization_rate_needs_a_budget(actual: str, budget: str, expected: str) -> None:
    rate = realization_rate(number(actual), number(budget))
    assert (None if rate is None else round(rate, 4)) == number(expected)


@given(amounts, amounts)
def test_the_budget_and_its_deviation_make_the_forecast(forecast: Decimal, budget: Decimal) -> None:
    difference = deviation(forecast, budget)
    assert difference is not None
    assert budget + difference == forecast


@given(amounts, amounts)
def test_a_change_for_the_better_is_positive_whatever_the_signs(
    value: Decimal, reference: Decimal
) -> None:
    relative = change(value, reference)
    if relative is not None:
        assert (relative > 0) == (value > reference)
