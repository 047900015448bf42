"""Money: exact cents, sums where missing is not zero, shares to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.figures import euros, size_of, spread, total

TWELVE_EQUAL_MONTHS = [1] * 12
LAST_YEARS_PROFILE = [9, 7, 8, 8, 8, 12, 10, 5, 8, 8, 8, 9]

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


def test_a_thousand_euros_over_twelve_equal_months_sums_to_a_thousand() -> None:
    months = spread(1000_00, TWELVE_EQUAL_MONTHS)
    assert months == (83_34,) * 4 + (83_33,) * 8
    assert sum(months) == 1000_00


def test_a_thousand_euros_by_last_years_profile_sums_to_a_thousand() -> None:
    months = spread(1000_00, LAST_YEARS_PROFILE)
    assert months == (
        90_00,
        70_00,
        80_00,
        80_00,
        80_00,
        120_00,
        100_00,
        50_00,
        80_00,
        80_00,
        80_00,
        90_00,
    )


def test_the_cents_left_over_go_to_the_largest_remainders() -> None:
    # 1.00 by 1 : 2 : 4 is 14.29, 28.57 and 57.14 cents: the one cent over goes to the second.
    assert spread(1_00, [1, 2, 4]) == (14, 29, 57)


def test_the_earlier_of_equal_remainders_gets_the_cent() -> None:
    assert spread(1, [1, 1, 1]) == (1, 0, 0)


def test_a_month_without_weight_gets_nothing() -> None:
    assert spread(100_01, [0, 1, 0, 1]) == (0, 50_01, 0, 50_00)


@given(st.integers(-(10**15), 10**15), weights)
def test_the_parts_of_any_spread_sum_to_the_whole(cents: int, profile: list[int]) -> None:
    assert sum(spread(cents, profile)) == cents


@given(st.integers(-(10**15), 10**15), weights)
def test_no_part_is_a_cent_or_more_from_its_exact_share(cents: int, profile: list[int]) -> None:
    whole = sum(profile)
    for part, weight in zip(spread(cents, profile), profile, strict=True):
        assert abs(part * whole - cents * weight) < whole


@given(st.integers(0, 10**15), weights)
def test_an_expense_is_spread_as_the_revenue_of_the_same_size(
    cents: int, profile: list[int]
) -> None:
    assert spread(-cents, profile) == tuple(-part for part in spread(cents, profile))


@pytest.mark.parametrize("profile", [[], [0, 0], [2, -1]])
def test_a_profile_without_a_positive_weight_or_with_a_negative_one_is_refused(
    profile: list[int],
) -> None:
    with pytest.raises(ValueError, match="weights"):
        spread(100, profile)


def test_the_sum_of_nothing_is_missing_and_not_zero() -> None:
    assert total([]) is None
    assert total([None, None]) is None
    assert total([None, Decimal("1.10"), None, Decimal("-1.10")]) == Decimal("0.00")


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("410,11", 410_11),
        ("\u2212410,11 €", 410_11),
        ("-€1,234.56", 1234_56),
        ("1\u00a0234\u00a0567,00", 1234567_00),
        ("12345,67", 12345_67),
        ("1 000", 1000_00),
        ("0,05", 5),
        ("410,1", None),
        ("12 34", None),
        ("4000 palkat", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, size: int | None) -> None:
    assert size_of(text) == size


@given(st.integers(-(10**17), 10**17))
def test_euros_keep_every_cent(cents: int) -> None:
    assert euros(cents) * 100 == cents
    assert str(euros(cents))[-3] == "."
