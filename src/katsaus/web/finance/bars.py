"""Bars of tables: where they begin and how long they are, in percents of their cell."""

from dataclasses import dataclass
from decimal import Decimal

from katsaus.web.finance.cells import Tone


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `x`, `width` long, and the places of the amounts that it goes between."""

    x: str
    width: str
    start: str
    end: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Scale:
    """Euros from `low` at the left edge to `high` at the right."""

    low: Decimal
    high: Decimal

    def bar(self, start: Decimal, end: Decimal, tone: Tone) -> Bar:
        """Return a bar between two amounts; one of nothing is still seen."""
        left, right = sorted((self._share(start), self._share(end)))
        width = max(right - left, Decimal("0.3"))
        return Bar(
            f"{left:.2f}%",
            f"{width:.2f}%",
            f"{self._share(start):.2f}%",
            f"{self._share(end):.2f}%",
            tone,
        )

    def _share(self, amount: Decimal) -> Decimal:
        return (amount - self.low) * 100 / (self.high - self.low)
