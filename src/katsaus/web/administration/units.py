"""A unit in words, as lists and tables of administration show it."""

from katsaus.web.languages import language
from katsaus.web.organization.models import Unit


def unit_words(unit: Unit) -> str:
    """Return a unit's code and its name in the language that is active."""
    return f"{unit.code} {unit_name(unit)}"


def unit_name(unit: Unit) -> str:
    """Return a unit's name in the language that is active."""
    return unit.names.text(language())
