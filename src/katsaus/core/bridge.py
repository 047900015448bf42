"""The bridge from the amended budget to the forecast: what the deviation is made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from katsaus.core.checks import unexplained

MARGIN = "operating_margin"
# The rows whose deviations make up that of the operating margin, and that are explained.
ROWS = ("operating_revenue", "production_for_own_use", "operating_expenses")


class Duration(StrEnum):
    """Whether what an item tells of comes once or every year."""

    ONE_OFF = "one_off"
    PERMANENT = "permanent"


class Appropriation(StrEnum):
    """Whether the budget has money for what an item tells of."""

    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class DeviationItem:
    """One thing that a deviation is made of, in euros, better +; `number` is what it is known by.

    `duration` and `appropriation` are None where they were not told.
    """

    number: int
    unit: str
    row: str
    cause: str
    amount: Decimal
    duration: Duration | None = None
    appropriation: Appropriation | None = None


@dataclass(frozen=True, slots=True)
class BridgePart:
    """A part of a deviation in euros, better +: the items that explain it, or the measure it is."""

    unit: str
    row: str
    amount: Decimal
    items: tuple[DeviationItem, ...] = ()
    measure: str = ""

    @property
    def unexplained(self) -> Decimal:
        """What the items do not tell of: amount = items + unexplained."""
        return unexplained(self.amount, (item.amount for item in self.items))


@dataclass(frozen=True, slots=True)
class Bridge:
    """From `start` over `parts` and what is `left` to `end`, all in euros."""

    start: Decimal
    parts: tuple[BridgePart, ...]
    left: Decimal
    end: Decimal


@dataclass(frozen=True, slots=True)
class Whole:
    """The unit of a bridge, and the units under it with all that is under each."""

    unit: str
    under: Mapping[str, frozenset[str]]

    @property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """The units that are parts, each with the units of its items; one may be the whole."""
        return self.under or {self.unit: frozenset({self.unit})}


@dataclass(frozen=True, slots=True)
class Deviations:
    """What deviates, in euros, better +: `of_row` of a unit's row, None where it has no forecast.

    `of_margin` is what a unit's forecasts of the margin itself deviate, 0 where it has none.
    """

    of_row: Callable[[str, str], Decimal | None]
    of_margin: Callable[[str], Decimal]


def build(
    budget: Decimal | None,
    forecast: Decimal | None,
    whole: Whole,
    deviations: Deviations,
    items: Sequence[DeviationItem] = (),
) -> Bridge | None:
    """Return the bridge of a unit by the units under it; None where nothing was forecast.

    A place that does not deviate and has no items is left out. A forecast of a unit's margin is a
    part with the items of the rows that the unit has no forecast of. A forecast that was given on
    the whole and not on the units under it is a part of the whole by its row, with the items of
    the units that have none. What explains the whole otherwise stands in a part of 0 euros of its
    own, since the deviation is in the parts above it, and what is unexplained there is what they
    have unexplained too much. What none of these tells of is `left`: start + parts + left = end to
    the cent.
    """
    if forecast is None:
        return None
    start = budget or Decimal(0)
    rests = {row: _rest(whole, deviations, row) for row in ROWS}
    silent = {
        (each, row)
        for unit, units in whole.parts.items()
        for row in ROWS
        if rests[row] and not deviations.of_margin(unit) and deviations.of_row(unit, row) is None
        for each in units
    }
    parts = (
        *_parts(whole, deviations, [each for each in items if (each.unit, each.row) not in silent]),
        *(_of_whole(whole, rests, silent, items) if whole.under else ()),
    )
    left = unexplained(forecast - start, (part.amount for part in parts))
    return Bridge(start, parts, left, forecast)


def _rest(whole: Whole, deviations: Deviations, row: str) -> Decimal:
    """Return what a row of the whole deviates more than the units under it."""
    amount = deviations.of_row(whole.unit, row)
    if amount is None or not whole.under:
        return Decimal(0)
    return unexplained(amount, (deviations.of_row(unit, row) or Decimal(0) for unit in whole.under))


def _parts(
    whole: Whole, deviations: Deviations, items: Sequence[DeviationItem]
) -> Iterator[BridgePart]:
    for unit, units in whole.parts.items():
        of_margin = deviations.of_margin(unit)
        amounts = {row: deviations.of_row(unit, row) for row in ROWS}
        by_margin = {row for row, amount in amounts.items() if of_margin and amount is None}
        told = tuple(item for item in items if item.unit in units)
        for row, amount in amounts.items():
            of_row = tuple(item for item in told if item.row == row and row not in by_margin)
            if amount or of_row:
                yield BridgePart(unit, row, amount or Decimal(0), of_row)
        if of_margin:
            of_rows = tuple(item for item in told if item.row in by_margin)
            yield BridgePart(unit, MARGIN, of_margin, of_rows)


def _of_whole(
    whole: Whole,
    rests: Mapping[str, Decimal],
    silent: Set[tuple[str, str]],
    items: Sequence[DeviationItem],
) -> Iterator[BridgePart]:
    for row, rest in rests.items():
        told = tuple(
            item
            for item in items
            if item.row == row and (item.unit == whole.unit or (item.unit, row) in silent)
        )
        if rest or told:
            yield BridgePart(whole.unit, row, rest, told)
