"""Which mark parts the columns, which line holds their headers, and which column is which field."""

import csv
import io
import re
from collections import abc
from dataclasses import dataclass

from katsaus.ledger.importers.columns import Assignment, Column, Line, known_headers
from katsaus.ledger.importers.kinds import MONTHS, Kind, fields_of, normalise
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.sources import fields_of_lines
from katsaus.ledger.importers.thousands import says_thousands
from katsaus.ledger.problems import Problem, ProblemCode

DELIMITERS = (";", "\t", ",", "|")
_SEARCHED = 50  # lines in which a header is looked for, under the titles of a printed list


@dataclass(frozen=True, slots=True)
class Title:
    """A cell of a line, counted from 1."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are; `header_row` is 0 and `skip` may be 0 where there is no header.

    `year` is that of all rows, where no column has it: the mapping says it, or the header of the
    amounts does. `told_year` is that of the header of the amounts, which the rows may not deny.
    `says_thousands` tells that the headers of the amounts say so; where only another header or a
    title above does, it is `thousands_at`.
    """

    delimiter: str
    header_row: int
    skip: int
    width: int
    columns: tuple[Column, ...]
    sample: tuple[Line, ...]
    year: int | None = None
    told_year: int | None = None
    says_thousands: bool = False
    thousands_at: Title | None = None

    @property
    def months(self) -> list[str]:
        """The fields of columns of months, in the order of the year."""
        return [name for name in MONTHS if self.column(name)]

    def column(self, name: str) -> Column | None:
        """Return the column of a field, or None where the file has none."""
        return next((column for column in self.columns if column.field.name == name), None)

    def texts(self, name: str) -> list[str]:
        """Return what the sample holds for a field, blanks left out."""
        column = self.column(name)
        if column is None:
            return []
        cells = (line.cells[column.index : column.index + 1] for line in self.sample)
        return [cell[0].strip() for cell in cells if cell and cell[0].strip()]


def find_layout(
    text: str, kind: Kind, mapping: Mapping, delimiter: str | None, name: str
) -> Layout | tuple[Problem, ...]:
    """Return the layout of a file that begins with `text`, or all that is wrong with its header."""
    found = []
    for mark in [delimiter] if delimiter else DELIMITERS:
        lines = split_lines(text, mark)
        position, matched = _header_position(lines, kind, mapping)
        width = max((len(line.cells) for line in lines), default=0)
        found.append((matched, width, mark, lines, position))
    matched, width, mark, lines, position = max(found, key=lambda f: f[:2])
    if width < 2:
        return (Problem(ProblemCode.NOT_A_TABLE, name, hint="delimiter"),)
    if position is None and mapping.header_row != 0:
        likely = likely_header(lines)
        shown = ", ".join(likely.cells)[:200] if likely else None
        return (Problem(ProblemCode.NO_HEADER, name, value=shown, hint="columns"),)
    header = lines[position] if position is not None else Line(0, 0, ())
    assignment = Assignment(header, kind, mapping, name)
    columns, problems = assignment.columns()
    if problems:
        return tuple(problems)
    sample = tuple(lines[position + 1 :] if position is not None else lines)
    columns = _one_way_to_date(columns, kind, mapping, sample)
    return Layout(
        mark,
        header.first,
        header.last,
        max(len(header.cells), 1) if header.cells else width,
        tuple(columns),
        sample,
        assignment.year_of_all(columns),
        None if "year" in mapping.columns else assignment.told_year(columns),
        assignment.says_thousands(columns),
        _thousands_at([] if position is None else lines[: position + 1]),
    )


def _thousands_at(lines: abc.Sequence[Line]) -> Title | None:
    """Return the first cell of these lines that says that amounts are thousands of euros."""
    titles = (Title(line.first, cell) for line in lines for cell in line.cells)
    return next((title for title in titles if says_thousands(title.text)), None)


def split_lines(text: str, delimiter: str) -> list[Line]:
    """Return the rows of a text, blank ones left out."""
    reader = fields_of_lines(io.StringIO(text, newline=""), delimiter)
    lines, before = [], 0
    try:
        for cells in reader:
            if cells:
                lines.append(Line(before + 1, reader.line_num, tuple(cells)))
            before = reader.line_num
    except csv.Error:  # a field without end: found again, with its line, when the rows are read
        pass
    return lines


def likely_header(lines: abc.Sequence[Line]) -> Line | None:
    """Return the line that looks like the headers where none of them is known.

    It is the first that has nearly as many filled cells as any: titles above have one or two.
    """
    counts = [sum(bool(cell.strip()) for cell in line.cells) for line in lines[:_SEARCHED]]
    most = max(counts, default=0)
    return next(
        (line for line, count in zip(lines, counts, strict=False) if 3 * count > 2 * most), None
    )


def _header_position(
    lines: abc.Sequence[Line], kind: Kind, mapping: Mapping
) -> tuple[int | None, int]:
    """Return where the header stands among the lines, and how many of its cells are known."""
    if mapping.header_row is not None:
        chosen = [i for i, line in enumerate(lines) if line.first == mapping.header_row]
        return (chosen[0], 1000) if chosen else (None, 0)
    wanted = {normalise(h) for h in mapping.columns.values() if isinstance(h, str)}
    for field in fields_of(kind):
        if field.name not in mapping.columns:
            wanted.update(field.headers)
    scores = [(known_headers(line, wanted, kind), -i) for i, line in enumerate(lines[:_SEARCHED])]
    score, place = max(scores, default=(0, 0))
    return (-place, score) if score else (None, 0)


def _one_way_to_date(
    columns: abc.Sequence[Column], kind: Kind, mapping: Mapping, sample: abc.Sequence[Line]
) -> list[Column]:
    """Leave a posting either its date or its year and month.

    A column of months beside one of years goes by the name of a date too ("Kausi"): it is a date
    unless its cells are numbers of months. What the mapping names is meant.
    """
    found = {column.field.name: column for column in columns}
    date, year, month = (found.get(name) for name in ("date", "year", "month"))
    if kind is not Kind.POSTINGS or not (year or month):
        return list(columns)
    is_said = {"year", "month"} <= set(mapping.columns) and "date" not in mapping.columns
    is_shared = date is not None and month is not None and date.index == month.index
    is_month = year is not None and is_shared and date is not None and _are_months(sample, date)
    has_both = year is not None and month is not None
    spare = {"date"} if has_both and (is_said or is_month or date is None) else {"year", "month"}
    return [column for column in columns if column.field.name not in spare]


def _are_months(sample: abc.Sequence[Line], column: Column) -> bool:
    cells = [
        cell.strip() for line in sample for cell in line.cells[column.index : column.index + 1]
    ]
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if re.fullmatch(r"[0-9]{1,2}", cell)]
    return len(numbers) * 2 > len(filled)
