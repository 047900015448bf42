"""The performance figures of a unit, laid out for the screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from katsaus.core.formats import DASH
from katsaus.core.indicator_texts import value_text
from katsaus.core.periods import Period
from katsaus.web.finance.controls import Choice, Control
from katsaus.web.languages import language
from katsaus.web.monitoring.units import Units
from katsaus.web.planning.queries.indicators import PerformanceRow


@dataclass(frozen=True, slots=True)
class PerformanceLine:
    """A figure with its cells, each of one or more lines of text."""

    name: str
    measure: str
    href: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PerformanceGroup:
    """Figures under one heading."""

    heading: str
    lines: tuple[PerformanceLine, ...]


def heads(period: Period) -> tuple[str, ...]:
    """Return the heads of the columns: the year before, the budget, the period, the forecast."""
    year = period.year
    return (
        _("Actual %s") % (year - 1),
        _("Budget %s") % year,
        _("Actual %s") % period.months,
        _("Forecast %s") % year,
    )


def groups(slug: str, rows: Iterable[PerformanceRow], period: Period) -> Iterator[PerformanceGroup]:
    """Iterate over the groups of a unit's figures, in their order."""
    for heading, found in groupby(rows, key=lambda row: row.group):
        yield PerformanceGroup(heading, tuple(_line(slug, row, period) for row in found))


def _line(slug: str, row: PerformanceRow, period: Period) -> PerformanceLine:
    indicator = row.indicator
    page = reverse("indicator", args=(slug, indicator.code))
    cells = tuple(
        tuple(
            f"{entry.place}: {shown}" if entry.place else shown
            for entry in cell
            if (shown := value_text(indicator, entry.value, language()))
        )
        or (DASH,)
        for cell in row.cells
    )
    return PerformanceLine(
        row.label or indicator.names.text(language()),
        "" if row.label else indicator.unit_of_measure,
        f"{page}?{urlencode({'period': period.code})}",
        cells,
    )


def unit_control(names: Units, units: Iterable[str], chosen: str) -> Control:
    """Return the choice of the units that have performance figures."""
    choices = (Choice(code, names.name(code), code == chosen) for code in units)
    return Control("unit", _("Unit"), tuple(choices))
