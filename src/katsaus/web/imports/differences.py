"""What a file of units or accounts changes, in words: how many, and the first of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.names import Names
from katsaus.core.organization import Level
from katsaus.ledger.importers import Kind
from katsaus.web.imports.comparing import Changed, Comparison
from katsaus.web.imports.messages import FIELDS, count
from katsaus.web.languages import language
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.words import LEVELS

_UNITS = ("parent", "successors")  # the fields that name units, by their codes


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in words, and how it is before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A unit or an account that changes, with its fields that do."""

    name: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """How many are new, changed and as they were; those that change, and how many more."""

    counts: str
    changed: tuple[ChangedLine, ...]
    more: int


def differences(municipality: Municipality, kind: Kind, found: Comparison) -> Differences:
    """Return a comparison in the language that is active."""
    called = _called(municipality, found)
    lines = tuple(
        ChangedLine(
            f"{each.code} {Names(*each.names).text(language())}",
            tuple(_field(*field, called) for field in each.fields),
        )
        for each in found.listed
    )
    return Differences(_counts(kind, found), lines, found.changed - len(lines))


def _counts(kind: Kind, found: Comparison) -> str:
    words = (
        _("Accounts of the file: new %(new)s, changed %(changed)s, unchanged %(unchanged)s.")
        if kind is Kind.ACCOUNTS
        else _("Units of the file: new %(new)s, changed %(changed)s, unchanged %(unchanged)s.")
    )
    return words % {
        "new": count(found.new),
        "changed": count(found.changed),
        "unchanged": count(found.unchanged),
    }


def _called(municipality: Municipality, found: Comparison) -> dict[str, str]:
    """Return the units that the changes name, by their codes, with their names."""
    codes = {code for each in found.listed for code in _codes(each)}
    units = Unit.objects.filter(municipality=municipality, code__in=codes)
    names = ("name_fi", "name_sv", "name_en")
    return {
        code: f"{code} {Names(*rest).text(language())}"
        for code, *rest in units.values_list("code", *names)
    }


def _codes(changed: Changed) -> set[str]:
    return {
        code
        for field, before, after in changed.fields
        if field.partition(" (")[0] in _UNITS
        for text in (before, after)
        for code in text.split(", ")
    }


def _field(name: str, before: str, after: str, called: dict[str, str]) -> FieldLine:
    key, bracket, rest = name.partition(" (")
    word = FIELDS["successor" if key == "successors" else key]
    return FieldLine(
        f"{word}{bracket}{rest}", _value(key, before, called), _value(key, after, called)
    )


def _value(key: str, text: str, called: dict[str, str]) -> str:
    if key in _UNITS:
        return ", ".join(called.get(code, code) for code in text.split(", "))
    return str(LEVELS[Level(text)]) if key == "level" and text else text
