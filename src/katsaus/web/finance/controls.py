"""The choices above a statement: unit, row, items, display unit, columns; and the period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from katsaus.core.columns import columns_of
from katsaus.core.figures import Items
from katsaus.core.formats import NO_BREAK_SPACE, DisplayUnit
from katsaus.core.organization import Level, Organization
from katsaus.core.periods import Period
from katsaus.core.statements import Scheme
from katsaus.web.access.pages import PeriodChoice
from katsaus.web.finance.forms import ORDER, Known, View
from katsaus.web.languages import language

INDENT = NO_BREAK_SPACE * 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a control."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A list of choices, of which one is chosen."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def controls(view: View, known: Known) -> tuple[Control, ...]:
    """Return the lists of choices of a view."""
    return (
        _control("unit", _("Unit"), view.unit, _units(known.organization, view.unit)),
        _control("row", _("Row"), view.row, _rows(known.scheme)),
        _control("items", _("Items"), view.items, _items()),
        _control("unit_of_display", _("Figures"), _display_unit(view), _display_units()),
    )


def columns(view: View) -> tuple[Choice, ...]:
    """Return the columns that can be shown."""
    by_role = columns_of(view.period)
    return tuple(
        Choice(role, by_role[role].names.text(language()), role in view.columns) for role in ORDER
    )


def period_choice(
    period: Period, periods: Sequence[Period], addresses: tuple[str, ...] = ()
) -> PeriodChoice:
    """Return the choice of a period; `periods` are the newest first.

    `addresses` has the page of each where it is not the same address with another period.
    """
    names = tuple((each.code, each.months) for each in periods)
    onward = "" if period == periods[0] else period.code
    return PeriodChoice(names, period.code, onward=onward, addresses=addresses)


def unit_control(unit: str, known: Known) -> Control:
    """Return the choice of a unit."""
    return _control("unit", _("Unit"), unit, _units(known.organization, unit))


def level_control(chosen: str) -> Control:
    """Return the choice of the levels whose deviations are shown."""
    names = (
        ("large", _("Divisions and service areas")),
        (Level.DIVISION, _("Divisions")),
        (Level.SERVICE_AREA, _("Service areas")),
        (Level.UNIT, _("Units")),
        (Level.COST_CENTER, _("Cost centres")),
    )
    return _control("level", _("Level"), chosen, names)


def _control(name: str, label: str, chosen: str, pairs: Iterable[tuple[str, str]]) -> Control:
    choices = tuple(Choice(value, text, value == chosen) for value, text in pairs)
    return Control(name, label, choices)


def _units(tree: Organization, chosen: str) -> Iterable[tuple[str, str]]:
    """Iterate over the units but the cost centres; the chosen one is there in any case."""

    def under(code: str, depth: int) -> Iterable[tuple[str, str]]:
        unit = tree.unit(code)
        if unit.level is not Level.COST_CENTER or code == chosen:
            yield code, INDENT * depth + unit.names.text(language())
        yield from chain.from_iterable(
            under(child.code, depth + 1) for child in tree.children(code)
        )

    return under(tree.root.code, 0)


def _rows(scheme: Scheme) -> Iterable[tuple[str, str]]:
    yield "", _("All rows")
    for row in scheme.rows:
        yield row.id, INDENT * row.level + row.names.text(language())


def _items() -> Iterable[tuple[str, str]]:
    return (
        (Items.ALL, _("External and internal")),
        (Items.EXTERNAL, _("External")),
        (Items.INTERNAL, _("Internal")),
    )


def _display_unit(view: View) -> str:
    return "eur" if view.display_unit is DisplayUnit.EUR else "thousand"


def _display_units() -> Iterable[tuple[str, str]]:
    return ("eur", _("euros")), ("thousand", _("thousands of euros"))
