"""The months of a report."""

from datetime import date
from decimal import Decimal

import pytest

from katsaus.core.periods import Period


def test_a_period_is_read_and_written_alike() -> None:
    assert Period.parse("2023-06") == Period(2023, 6)
    assert Period(2023, 6).code == "2023-06"


@pytest.mark.parametrize(
    "text", ["2023", "2023-6", "2023-13", "2023-00", "6/2023", "", "2023-06-30"]
)
def test_what_is_not_a_year_and_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        Period.parse(text)


def test_a_period_ends_on_the_last_day_of_its_month() -> None:
    assert Period(2023, 6).ends_on == date(2023, 6, 30)
    assert Period(2024, 2).ends_on == date(2024, 2, 29)


def test_the_straight_line_share_is_months_in_twelfths() -> None:
    assert Period(2023, 6).straight_line_share == Decimal("0.5")
    assert round(Period(2023, 7).straight_line_share, 3) == Decimal("0.583")


def test_only_december_ends_a_full_year() -> None:
    assert Period(2023, 12).is_full_year
    assert not Period(2023, 11).is_full_year
