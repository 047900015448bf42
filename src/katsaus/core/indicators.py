"""Indicators: what is measured, its values, and how values are put together exactly."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from katsaus.core.figures import total
from katsaus.core.names import Names
from katsaus.core.periods import Period


class IndicatorKind(StrEnum):
    """What a value is: a percent of 80 is 80, money is euros, yes or no is 1 or 0."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    TEXT = "text"
    YES_NO = "yes_no"


class Polarity(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Aggregation(StrEnum):
    """How values are put together over time and over units."""

    SUM = "sum"
    AVERAGE = "average"
    LAST = "last"
    NONE = "none"


class ValueScenario(StrEnum):
    """What a value says: what was, was planned, is expected, is aimed at, was begun from."""

    ACTUAL = "actual"
    BUDGET = "budget"
    FORECAST = "forecast"
    TARGET = "target"
    BASELINE = "baseline"


class Formula(StrEnum):
    """How a computed indicator is computed."""

    RATIO = "ratio"
    SUM_OF_UNITS = "sum_of_units"
    SUM_OF_PARTS = "sum_of_parts"
    ROW = "row"


class ComputedError(ValueError):
    """A text does not say how to compute an indicator."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula; `over` and `under` are indicators, but `over` of a ROW is a statement row."""

    formula: Formula
    over: str = ""
    under: str = ""

    @classmethod
    def parse(cls, text: str) -> "Computed":
        """Read "ratio:a/b", "row:operating_expenses/b", "sum_of_units" or "sum_of_parts".

        Raises ComputedError.
        """
        word, _, inputs = text.partition(":")
        over, slash, under = (part.strip() for part in inputs.partition("/"))
        try:
            formula = Formula(word)
        except ValueError:
            raise ComputedError(text) from None
        if bool(inputs) != (formula in (Formula.RATIO, Formula.ROW)):
            raise ComputedError(text)
        if inputs and not (over and slash and under):
            raise ComputedError(text)
        return cls(formula, over, under)

    @property
    def code(self) -> str:
        """The formula as it is written."""
        return f"{self.formula}:{self.over}/{self.under}" if self.over else str(self.formula)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The indicators that it names."""
        if self.formula is Formula.RATIO:
            return (self.over, self.under)
        return (self.under,) if self.formula is Formula.ROW else ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A definition; `owner` and `deputy` are roles, `part_of` the indicator that it is part of."""

    code: str
    names: Names
    kind: IndicatorKind = IndicatorKind.NUMBER
    unit_of_measure: str = ""
    decimals: int = 0
    polarity: Polarity = Polarity.NONE
    aggregation: Aggregation = Aggregation.NONE
    is_cumulative: bool = False
    part_of: str | None = None
    computed: Computed | None = None
    source: str = ""
    method: str = ""
    owner: str = ""
    deputy: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """A number, a text or both; 4 of 7 has `of`, an average its range, a count its day `on`."""

    number: Decimal | None = None
    of: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    on: date | None = None
    text: str = ""


class Misfit(StrEnum):
    """Why numbers are not those of a count."""

    BELOW_ZERO = "below_zero"
    ABOVE_WHOLE = "above_whole"


def misfit(value: Value, kind: IndicatorKind = IndicatorKind.NUMBER) -> Misfit | None:
    """Return why a value cannot be; None where it can.

    A part of a whole and a number counted on a day are counts: neither is below zero, and no part
    is above its whole. Other numbers may be changes, which go either way.
    """
    is_count = value.of is not None or (value.on is not None and kind is IndicatorKind.NUMBER)
    if value.number is None or not is_count:
        return None
    if value.number < 0:
        return Misfit.BELOW_ZERO
    is_above = value.of is not None and value.number > value.of
    return Misfit.ABOVE_WHOLE if is_above else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with what it is of; `unit` and `place` are empty where it is of the whole."""

    indicator: str
    scenario: ValueScenario
    period: Period
    value: Value
    unit: str = ""
    place: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that a computed value would need; `unit` is empty for the whole."""

    input: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Computation:
    """A value of the inputs that are there, and those that are not: missing is not zero."""

    number: Decimal | None
    missing: tuple[Missing, ...] = ()


def ratio(
    computed: Computed,
    numerators: Mapping[str, Decimal | None],
    denominators: Mapping[str, Decimal | None],
    kind: IndicatorKind = IndicatorKind.NUMBER,
) -> Computation:
    """Return the ratio of sums over units, times a hundred for a percent.

    A unit that lacks one of the two is left out of both sums, and named. A denominator of zero
    makes no number.
    """
    units = sorted(numerators.keys() | denominators.keys())
    sides = ((computed.over, numerators), (computed.under, denominators))
    missing = tuple(
        Missing(name, unit) for unit in units for name, side in sides if side.get(unit) is None
    )
    without = {each.unit for each in missing}
    counted = [unit for unit in units if unit not in without]
    over = total(numerators[unit] for unit in counted)
    under = total(denominators[unit] for unit in counted)
    if over is None or not under:
        return Computation(None, missing)
    factor = 100 if kind is IndicatorKind.PERCENT else 1
    return Computation(over * factor / under, missing)


def over_inputs(
    aggregation: Aggregation, inputs: Mapping[str, Decimal | None], *, of: str = ""
) -> Computation:
    """Return the sum or the average of units' values (`of` names their indicator), or of parts'.

    LAST and NONE put nothing together over units: one input is itself, several make no number.
    """
    missing = tuple(
        Missing(of, key) if of else Missing(key) for key in inputs if inputs[key] is None
    )
    present = [number for number in inputs.values() if number is not None]
    if not present:
        return Computation(None, missing)
    whole = sum(present, Decimal(0))
    if aggregation is Aggregation.SUM or len(present) == 1:
        return Computation(whole, missing)
    if aggregation is Aggregation.AVERAGE:
        return Computation(whole / len(present), missing)
    return Computation(None, missing)


def over_time(
    indicator: Indicator, series: Sequence[tuple[Period, Decimal | None]]
) -> Decimal | None:
    """Return one number of a year's series of one unit, or None where there is nothing.

    A value of a cumulative series includes the year's earlier ones, so the newest is the year's.
    Otherwise a value tells of the time since the one before it, and the aggregation decides.
    """
    present = [number for _, number in sorted(series, key=_period) if number is not None]
    if not present:
        return None
    if indicator.is_cumulative or indicator.aggregation in (Aggregation.LAST, Aggregation.NONE):
        return present[-1]
    whole = sum(present, Decimal(0))
    return whole if indicator.aggregation is Aggregation.SUM else whole / len(present)


def _period(item: tuple[Period, Decimal | None]) -> tuple[int, int]:
    return item[0].year, item[0].month


def steps(series: Sequence[tuple[Period, Decimal]]) -> tuple[tuple[Period, Decimal], ...]:
    """Return what a year's cumulative series grew by from each value to the next; they add up."""
    ordered = sorted(series, key=_period)
    before = (Decimal(0), *(number for _, number in ordered))
    return tuple(
        (period, number - earlier)
        for (period, number), earlier in zip(ordered, before, strict=False)
    )


def rest(whole: Decimal | None, parts: Iterable[Decimal | None]) -> Decimal | None:
    """Return what of-which parts leave of their whole; None without a whole or any part."""
    told = total(parts)
    return None if whole is None or told is None else whole - told


def share_of_way(
    baseline: Decimal | None, target: Decimal | None, number: Decimal | None
) -> Decimal | None:
    """Return how much of the way from baseline to target is gone: 0 at the one, 1 at the other.

    It may be under 0 and over 1. None where something is missing or there is no way to go.
    """
    if baseline is None or target is None or number is None or baseline == target:
        return None
    return (number - baseline) / (target - baseline)


def is_achieved(polarity: Polarity, target: Decimal | None, number: Decimal | None) -> bool | None:
    """Say whether a number is at its target or past it; None where it cannot be said."""
    if target is None or number is None or polarity is Polarity.NONE:
        return None
    return number >= target if polarity is Polarity.UP else number <= target


def compute(
    indicator: Indicator,
    units: Sequence[str],
    number: Callable[[str, str], Decimal | None],
    parts: Sequence[str] = (),
) -> Computation:
    """Return a computed indicator's number for a scenario and period that `number` looks in.

    `number(input, unit)` gives an input's number, in a unit or ("") as a whole; an input is an
    indicator, or the statement row of a ROW formula in euros. `units` are those that have it, and
    `parts` the indicators that are parts of it. Raises ComputedError when it is not computed.
    """
    computed = indicator.computed
    if computed is None:
        raise ComputedError(indicator.code)
    if computed.formula is Formula.SUM_OF_PARTS:
        return over_inputs(Aggregation.SUM, {part: number(part, "") for part in parts})
    if computed.formula is Formula.SUM_OF_UNITS:
        by_unit = {unit: number(indicator.code, unit) for unit in units}
        return over_inputs(Aggregation.SUM, by_unit, of=indicator.code)
    places = units or ("",)
    return ratio(
        computed,
        {unit: number(computed.over, unit) for unit in places},
        {unit: number(computed.under, unit) for unit in places},
        indicator.kind,
    )
