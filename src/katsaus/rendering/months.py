"""The chart of twelve months: bars of this year and the last, and the budget as a line over them.

Widths are percents and heights pixels, so the chart fills a page of any width with its texts in
their own size. Colours are the page's: it styles the classes prior, actual, plan, grid and zero.
"""

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from katsaus.core.formats import NumberFormat
from katsaus.core.tables import ReportTable
from katsaus.rendering.ticks import ticks

HEIGHT, TOP, BOTTOM, AXIS_WIDTH = 216, 12, 24, 58
_SLOT = Decimal(100) / 12


@dataclass(frozen=True, slots=True)
class _Scale:
    """Euros to pixels; negative amounts grow upwards where most of the row is expenses."""

    low: Decimal
    high: Decimal
    is_turned: bool

    def y(self, euros: Decimal) -> Decimal:
        share = (euros - self.low) / (self.high - self.low)
        room = HEIGHT - TOP - BOTTOM
        return TOP + room * (share if self.is_turned else 1 - share)


def chart(table: ReportTable, numbers: NumberFormat) -> str:
    """Return a table of months (columns budget, actual, prior; euros) as two pictures in SVG.

    The first holds the axis in thousands of euros, the second the twelve months. Empty where
    there is nothing to draw.
    """
    rows = [tuple(_value(cell.value) for cell in row.cells) for row in table.rows]
    known = [value for row in rows for value in row if value is not None]
    if not any(known):
        return ""
    zero = Decimal(0)
    marks = list(ticks(min(zero, *known), max(zero, *known)))
    scale = _Scale(marks[0], marks[-1], sum(known) < 0)
    labels = [row.label for row in table.rows]
    return _axis(marks, scale, numbers) + _plot(rows, labels, marks, scale, table.title)


def _value(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _axis(marks: list[Decimal], scale: _Scale, numbers: NumberFormat) -> str:
    decimals = 0 if abs(marks[1] - marks[0]) >= 1000 else 1
    texts = "".join(
        f'<text x="{AXIS_WIDTH - 8}" y="{scale.y(tick) + 4:.1f}" text-anchor="end">'
        f"{escape(numbers.number(tick.scaleb(-3), decimals))}</text>"
        for tick in marks
    )
    return f'<svg width="{AXIS_WIDTH}" height="{HEIGHT}" aria-hidden="true">{texts}</svg>'


def _plot(
    rows: list[tuple[Decimal | None, ...]],
    labels: list[str],
    marks: list[Decimal],
    scale: _Scale,
    title: str,
) -> str:
    parts = [_line(0, 100, scale.y(tick), "zero" if tick == 0 else "grid") for tick in marks]
    for place, ((budget, actual, prior), label) in enumerate(zip(rows, labels, strict=True)):
        left = _SLOT * place
        parts.append(_bar(left + _SLOT * Decimal("0.16"), prior, scale, "prior"))
        parts.append(_bar(left + _SLOT * Decimal("0.50"), actual, scale, "actual"))
        if budget is not None:
            edges = left + _SLOT * Decimal("0.06"), left + _SLOT * Decimal("0.94")
            parts.append(_line(*edges, scale.y(budget), "plan"))
        middle = left + _SLOT / 2
        parts.append(
            f'<text x="{middle:.2f}%" y="{HEIGHT - 6}" text-anchor="middle">{escape(label)}</text>'
        )
    inside = "".join(parts)
    name = escape(title, quote=True)
    return f'<svg width="100%" height="{HEIGHT}" role="img" aria-label="{name}">{inside}</svg>'


def _bar(left: Decimal, value: Decimal | None, scale: _Scale, name: str) -> str:
    if not value:
        return ""
    top, bottom = sorted((scale.y(value), scale.y(Decimal(0))))
    width = _SLOT * Decimal("0.32")
    return (
        f'<rect class="{name}" x="{left:.2f}%" y="{top:.1f}" width="{width:.2f}%" '
        f'height="{max(bottom - top, Decimal(1)):.1f}"/>'
    )


def _line(left: Decimal | int, right: Decimal | int, y: Decimal, name: str) -> str:
    return f'<line class="{name}" x1="{left:.2f}%" x2="{right:.2f}%" y1="{y:.1f}" y2="{y:.1f}"/>'
