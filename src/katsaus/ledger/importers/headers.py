"""Which mark parts the columns, which line holds their headers, and which column is which field."""

import csv
import io
import re
from collections import abc
from dataclasses import dataclass

from katsaus.ledger.importers.kinds import Field, Kind, fields_of, normalise, of_year
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.sources import fields_of_lines
from katsaus.ledger.problems import Problem, ProblemCode

DELIMITERS = (";", "\t", ",", "|")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_GLUED = re.compile("(?<=[a-zåäö])(?=[0-9]{4})")  # "ta2025"
_SEARCHED = 50  # lines in which a header is looked for, under the titles of a printed list


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the kind, found in the file's column `index` (from 0) under `header`."""

    field: Field
    index: int
    header: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sample and the physical lines, counted from 1, that it spans."""

    first: int
    last: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are; `header_row` is 0 and `skip` may be 0 where there is no header.

    `year` is that of all rows, where no column has it: the mapping says it, or the header of the
    amounts does.
    """

    delimiter: str
    header_row: int
    skip: int
    width: int
    columns: tuple[Column, ...]
    sample: tuple[Line, ...]
    year: int | None = None

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
    columns, problems = _assign(header, kind, mapping, name)
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
        _year_of_all(columns, kind, mapping),
    )


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
    scores = [
        (sum(h in wanted or _is_of_year(h, kind) for h in {*map(normalise, line.cells)}), -i)
        for i, line in enumerate(lines[:_SEARCHED])
    ]
    score, place = max(scores, default=(0, 0))
    return (-place, score) if score else (None, 0)


def _assign(
    header: Line, kind: Kind, mapping: Mapping, name: str
) -> tuple[list[Column], list[Problem]]:
    columns: list[Column] = []
    problems: list[Problem] = []
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(header.cells):
        places.setdefault(normalise(cell), []).append(index)
    meant = {at for said in mapping.columns.values() for at in _indexes(said, places)}
    for field in fields_of(kind):
        said = mapping.columns.get(field.name)
        if isinstance(said, int):
            columns.append(Column(field, said - 1, str(said)))
            continue
        headers = _headers(field, kind, places) if said is None else (normalise(said),)
        indexes = [index for h in headers for index in places.get(h, ())]
        if said is None:  # a column that the mapping names is of the field that it is named for
            indexes = [index for index in indexes if index not in meant]
        is_repeated = any(len(places.get(h, ())) > 1 for h in headers)
        if said is not None and not indexes:
            problems.append(_fault(ProblemCode.UNKNOWN_HEADER, field.name, header, name, said))
        elif len(indexes) > 1 and (is_repeated or not field.takes_first):
            shown = ", ".join(header.cells[index] for index in indexes)
            problems.append(_fault(ProblemCode.DUPLICATE_COLUMN, field.name, header, name, shown))
        elif indexes:
            columns.append(Column(field, indexes[0], header.cells[indexes[0]]))
    blamed = {problem.field for problem in problems}
    if blamed & {"debit", "credit"}:
        blamed.add("amount")
    if "amount" in blamed or _year_of_all(columns, kind, mapping):
        blamed.add("year")  # where it is not known, it may be in the header of the amounts
    missing = [f for f in _missing(columns, kind) if f not in blamed]
    code = ProblemCode.MISSING_COLUMN
    problems += [_fault(code, field, header, name, ", ".join(header.cells)) for field in missing]
    return columns, problems + _two_amounts(columns, header, name, mapping)


def _headers(field: Field, kind: Kind, places: abc.Collection[str]) -> tuple[str, ...]:
    """Return the headers that a field may have; amounts may have the year of a plan beside them."""
    if field.name != "amount" or any(header in places for header in field.headers):
        return field.headers
    return tuple(header for header in places if _is_of_year(header, kind))


def _is_of_year(header: str, kind: Kind) -> bool:
    """Whether a normalised header is of amounts of a year: "ta 2025" is, of a budget."""
    words = _GLUED.sub(" ", header).split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    return len(years) == 1 and " ".join(w for w in words if w not in years) in of_year(kind)


def _year_of_all(columns: abc.Sequence[Column], kind: Kind, mapping: Mapping) -> int | None:
    found = {column.field.name: column.header for column in columns}
    has_years = any(field.name == "year" and field.is_required for field in fields_of(kind))
    if "year" in found or not has_years:
        return None
    words = _GLUED.sub(" ", normalise(found.get("amount", ""))).split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    return mapping.year or (int(years[0]) if len(years) == 1 else None)


def _indexes(said: str | int, places: abc.Mapping[str, list[int]]) -> list[int]:
    """Return the columns that a mapping means by a position or a header."""
    return [said - 1] if isinstance(said, int) else places.get(normalise(said), [])


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


def _missing(columns: abc.Sequence[Column], kind: Kind) -> list[str]:
    names = {column.field.name for column in columns}
    required = [f.name for f in fields_of(kind) if f.is_required and f.name not in names]
    if {"debit", "credit"} <= names and "amount" in required:
        required.remove("amount")
    if {"year", "month"} <= names and "date" in required:
        required.remove("date")
    has_rows = any(field.name == "row" for field in fields_of(kind))
    if has_rows and not names & {"account", "row"}:
        required.append("account")
    return required


def _two_amounts(
    columns: abc.Sequence[Column], header: Line, name: str, mapping: Mapping
) -> list[Problem]:
    amounts = [c for c in columns if c.field.name in ("amount", "debit", "credit")]
    if len(amounts) < 3 or "amount" in mapping.columns:
        return []
    shown = ", ".join(column.header for column in amounts)
    return [_fault(ProblemCode.DUPLICATE_COLUMN, "amount", header, name, shown)]


def _fault(code: ProblemCode, field: str, header: Line, name: str, value: str) -> Problem:
    row = header.first or None
    is_year = code is ProblemCode.MISSING_COLUMN and field == "year"
    hint = "year" if is_year else "columns"
    return Problem(code, name, row=row, field=field, value=value[:200], hint=hint)
