"""The bridge from the amended budget to the forecast: what the deviation is made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from katsaus.core.checks import unexplained

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

    def places(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """Iterate over the units and rows that are parts, each with the units of its items."""
        for unit, units in (self.under or {self.unit: frozenset({self.unit})}).items():
            yield from ((unit, row, units) for row in ROWS)


def build(
    budget: Decimal | None,
    forecast: Decimal | None,
    whole: Whole,
    deviation: Callable[[str, str], Decimal | None],
    items: Sequence[DeviationItem] = (),
) -> Bridge | None:
    """Return the bridge of a unit by the units under it; None where nothing was forecast.

    A place that does not deviate and has no items is left out. What the places do not tell of is
    `left`, so that start + parts + left = end to the cent. What explains the unit as a whole cannot
    be told of any unit under it: it stands in a part of 0 euros of its own, since the deviation is
    in the parts above it, and what is unexplained there is what they have unexplained too much.
    """
    if forecast is None:
        return None
    start = budget or Decimal(0)
    parts = (*_parts(whole, deviation, items), *(_of_whole(whole, items) if whole.under else ()))
    left = unexplained(forecast - start, (part.amount for part in parts))
    return Bridge(start, parts, left, forecast)


def _parts(
    whole: Whole,
    deviation: Callable[[str, str], Decimal | None],
    items: Sequence[DeviationItem],
) -> Iterator[BridgePart]:
    for unit, row, units in whole.places():
        amount = deviation(unit, row) or Decimal(0)
        told = tuple(item for item in items if item.row == row and item.unit in units)
        if amount or told:
            yield BridgePart(unit, row, amount, told)


def _of_whole(whole: Whole, items: Sequence[DeviationItem]) -> Iterator[BridgePart]:
    for row in ROWS:
        told = tuple(item for item in items if item.row == row and item.unit == whole.unit)
        if told:
            yield BridgePart(whole.unit, row, Decimal(0), told)
