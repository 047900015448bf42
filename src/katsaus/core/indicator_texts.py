"""How the value of an indicator is shown: its text, or its number in the language's marks."""

from datetime import date
from decimal import Decimal

from katsaus.core.formats import DASH, NO_BREAK_SPACE, NumberFormat, unbroken
from katsaus.core.indicators import Indicator, IndicatorKind, Value
from katsaus.core.names import Language

_YES_NO: dict[Language, tuple[str, str]] = {
    "fi": ("kyllä", "ei"),
    "sv": ("ja", "nej"),
    "en": ("yes", "no"),
}


def value_text(indicator: Indicator, value: Value, language: Language) -> str:
    """Return a value as it is read: the text that was given with it, or its number.

    A percent and euros have their mark, other numbers stand without their unit of measure:
    "4 / 7" of a whole, "13 (5-40)" with its range.
    """
    if value.text:
        return unbroken(value.text)
    if value.number is None:
        return DASH
    if indicator.kind is IndicatorKind.YES_NO:
        return _YES_NO[language][0 if value.number else 1]
    shown = _number(indicator, value.number, language)
    if value.of is not None:
        shown += f" / {_number(indicator, value.of, language)}"
    shown = _marked(indicator, shown, language)
    if value.low is not None and value.high is not None:
        ends = (_number(indicator, each, language) for each in (value.low, value.high))
        shown += f" ({DASH.join(ends)})"
    return shown


def measured_text(indicator: Indicator, value: Value, language: Language) -> str:
    """Return a value with its unit of measure: "700 kpl", "34 %", "noin 400"."""
    shown = value_text(indicator, value, language)
    is_bare = not value.text and value.number is not None
    is_measured = is_bare and indicator.kind is IndicatorKind.NUMBER and indicator.unit_of_measure
    return f"{shown}{NO_BREAK_SPACE}{indicator.unit_of_measure}" if is_measured else shown


def day_text(day: date) -> str:
    """Return a day as Finland and Sweden write it: 20.9.2023."""
    return f"{day.day}.{day.month}.{day.year}"


def _number(indicator: Indicator, number: Decimal, language: Language) -> str:
    return NumberFormat.of(language).number(number, indicator.decimals)


def _marked(indicator: Indicator, shown: str, language: Language) -> str:
    formats = NumberFormat.of(language)
    if indicator.kind is IndicatorKind.PERCENT:
        return shown + formats.percent
    return formats.euros(shown) if indicator.kind is IndicatorKind.MONEY else shown
