"""The beginning of a file as its rows and cells, and the kinds that its headers fit."""

import tempfile
from collections import abc
from dataclasses import dataclass
from pathlib import Path

from katsaus.ledger.importers.columns import Line
from katsaus.ledger.importers.encodings import scan
from katsaus.ledger.importers.headers import (
    DELIMITERS,
    Layout,
    find_layout,
    likely_header,
    split_lines,
)
from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.sources import Source, first_lines, open_source
from katsaus.ledger.problems import Problem, ProblemCode

SHOWN_ROWS = 5
_SHOWN_COLUMNS = 60
CUT_TEXT = 80  # a longer cell is cut


@dataclass(frozen=True, slots=True)
class Sample:
    """The cells of the header row and of the first rows under it, cut for showing.

    `header_row` is its line of the file or row of the sheet, 0 where there is none.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_row: int = 0


def sample(text: str, layout: Layout | None, mapping: Mapping, delimiter: str | None) -> Sample:
    """Return the sample of a file that begins with `text`; `layout` is None where none was found.

    Without a layout the row that looks like the headers stands for them, unless the mapping says
    which.
    """
    if layout:
        delimiter = layout.delimiter
    lines = split_lines(text, delimiter) if delimiter else _widest(text)
    header_row = layout.header_row if layout else mapping.header_row
    if header_row is None:
        likely = likely_header(lines)
        header_row = likely.first if likely else 0
    headers = next((line.cells for line in lines if line.first == header_row), ())
    rows = [line.cells for line in lines if line.first > header_row]
    return Sample(_cut(headers), tuple(_cut(row) for row in rows[:SHOWN_ROWS]), header_row)


def _widest(text: str) -> list[Line]:
    found = [split_lines(text, mark) for mark in DELIMITERS]
    return max(found, key=lambda lines: max((len(line.cells) for line in lines), default=0))


def _cut(cells: abc.Sequence[str]) -> tuple[str, ...]:
    return tuple(cell[:CUT_TEXT] for cell in cells[:_SHOWN_COLUMNS])


def fitting_kinds(
    path: Path, mapping: Mapping, name: str
) -> tuple[tuple[Kind, ...], tuple[Problem, ...]]:
    """Return the kinds that fit a file's headers best, and the problems of a file that is no table.

    A kind fits when no column that it requires is missing, and the better the more of its columns
    the file has. A budget and a forecast may have the same columns: then the person is asked.
    """
    with tempfile.TemporaryDirectory(prefix="katsaus-") as scratch:
        source = open_source(path, scan(path), name, mapping, Path(scratch))
        if not isinstance(source, Source):
            return (), source
        text, delimiter = first_lines(source), source.delimiter
    fits = {}
    for kind in Kind:
        layout = find_layout(text, kind, mapping, delimiter, name)
        if isinstance(layout, Layout):
            fits[kind] = len(layout.columns)
        elif layout[0].code is ProblemCode.NOT_A_TABLE:
            return (), layout
    return tuple(kind for kind, columns in fits.items() if columns == max(fits.values())), ()
