"""How figures are shown.

Here a no-break space is written _ and a minus sign -, so that they can be told apart.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.formats import MINUS, DisplayUnit, NumberFormat
from katsaus.core.names import Language

FINNISH = NumberFormat.of("fi")


def seen(text: str) -> str:
    return text.replace("-", "hyphen").replace("\N{NO-BREAK SPACE}", "_").replace(MINUS, "-")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("37025819.12", DisplayUnit.THOUSAND_EUR, "37_026"),
        ("-184982661.44", DisplayUnit.THOUSAND_EUR, "-184_983"),
        ("-184982661.44", DisplayUnit.EUR, "-184_982_661"),
        ("-184982661.44", DisplayUnit.CENT, "-184_982_661,44"),
        ("999", DisplayUnit.EUR, "999"),
        ("0", DisplayUnit.CENT, "0,00"),
    ],
)
def test_an_amount_is_shown_in_its_display_unit(value: str, unit: DisplayUnit, shown: str) -> None:
    assert seen(FINNISH.amount(Decimal(value), unit)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.5", "1"), ("1.5", "2"), ("2.5", "3"), ("-0.5", "-1"), ("-2.5", "-3"), ("2.4999", "2")],
)
def test_halves_are_rounded_away_from_zero(value: str, shown: str) -> None:
    assert seen(FINNISH.number(Decimal(value))) == shown


@pytest.mark.parametrize("value", ["-0.4", "-0", "0", "-0.0000001"])
def test_a_zero_never_has_a_minus(value: str) -> None:
    assert FINNISH.number(Decimal(value)) == "0"


@pytest.mark.parametrize(
    ("language", "amount", "percent", "points"),
    [
        ("fi", "-1_234,50", "59,9_%", "25_%hyphenyks."),
        ("sv", "-1_234,50", "59,9_%", "25_%hyphenenh."),
        ("en", "-1,234.50", "59.9%", "25_pp"),
    ],
)
def test_each_language_has_its_own_marks(
    language: Language, amount: str, percent: str, points: str
) -> None:
    numbers = NumberFormat.of(language)
    assert seen(numbers.amount(Decimal("-1234.5"), DisplayUnit.CENT)) == amount
    assert seen(numbers.fraction(Decimal("0.5985"), 1)) == percent
    assert seen(numbers.percentage_points(Decimal("0.25"))) == points


def test_the_minus_is_the_sign_and_not_a_hyphen() -> None:
    assert FINNISH.number(Decimal(-7)) == "\N{MINUS SIGN}7"


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_to_the_cent_can_be_read_back(value: Decimal) -> None:
    shown = seen(FINNISH.amount(value, DisplayUnit.CENT))
    assert Decimal(shown.replace("_", "").replace(",", ".")) == value


def test_the_mark_of_euros_stands_where_the_language_has_it() -> None:
    shown = {
        language: seen(NumberFormat.of(language).euros(f"{MINUS}1"))
        for language in ("fi", "sv", "en")
    }
    assert shown == {"fi": "-1_€", "sv": "-1_€", "en": "-€1"}
