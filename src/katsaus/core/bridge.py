"""The bridge from the amended budget to the forecast: what the deviation is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from katsaus.core.checks import unexplained


@dataclass(frozen=True, slots=True)
class BridgePart:
    """A part of a deviation in euros, better +; `item` names an explained item of a unit's row."""

    unit: str
    row: str
    amount: Decimal
    item: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """From `start` over `parts` and what is `left` to `end`, all in euros."""

    start: Decimal
    parts: tuple[BridgePart, ...]
    left: Decimal
    end: Decimal


def build(
    budget: Decimal | None,
    forecast: Decimal | None,
    places: Iterable[tuple[str, str]],
    deviation: Callable[[str, str], Decimal | None],
) -> Bridge | None:
    """Return the bridge over units and rows (`places`); None where nothing was forecast.

    A place that does not deviate is left out. What the places do not tell of is `left`, so that
    start + parts + left = end to the cent.
    """
    if forecast is None:
        return None
    start = budget or Decimal(0)
    parts = tuple(
        BridgePart(unit, row, amount)
        for unit, row in places
        if (amount := deviation(unit, row)) is not None and amount != 0
    )
    left = unexplained(forecast - start, (part.amount for part in parts))
    return Bridge(start, parts, left, forecast)
