"""How a table is laid out on paper and in a spreadsheet: heading, alignment, widths."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from katsaus.core.formats import NO_BREAK_SPACE, DisplayUnit
from katsaus.core.reports import Prose, Report, Section
from katsaus.core.tables import ReportTable, RowGroup, TableRow

Alignment = Literal["left", "right"]
_FIGURE = re.compile(r"[\u2212+-]?[\d\s.,]*\d(\s?(%|€|kpl|st|h|hlö|htv))?|[\u2013\u2212-]?")
# From so many characters in its rows' longest words and texts on, a table needs a wide page; so
# does a table with a text of so many.
_WIDE, _LONG_TEXT = 165, 200
# A group of texts that is likely to take more lines than this may break over pages.
_LINES_TOGETHER, _LETTERS_A_LINE = 18, 32
# Widths of letters in ems, of the bold face of DejaVu Sans: wider than what most readers have.
_LETTER, _CAPITAL, _WIDEST = 0.72, 0.8, 1.05
_WIDTHS = {
    **dict.fromkeys("0123456789", 0.7),
    **dict.fromkeys(" \u00a0\u202f", 0.35),
    **dict.fromkeys("+\u2212", 0.84),
    **dict.fromkeys(".,:;'()-/ijlIft", 0.46),
    **dict.fromkeys("mwMW%", _WIDEST),
}


def numbered(notes: Iterable[str]) -> list[str]:
    """Return notes with the numbers that mark their figures."""
    return [f"{number}) {note}" for number, note in enumerate(notes, 1)]


def for_readers(report: Report) -> Report:
    """Return the report with its tables as people read them under the headings of its sections."""
    return _with_tables(report, lambda section, table: _beneath(section, printed(table)))


def for_sheets(report: Report) -> Report:
    """Return the report with its tables as people read them, each under its whole title."""
    return _with_tables(report, lambda _, table: printed(table))


def _with_tables(report: Report, drawn: Callable[[Section, ReportTable], ReportTable]) -> Report:
    sections = []
    for section in report.sections:
        blocks = (
            drawn(section, block) if isinstance(block, ReportTable) else block
            for block in section.blocks
        )
        sections.append(replace(section, blocks=tuple(blocks)))
    return replace(report, sections=tuple(sections))


def _beneath(section: Section, table: ReportTable) -> ReportTable:
    """Take what the section's heading says out of the title of a table of words."""
    first, _, last = table.title.rpartition(": ")
    if not table.is_of_texts or not first:
        return table
    if first == section.title:
        return replace(table, title=last[:1].upper() + last[1:])
    return replace(table, title=first) if section.title.endswith(f": {last}") else table


def printed(table: ReportTable) -> ReportTable:
    """Return a table without its first column where the headings of the groups say the same."""
    if not table.is_headed_by_first:
        return table
    groups = tuple(
        replace(group, rows=tuple(replace(row, cells=row.cells[1:]) for row in group.rows))
        for group in table.groups
    )
    return replace(table, columns=table.columns[1:], groups=groups, is_headed_by_first=False)


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """`weight` is a column's share of the width that is left; 0 is as wide as its figures."""

    label: str
    alignment: Alignment
    weight: float


def heading_of(table: ReportTable) -> str:
    """Return a table's heading in print, e.g. "A Tuloslaskelma, 1 000 €"."""
    name = f"{table.letter} {table.title}".strip()
    return f"{name}, {unit_text(table)}" if unit_text(table) else name


def is_one_table(section: Section) -> bool:
    """Tell whether a section begins with a table of its own title, and needs no other heading."""
    first = section.blocks[0] if section.blocks else None
    return isinstance(first, ReportTable) and first.title == section.title


def unit_text(table: ReportTable) -> str:
    """Return the unit that a table's amounts are shown in, empty where it has none."""
    if table.is_of_texts:
        return ""
    if table.display_unit is DisplayUnit.THOUSAND_EUR:
        return f"1{NO_BREAK_SPACE}000{NO_BREAK_SPACE}€"
    return "€"


def has_stub(table: ReportTable) -> bool:
    """Tell whether rows have names of their own; where not, the first column names them."""
    return bool(table.stub_label) or any(row.label for row in table.rows)


def columns_of(table: ReportTable) -> tuple[ColumnLayout, ...]:
    """Lay out the columns, the names of rows first."""
    of_figures = is_of_figures(table)
    stub = [ColumnLayout(table.stub_label, "left", _weight([row.label for row in table.rows]))]
    columns = [_column(table, place, of_figures) for place in range(len(table.columns))]
    return tuple((stub if has_stub(table) else []) + columns)


def _column(table: ReportTable, place: int, of_figures: bool) -> ColumnLayout:
    column, texts = table.columns[place], [row.cells[place].shown for row in table.rows]
    if column.kind != "text" or of_figures:
        return ColumnLayout(column.label, "right", 0)
    return ColumnLayout(column.label, "left", column.share or _weight([column.label, *texts]))


def is_of_figures(table: ReportTable) -> bool:
    """Tell whether all texts are figures, as in most tables of performance figures."""
    texts = [cell.shown for row in table.rows for cell in row.cells]
    return any(texts) and all(_FIGURE.fullmatch(text) for text in texts if text)


def _weight(texts: list[str]) -> float:
    """Return a share that grows with the longest text, but slower: long texts wrap.

    The longest word has its say, since it is not to be broken.
    """
    longest = max((len(text) for text in texts), default=0)
    word = max((len(word) for text in texts for word in text.split()), default=0)
    return round(max(math.sqrt(longest), word / 2.2, 3), 2)


def widest(text: str) -> float:
    """Return how many ems a text's longest line takes in a wide bold typeface."""
    return max(map(_line_width, text.split("\n")))


def _line_width(line: str) -> float:
    return sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER) for letter in line)


def is_wide(section: Section) -> bool:
    """Tell whether a section has a table that wants a page on its side."""
    tables = [block for block in section.blocks if isinstance(block, ReportTable)]
    return any(_width(table) > _WIDE or _has_long_text(table) for table in tables)


def _has_long_text(table: ReportTable) -> bool:
    return any(len(cell.shown) > _LONG_TEXT for row in table.rows for cell in row.cells)


def is_byline(section: Section, place: int) -> bool:
    """Tell whether a block is one line between a heading and a table, to be kept with them."""
    block, after = section.blocks[place], section.blocks[place + 1 : place + 2]
    is_line = isinstance(block, Prose) and len(block.markdown) < _LONG_TEXT
    return is_line and place == 0 and any(isinstance(each, ReportTable) for each in after)


def is_long(group: RowGroup) -> bool:
    """Tell whether a group's texts take so much of a page that it may break over two."""
    return sum(map(_lines_of, group.rows)) > _LINES_TOGETHER


def is_long_row(row: TableRow) -> bool:
    """Tell whether a row alone takes so much of a page that it may break over two."""
    return _lines_of(row) > _LINES_TOGETHER


def _lines_of(row: TableRow) -> int:
    """Estimate how many lines a row takes where its texts stand in narrow columns."""
    return max(
        sum(math.ceil(max(1, len(line)) / _LETTERS_A_LINE) for line in text.split("\n"))
        for text in (row.label, *(cell.shown for cell in row.cells))
    )


def _width(table: ReportTable) -> int:
    """Estimate a table's width in characters, texts wrapped at 30."""
    total = 0
    for place in range(len(table.columns)):
        texts = [row.cells[place].shown for row in table.rows]
        total += min(30, max((len(text) for text in texts), default=0)) + 2
    return total + min(30, max((len(row.label) for row in table.rows), default=0))


def document_title(report: Report) -> str:
    """Return the title that files carry in their properties."""
    if report.municipality_name in report.title:
        return report.title
    return f"{report.municipality_name}: {report.title}"
