"""The widths of a table's columns in a word processor: figures stay whole in any typeface."""

from dataclasses import dataclass
from itertools import product

from katsaus.core.tables import ReportTable
from katsaus.rendering import layout

# Twentieths of a point.
CELL_MARGIN, _NARROWEST, _NARROWEST_NAME = 60, 640, 1600
_SLACK = 30  # A cell's borders take of its width, and programs round.
# Sizes of text in points, the first preferred; heads are half a point smaller.
_SIZES, _HEAD = (8.5, 8.0, 7.5, 7.0), 0.5


@dataclass(frozen=True, slots=True)
class TableFit:
    """Widths in twentieths of a point, the size of the rows' text and of the heads in points."""

    widths: tuple[int, ...]
    size: float
    head_size: float


def fit_of(table: ReportTable, width: int) -> TableFit:
    """Fit a table to `width` (twentieths of a point).

    Columns of figures are as wide as their longest figure in a wide bold face, since the reader's
    machine may not have the report's own; texts share the rest. The text is as large as leaves
    names room; heads are broken between words only where they must be. A table under its chart
    is no wider than it needs to be.
    """
    width = min(width, _natural(table)) if table.chart_description else width
    least = sum(column.weight > 0 for column in layout.columns_of(table)) * _NARROWEST
    least += (_NARROWEST_NAME - _NARROWEST) * bool(least)
    for size, has_whole_heads in product(_SIZES, (True, False)):
        needs = _needs(table, size, has_whole_heads)
        if sum(needs) + least <= width:
            break
    return TableFit(_shared(table, needs, width), size, size - _HEAD)


def head_of(label: str) -> str:
    """Return a column's head, its last word on a line of its own where it is a time."""
    first, _, last = label.rpartition(" ")
    return f"{first}\n{last}" if first and last[-4:].isdigit() and last[-4:].isascii() else label


def room_for(text: str, size: float) -> int:
    """Return the width of a cell that holds a text on one line, in twentieths of a point."""
    return int(layout.widest(text) * size * 20) + 2 * CELL_MARGIN + _SLACK


def _natural(table: ReportTable) -> int:
    names = [room_for(row.label, _SIZES[0]) for row in table.rows]
    return max([_NARROWEST_NAME, *names]) + sum(_needs(table, _SIZES[0], True))


def _needs(table: ReportTable, size: float, has_whole_heads: bool) -> list[int]:
    """Return what each column of figures needs, 0 for texts."""
    first = 1 if layout.has_stub(table) else 0
    needs = []
    for place, column in enumerate(layout.columns_of(table), -first):
        head = head_of(column.label)
        texts = head.split("\n") if has_whole_heads else head.split()
        heads = [room_for(text, size - _HEAD) for text in texts]
        cells = [row.cells[place] for row in table.rows if place >= 0]
        figures = [room_for(cell.shown + cell.mark, size) for cell in cells]
        needs.append(0 if column.weight else max([_NARROWEST, *heads, *figures]))
    return needs


def _shared(table: ReportTable, needs: list[int], width: int) -> tuple[int, ...]:
    columns = layout.columns_of(table)
    weights = sum(column.weight for column in columns) or 1
    rest = max(0, width - sum(needs))
    widths = [
        need or max(_NARROWEST, int(rest * column.weight / weights))
        for need, column in zip(needs, columns, strict=True)
    ]
    too_much = max(1, sum(widths) / width)
    return tuple(int(each / too_much) for each in widths)
