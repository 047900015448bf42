"""The value of an indicator reads as it was given, or as its number in the language's marks."""

from decimal import Decimal

import pytest

from katsaus.core.formats import unbroken
from katsaus.core.indicator_texts import measured_text, value_text
from katsaus.core.indicators import Indicator, IndicatorKind, Value
from katsaus.core.names import Language, Names


def indicator(
    kind: IndicatorKind = IndicatorKind.NUMBER, decimals: int = 0, unit: str = ""
) -> Indicator:
    return Indicator("x", Names("X"), kind, unit, decimals)


def number(text: str) -> Value:
    return Value(Decimal(text))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fi", "1\u00a0665\u00a0558,5"),
        ("sv", "1\u00a0665\u00a0558,5"),
        ("en", "1,665,558.5"),
    ],
)
def test_a_number_has_the_marks_of_the_language(language: Language, shown: str) -> None:
    assert value_text(indicator(decimals=1), number("1665558.5"), language) == shown


def test_a_given_text_is_shown_in_place_of_its_number() -> None:
    value = Value(Decimal("27.5"), text="Yht. 27,5; elinkeinopalvelut 2 htv")
    assert value_text(indicator(), value, "fi") == "Yht. 27,5; elinkeinopalvelut 2 htv"


def test_nothing_told_is_a_dash_and_zero_is_zero() -> None:
    assert value_text(indicator(), Value(), "fi") == "–"
    assert value_text(indicator(), number("0"), "fi") == "0"


def test_a_percent_and_euros_have_their_mark() -> None:
    assert value_text(indicator(IndicatorKind.PERCENT), number("80"), "fi") == "80\u00a0%"
    assert value_text(indicator(IndicatorKind.MONEY), number("689795"), "fi") == (
        "689\u00a0795\u00a0€"
    )


def test_yes_and_no_are_words() -> None:
    yes_no = indicator(IndicatorKind.YES_NO)
    assert [value_text(yes_no, number(each), "sv") for each in "10"] == ["ja", "nej"]


def test_a_part_of_a_whole_and_a_range_are_told() -> None:
    assert value_text(indicator(), Value(Decimal(4), of=Decimal(7)), "fi") == "4 / 7"
    ranged = Value(Decimal(13), low=Decimal(5), high=Decimal(40))
    assert value_text(indicator(), ranged, "fi") == "13 (5–40)"


def test_a_measured_number_has_its_unit_but_a_text_has_its_own() -> None:
    companies = indicator(unit="kpl")
    assert measured_text(companies, number("18"), "fi") == "18\u00a0kpl"
    assert measured_text(companies, Value(Decimal(18), text="noin 18"), "fi") == "noin 18"
    assert measured_text(companies, Value(), "fi") == "–"


def test_a_figure_in_a_text_is_not_broken_over_lines() -> None:
    assert unbroken("52 370 vrk, 31 % vuonna 2023 1 kpl") == (
        "52\u00a0370 vrk, 31\u00a0% vuonna 2023 1 kpl"
    )
