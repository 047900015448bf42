"""A unit in words, as lists and tables of administration show it."""

from katsaus.core.names import Names
from katsaus.web.languages import language
from katsaus.web.organization.models import Unit


def unit_words(unit: Unit) -> str:
    """Return a unit's code and its name in the language that is active."""
    return f"{unit.code} {Names(unit.name_fi, unit.name_sv, unit.name_en).text(language())}"
