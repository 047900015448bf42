"""The chart of an indicator over time: what was, the targets as a line, and the forecast.

Widths are percents and heights pixels, so the chart fills a page of any width with its texts in
their own size. Colours are the page's: it styles the classes of the columns, grid and zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise

from katsaus.core.formats import NumberFormat
from katsaus.core.periods import Period
from katsaus.core.tables import ReportTable
from katsaus.rendering.ticks import ticks

HEIGHT, TOP, BOTTOM, AXIS_WIDTH = 240, 14, 28, 66
LEFT, RIGHT, BAR = Decimal(7), Decimal(93), Decimal(5)
MOST_LABELS = 5  # as many as a phone has room for


@dataclass(frozen=True, slots=True)
class _Point:
    """A number at a place: percents from the left, and the value itself."""

    x: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values to pixels."""

    low: Decimal
    high: Decimal

    def y(self, value: Decimal) -> Decimal:
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low)


def chart(table: ReportTable, numbers: NumberFormat, *, is_joined: bool) -> str:
    """Return a table of periods as two pictures in SVG: the axis of numbers, and the chart.

    The ids of the rows are periods, those of the columns among baseline, target, budget, forecast
    and actual. Values that are of a moment are joined by a line; those that accumulate within a
    year are bars. Empty where there are fewer than two numbers.
    """
    rows = list(table.rows)
    times = [_time(row.id) for row in rows]
    points = {
        column.id: [
            _Point(_x(time, times), value)
            for time, row in zip(times, rows, strict=True)
            if isinstance(value := row.cells[index].value, Decimal)
        ]
        for index, column in enumerate(table.columns)
    }
    known = [point.value for each in points.values() for point in each]
    if len(known) < 2 or not any(known):
        return ""
    marks = list(ticks(min(Decimal(0), *known), max(Decimal(0), *known)))
    scale = _Scale(marks[0], marks[-1])
    labels = [(_x(time, times), row.label) for time, row in zip(times, rows, strict=True)]
    inside = "".join((*_grid(marks, scale), *_drawn(points, scale, is_joined), *_labels(labels)))
    name = escape(table.chart_description or table.title, quote=True)
    return (
        _axis(marks, scale, numbers)
        + f'<svg width="100%" height="{HEIGHT}" role="img" aria-label="{name}">{inside}</svg>'
    )


def _time(period: str) -> Decimal:
    found = Period.parse(period)
    return found.year + Decimal(found.month) / 12


def _x(time: Decimal, times: Sequence[Decimal]) -> Decimal:
    first, last = min(times), max(times)
    share = (time - first) / (last - first) if last > first else Decimal("0.5")
    return LEFT + (RIGHT - LEFT) * share


def _grid(marks: Sequence[Decimal], scale: _Scale) -> Iterator[str]:
    for each in marks:
        y = scale.y(each)
        yield _line(Decimal(0), y, Decimal(100), y, "zero" if each == 0 else "grid")


def _axis(marks: Sequence[Decimal], scale: _Scale, numbers: NumberFormat) -> str:
    decimals = max(0, -int((marks[1] - marks[0]).normalize().as_tuple().exponent))
    texts = "".join(
        f'<text x="{AXIS_WIDTH - 8}" y="{scale.y(each) + 4:.1f}" text-anchor="end">'
        f"{escape(numbers.number(each, decimals))}</text>"
        for each in marks
    )
    return f'<svg width="{AXIS_WIDTH}" height="{HEIGHT}" aria-hidden="true">{texts}</svg>'


def _drawn(points: dict[str, list[_Point]], scale: _Scale, is_joined: bool) -> Iterator[str]:
    actual, forecast = points.get("actual", []), points.get("forecast", [])
    if is_joined:
        whole = [*points.get("baseline", []), *actual]
        yield from _joined(sorted(whole, key=lambda each: each.x), scale, "actual")
        later = [each for each in forecast if not whole or each.x >= whole[-1].x]
        yield from _joined([*whole[-1:], *later], scale, "forecast")
        for name in ("baseline", "forecast", "actual"):
            yield from (_dot(each, scale, name) for each in points.get(name, []))
    else:
        yield from (_bar(each, scale, "forecast") for each in forecast)
        yield from (_bar(each, scale, "actual") for each in actual)
        yield from (_dot(each, scale, "baseline") for each in points.get("baseline", []))
    for each in points.get("budget", []):
        y = scale.y(each.value)
        yield _line(each.x - BAR, y, each.x + BAR, y, "budget")
    before = Decimal(0)
    targets = points.get("target", [])
    for place, each in enumerate(targets):
        end = each.x if place < len(targets) - 1 else Decimal(100)
        y = scale.y(each.value)
        yield _line(before, y, end, y, "target")
        before = each.x


def _joined(points: Sequence[_Point], scale: _Scale, name: str) -> Iterator[str]:
    for one, other in pairwise(points):
        yield _line(one.x, scale.y(one.value), other.x, scale.y(other.value), name)


def _dot(point: _Point, scale: _Scale, name: str) -> str:
    return f'<circle class="{name}" cx="{point.x:.2f}%" cy="{scale.y(point.value):.1f}" r="4.5"/>'


def _bar(point: _Point, scale: _Scale, name: str) -> str:
    top, bottom = sorted((scale.y(point.value), scale.y(Decimal(0))))
    return (
        f'<rect class="{name}" x="{point.x - BAR / 2:.2f}%" y="{top:.1f}" width="{BAR:.2f}%" '
        f'height="{max(bottom - top, Decimal(1)):.1f}"/>'
    )


def _line(x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"/>'


def _labels(labels: Sequence[tuple[Decimal, str]]) -> Iterator[str]:
    """Iterate over the labels of periods, as many as a phone has room for; the last is there."""
    step = -(-len(labels) // MOST_LABELS)
    for x, label in labels[::-1][::step]:
        yield (f'<text x="{x:.2f}%" y="{HEIGHT - 6}" text-anchor="middle">{escape(label)}</text>')
