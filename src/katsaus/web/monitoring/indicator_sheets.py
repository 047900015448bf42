"""An indicator laid out for the screen: its definition, its values by period, its chart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.indicators import (
    Aggregation,
    Entry,
    Indicator,
    IndicatorKind,
    Polarity,
    ValueScenario,
    rest,
)
from katsaus.core.periods import Period
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.rendering import series
from katsaus.web.finance.numbers import formats
from katsaus.web.languages import language
from katsaus.web.monitoring.readings import entry_text, latest
from katsaus.web.monitoring.units import Units
from katsaus.web.planning.queries.inputs import Input

_S = ValueScenario
COLUMNS = {
    _S.BASELINE: gettext_lazy("Baseline"),
    _S.ACTUAL: gettext_lazy("Actual"),
    _S.TARGET: gettext_lazy("Target"),
    _S.BUDGET: gettext_lazy("Budget"),
    _S.FORECAST: gettext_lazy("Forecast"),
}
KINDS = {
    IndicatorKind.NUMBER: gettext_lazy("number"),
    IndicatorKind.PERCENT: gettext_lazy("percent"),
    IndicatorKind.MONEY: gettext_lazy("euros"),
    IndicatorKind.TEXT: gettext_lazy("text"),
    IndicatorKind.YES_NO: gettext_lazy("yes or no"),
}
POLARITIES = {
    Polarity.UP: gettext_lazy("more is better"),
    Polarity.DOWN: gettext_lazy("less is better"),
    Polarity.NONE: gettext_lazy("neither way is better"),
}
AGGREGATIONS = {
    Aggregation.SUM: gettext_lazy("values are added up"),
    Aggregation.AVERAGE: gettext_lazy("the average of values"),
    Aggregation.LAST: gettext_lazy("the last value"),
    Aggregation.NONE: gettext_lazy("values are not put together"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a definition."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the indicator, or what the parts leave of it (without an address)."""

    name: str
    code: str
    shown: str


def facts(indicator: Indicator, formula: str) -> tuple[Fact, ...]:
    """Return the lines that a definition says."""
    kind = str(KINDS[indicator.kind])
    measure = indicator.unit_of_measure
    said = (
        (_("What is measured"), f"{kind}, {measure}" if measure else kind),
        (_("Computed"), formula),
        (_("Direction"), str(POLARITIES[indicator.polarity])),
        (_("Put together"), _aggregation(indicator)),
        *_sources(indicator),
    )
    return tuple(Fact(label, text) for label, text in said if text)


def untold(indicator: Indicator) -> str:
    """Name what a definition should say and does not."""
    return ", ".join(label.lower() for label, text in _sources(indicator) if not text)


def _sources(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    return (
        (_("Source"), indicator.source),
        (_("Method"), indicator.method),
        (_("Owner"), indicator.owner),
        (_("Deputy"), indicator.deputy),
    )


def _aggregation(indicator: Indicator) -> str:
    said = str(AGGREGATIONS[indicator.aggregation])
    within_year = _("accumulates within the year")
    return f"{said}, {within_year}" if indicator.is_cumulative else said


@dataclass(frozen=True)
class Values:
    """The values of an indicator as a table, and the chart of those of the whole."""

    indicator: Indicator
    entries: tuple[Entry, ...]
    units: Units
    period: Period

    def table(self) -> ReportTable:
        """Return all values: a row for a period, a unit and a place, a column for a scenario."""
        return self._table(self._all, self._label)

    @property
    def _all(self) -> list[Entry]:
        return sorted(self.entries, key=lambda each: each.period.ends_on)

    @property
    def of_whole(self) -> list[Entry]:
        """The values of no place, and of all units or of the only unit."""
        found = [each for each in self._all if not each.place and each.value.on is None]
        whole = [each for each in found if not each.unit]
        return whole or (found if len({each.unit for each in found}) == 1 else [])

    def chart(self) -> str:
        """Return the chart as SVG; empty where there is too little to draw."""
        table = self._table(self.of_whole, lambda each: months_of(each.period))
        if self.indicator.kind in (IndicatorKind.TEXT, IndicatorKind.YES_NO):
            return ""
        return series.chart(table, formats(), is_joined=not self.indicator.is_cumulative)

    def _table(self, entries: Sequence[Entry], label: Callable[[Entry], str]) -> ReportTable:
        used = {each.scenario for each in entries}
        columns = [each for each in COLUMNS if each in used]
        rows: dict[tuple[str, ...], dict[ValueScenario, Cell]] = {}
        heads: dict[tuple[str, ...], tuple[Period, str, str]] = {}
        for each in entries:
            key = (each.period.code, each.unit, each.place, str(each.value.on or ""))
            shown = entry_text(self.indicator, each).removeprefix(f"{each.place}: ")
            rows.setdefault(key, {})[each.scenario] = Cell(each.value.number, shown)
            heads[key] = (each.period, label(each), each.unit)
        ordered = sorted(rows, key=lambda key: (heads[key][0].ends_on, key))
        name = self.indicator.names.text(language())
        return ReportTable(
            "values",
            name,
            DisplayUnit.EUR,
            tuple(TableColumn(each.value, str(COLUMNS[each]), "text") for each in columns),
            (
                RowGroup(
                    "",
                    tuple(
                        TableRow(
                            key[0],
                            heads[key][1],
                            heads[key][2],
                            tuple(rows[key].get(each, Cell(None, DASH)) for each in columns),
                        )
                        for key in ordered
                    ),
                ),
            ),
            chart_description=self._described(name),
        )

    def _described(self, name: str) -> str:
        """Say what the chart shows: the last value, and the last target."""
        told = [name]
        if last := latest(self.of_whole, self.period):
            told.append(f"{months_of(last[0].period)}: {entry_text(self.indicator, last[0])}")
        targets = [each for each in self.of_whole if each.scenario is _S.TARGET]
        if targets:
            shown = entry_text(self.indicator, targets[-1])
            word = _("target")
            told.append(f"{word} {targets[-1].period.year}: {shown}")
        return ", ".join(told)

    def _label(self, entry: Entry) -> str:
        """Return the period, with the unit and the place where there are several."""
        several = len({each.unit for each in self.entries}) > 1
        unit = self.units.name(entry.unit) if entry.unit and several else ""
        return ", ".join(each for each in (months_of(entry.period), unit, entry.place) if each)

    def parts(self, found: Mapping[str, Input]) -> Iterator[Part]:
        """Return the parts at the period, and what they leave of the whole."""
        numbers: list[Decimal | None] = []
        for each in found.values():
            part = each.indicator
            if part.part_of != self.indicator.code:
                continue
            told = latest(each.entries, self.period)
            numbers += [told[0].value.number] if told else []
            shown = ", ".join(entry_text(part, entry) for entry in told) or DASH
            yield Part(part.names.text(language()), part.code, shown)
        whole = latest(self.of_whole, self.period)
        left = rest(whole[0].value.number, numbers) if whole else None
        if left:
            yield Part(_("Others"), "", formats().number(left, self.indicator.decimals))


def months_of(period: Period) -> str:
    """Return a period as it is read: a whole year by its number."""
    return str(period.year) if period.is_full_year else period.months
