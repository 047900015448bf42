"""Computed indicators: their value with the arithmetic, or the names of what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.indicator_texts import measured_text
from katsaus.core.indicators import (
    Computation,
    Computed,
    Entry,
    Formula,
    Indicator,
    Polarity,
    Value,
    ValueScenario,
    compute,
)
from katsaus.core.periods import Period
from katsaus.definitions import load
from katsaus.web.finance.numbers import euros
from katsaus.web.finance.queries import SCHEME
from katsaus.web.languages import language
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.units import Units
from katsaus.web.planning.queries.entries import Placed
from katsaus.web.planning.queries.inputs import Input, inputs

# What is computed from a statement is told of so many periods, the newest: each two years of
# them are a statement that may have to be computed.
MOST_STATEMENTS = 6


@dataclass(frozen=True, slots=True)
class ComputedLine:
    """A computed value of a period: with the numbers that it is made of, or what it lacks.

    `unit` is that of all its inputs where they are of one unit.
    """

    period: Period
    unit: str
    label: str
    number: Decimal | None
    shown: str
    arithmetic: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Computing:
    """A computed indicator with its inputs, at hand for all periods."""

    ledger: LedgerRows
    indicator: Indicator
    entries: tuple[Entry, ...]
    inputs: Mapping[str, Input]

    def lines(self, *periods: Period) -> tuple[ComputedLine, ...]:
        """Return the values of the periods that an input has an actual of, and of `periods`.

        Of a statement they are the newest, MOST_STATEMENTS besides `periods`.
        """
        if self._computed is None:
            return ()
        found = {entry.period for each in self._sources for entry in each if _is_actual(entry)}
        newest = sorted(found, key=_end, reverse=True)
        told = newest[:MOST_STATEMENTS] if self._row_id else newest
        ordered = sorted({*told, *periods}, key=_end, reverse=True)
        return tuple(reversed([self._line(each) for each in ordered]))

    @property
    def formula(self) -> str:
        """How the indicator is computed, by the names of its inputs; empty where it is not."""
        computed = self._computed
        if computed is None:
            return ""
        if computed.formula is Formula.SUM_OF_UNITS:
            return _("the sum of its units")
        if computed.formula is Formula.SUM_OF_PARTS:
            return _("the sum of its parts")
        return " ÷ ".join(self._name(each, "") for each in (computed.over, computed.under))

    @property
    def parts(self) -> tuple[Indicator, ...]:
        """The indicators that are parts of it."""
        found = (each.indicator for each in self.inputs.values())
        return tuple(each for each in found if each.part_of == self.indicator.code)

    def entries_of(self, lines: Iterable[ComputedLine]) -> tuple[Entry, ...]:
        """Return computed values as actuals, to stand beside those given."""
        actual = ValueScenario.ACTUAL
        return tuple(
            Entry(self.indicator.code, actual, line.period, Value(line.number), line.unit)
            for line in lines
            if line.number is not None
        )

    @property
    def _computed(self) -> Computed | None:
        return self.indicator.computed

    @property
    def _names(self) -> tuple[str, ...]:
        """The codes of the indicators that the value is made of."""
        computed = self._computed
        if computed is None or computed.formula is Formula.SUM_OF_UNITS:
            return (self.indicator.code,)
        if computed.formula is Formula.SUM_OF_PARTS:
            return tuple(part.code for part in self.parts)
        return computed.inputs

    @property
    def _sources(self) -> list[tuple[Entry, ...]]:
        return [self._entries(code) for code in self._names]

    def _entries(self, code: str) -> tuple[Entry, ...]:
        if code == self.indicator.code:
            return self.entries
        return self.inputs[code].entries if code in self.inputs else ()

    def _line(self, period: Period) -> ComputedLine:
        under = self._computed.under if self._computed else ""
        # A statement is computed where there is something to divide it by.
        is_asked = self._number(under, "", period) is not None
        row = self._row(period) if is_asked else None

        def number(name: str, unit: str) -> Decimal | None:
            return row if name == self._row_id else self._number(name, unit, period)

        units = self._units(period)
        only = units[0] if len(units) == 1 else ""
        parts = [part.code for part in self.parts]
        found = compute(self.indicator, units, number, parts)
        given = [
            (self._name(name, "" if only else unit), self._shown(name, number(name, unit)))
            for name in self._told_names()
            for unit in units or ("",)
            if number(name, unit) is not None
        ]
        return ComputedLine(
            period,
            only,
            period.months,
            found.number,
            "" if found.number is None else _text(self.indicator, found.number),
            self._arithmetic(found, given),
            tuple(
                self._name(each.input, each.unit)
                for each in found.missing
                if is_asked or each.input != self._row_id
            ),
        )

    @property
    def _row_id(self) -> str:
        computed = self._computed
        is_row = computed is not None and computed.formula is Formula.ROW
        return computed.over if computed and is_row else ""

    def _told_names(self) -> Sequence[str]:
        return [self._row_id, *self._names] if self._row_id else self._names

    def _row(self, period: Period) -> Decimal | None:
        """Return the statement row in euros; a cost, where less is better, without its minus."""
        if not self._row_id:
            return None
        value = self.ledger.number(self._row_id, period)
        if value is None:
            return None
        return -value if self.indicator.polarity is Polarity.DOWN else value

    def _units(self, period: Period) -> tuple[str, ...]:
        """Return the units that have inputs; none where an input is of the whole."""
        if self._row_id:
            return ()
        found = [
            entry.unit
            for each in self._sources
            for entry in each
            if _is_actual(entry) and entry.period == period and not entry.place
        ]
        is_own = self._computed and self._computed.formula is Formula.SUM_OF_UNITS
        if not is_own and "" in found:
            return ()
        return tuple(sorted({unit for unit in found if unit}))

    def _number(self, code: str, unit: str, period: Period) -> Decimal | None:
        same = [
            entry
            for entry in self._entries(code)
            if _is_actual(entry) and entry.period == period and not entry.place
        ]
        numbers = [each.value.number for each in same if each.unit == unit]
        if not numbers and not unit and len(same) == 1:
            # A part or an input that is of one unit only is of the whole, too.
            return same[0].value.number
        return numbers[0] if numbers else None

    def _name(self, code: str, unit: str) -> str:
        if code and code == self._row_id:
            return load.scheme(SCHEME).row(code).names.text(language())
        known = self.inputs.get(code)
        indicator = known.indicator if known else self.indicator
        name = indicator.names.text(language())
        if not unit:
            return name
        return f"{name}, {Units(self.ledger.tree).name(unit)}"

    def _shown(self, code: str, number: Decimal | None) -> str:
        if number is None:
            return ""
        if code == self._row_id:
            return euros(number)
        known = self.inputs.get(code)
        return _text(known.indicator if known else self.indicator, number)

    def _arithmetic(self, found: Computation, given: Sequence[tuple[str, str]]) -> str:
        if found.number is None or self._computed is None:
            return ""
        sign = " + " if self._computed.formula.startswith("sum") else " ÷ "
        return sign.join(f"{name} {shown}" for name, shown in given)


def with_computed(
    ledger: LedgerRows, placed: Iterable[Placed], *periods: Period
) -> tuple[Placed, ...]:
    """Return indicators where they stand, the computed ones with their values besides those given.

    What every page and table shows comes from here. `missing` names the inputs that the last of
    the periods lacks. One query where any is computed, and the statements that are asked for.
    """
    all_placed = tuple(placed)
    computed = {
        each.indicator.code: each for each in all_placed if each.indicator.computed is not None
    }
    found = inputs(ledger.municipality, (each.indicator for each in computed.values()))
    told = {}
    for code, each in computed.items():
        computing = Computing(ledger, each.indicator, each.entries, found)
        lines = computing.lines(*periods)
        missing = next(line.missing for line in lines if line.period == periods[-1])
        told[code] = computing.entries_of(lines), missing
    return tuple(
        replace(each, entries=(*each.entries, *told[code][0]), missing=told[code][1])
        if (code := each.indicator.code) in told
        else each
        for each in all_placed
    )


def _end(period: Period) -> date:
    return period.ends_on


def _text(indicator: Indicator, number: Decimal) -> str:
    return measured_text(indicator, Value(number), language())


def _is_actual(entry: Entry) -> bool:
    return entry.scenario is ValueScenario.ACTUAL
