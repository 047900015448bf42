"""Any file that is brought in, as a UTF-8 text with one line for each of its rows."""

import codecs
import csv
import subprocess
import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from katsaus.ledger.importers.encodings import CHUNK, Scan, copy_as_utf8, encoding_of
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.workbooks import Sheet, is_zip, sheet_to_read, unusable_cells
from katsaus.ledger.problems import Problem, ProblemCode

if TYPE_CHECKING:
    from _csv import Reader

CHILD_BYTES = 3 << 30
CHILD_SECONDS = 120
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and workbooks with a password
_SAMPLE = 1 << 16
MAX_LINE = 1_000_000  # bytes; a longer line is no row of a ledger


@dataclass(frozen=True, slots=True)
class Source:
    """A text that can be read; `delimiter` is None until it is recognised."""

    path: Path
    lines: int
    ends_in_newline: bool
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_spreadsheet(self) -> bool:
        """Whether the text was written out of a sheet, whose own dates and numbers are exact."""
        return self.sheet is not None


def open_source(
    path: Path, seen: Scan, name: str, mapping: Mapping, scratch: Path
) -> Source | tuple[Problem, ...]:
    """Return a file as a text; `scratch` is a folder for copies. Otherwise, why it cannot be."""
    if seen.size == 0:
        return (Problem(ProblemCode.EMPTY_FILE, name),)
    if is_zip(seen.head):
        return _open_workbook(path, name, mapping, scratch)
    if seen.head.startswith(_OLD_OFFICE):
        return (Problem(ProblemCode.UNSUPPORTED_FORMAT, name, value=path.suffix),)
    if seen.head.startswith(b"%PDF"):
        return (Problem(ProblemCode.UNSUPPORTED_FORMAT, name, value=".pdf"),)
    return _open_text(path, seen, name, mapping, scratch)


def _open_text(
    path: Path, seen: Scan, name: str, mapping: Mapping, scratch: Path
) -> Source | tuple[Problem, ...]:
    encoding = mapping.encoding or encoding_of(seen, path, name)
    if isinstance(encoding, Problem):
        return (encoding,)
    is_utf8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    if is_utf8 and seen.is_uniform and seen.broken_at is None:
        lines = seen.lines + (not seen.ends_in_newline)
        return Source(path, lines, seen.ends_in_newline, encoding, mapping.delimiter, None)
    copy = scratch / "text.csv"
    broken_line = copy_as_utf8(path, encoding, copy)
    if broken_line is not None:
        code = ProblemCode.UNREADABLE_ENCODING
        return (Problem(code, name, row=broken_line, value=encoding, hint="encoding"),)
    lines, ends_in_newline = _count_lines(copy)
    return Source(copy, lines, ends_in_newline, encoding, mapping.delimiter, None)


def _count_lines(path: Path) -> tuple[int, bool]:
    lines, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n"), last == b"\n"


def _open_workbook(
    path: Path, name: str, mapping: Mapping, scratch: Path
) -> Source | tuple[Problem, ...]:
    sheet = sheet_to_read(path, name, mapping.sheet)
    if isinstance(sheet, Problem):
        return (sheet,)
    problems = unusable_cells(path, name, sheet)
    if any(problem.row is None for problem in problems):
        return problems
    copy = scratch / "sheet.csv"
    failure = convert_sheet(path, name, sheet, copy, mapping.decimal or ",")
    if failure:
        return (*problems, failure)
    return Source(copy, _count_lines(copy)[0], True, None, ";", sheet.name, problems)


def convert_sheet(
    path: Path, name: str, sheet: Sheet, copy: Path, decimal: str, *, keeps_lines: bool = False
) -> Problem | None:
    """Write a sheet as CSV in a process of its own; return why that could not be done."""
    lines = "keep" if keeps_lines else "join"
    program = Path(__file__).with_name("spreadsheet_child.py")
    arguments = [path, copy, sheet.name, decimal, CHILD_BYTES, CHILD_SECONDS, lines]
    try:
        ended = subprocess.run(
            [sys.executable, "-I", str(program), *map(str, arguments)],
            capture_output=True,
            timeout=2 * CHILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Problem(ProblemCode.TOO_LARGE_SPREADSHEET, name, value=sheet.name)
    if ended.returncode == 0:
        return None
    # A negative code is a signal: the limits of memory or time, or the reader's own abort.
    too_large = ended.returncode < 0 or b"MemoryError" in ended.stderr
    code = ProblemCode.TOO_LARGE_SPREADSHEET if too_large else ProblemCode.BROKEN_SPREADSHEET
    return Problem(code, name, value=sheet.name)


def first_lines(source: Source) -> str:
    """Return the beginning of a text, about 64 kB, ending with a whole line."""
    with source.path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        text = file.read(_SAMPLE)
    end = max(text.rfind("\n"), text.rfind("\r"))
    return text if len(text) < _SAMPLE or end < 0 else text[: end + 1]


def fields_of_lines(lines: abc.Iterable[str], delimiter: str, *, strict: bool = False) -> "Reader":
    """Return Python's own reader, told to see quotes as DuckDB does: also after a space."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


@dataclass(frozen=True, slots=True)
class RowLines:
    """The line on which each row that is not blank begins, counted from 1.

    Where the reader stopped, the last of them is the row it stopped at, and `complaint` its words.
    `swallowing` are the rows in whose quotes other rows stand, each with the text in the quotes.
    """

    starts: tuple[int, ...]
    complaint: str | None
    swallowing: tuple[tuple[int, str], ...]


def lines_of_rows(source: Source, delimiter: str, width: int, *, strict: bool) -> RowLines:
    """Return where the rows of a text begin; the header has `width` cells.

    With `strict` the reader stops at text after a closing quote and at a quote without end.
    """
    starts: list[int] = []
    swallowing: list[tuple[int, str]] = []
    before = 0
    complaint = None
    usual_limit = csv.field_size_limit(MAX_LINE)
    with source.path.open(encoding="utf-8-sig", newline="") as file:
        rows = fields_of_lines(file, delimiter, strict=strict)
        try:
            for fields in rows:
                if fields:
                    starts.append(before + 1)
                if rows.line_num > before + 1 and (text := _swallowed(fields, delimiter, width)):
                    swallowing.append((before + 1, text))
                before = rows.line_num
        except csv.Error as error:
            starts.append(before + 1)
            complaint = str(error)
    csv.field_size_limit(usual_limit)
    return RowLines(tuple(starts), complaint, tuple(swallowing))


def _swallowed(fields: abc.Sequence[str], delimiter: str, width: int) -> str | None:
    """Return the cell that holds a whole line of as many cells as a row has: a stray quote's work.

    A text of several lines has not so many delimiters, and nobody could tell it from rows; but
    where a row has more cells than the header, such a text has taken them from another row.
    """
    for place, text in enumerate(fields):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(lines) < 2:
            continue
        if len(fields) > width:
            return text
        if text.count(delimiter) < width - 1:
            continue
        cells = [line.count(delimiter) + 1 for line in lines[1:]]
        cells[-1] += len(fields) - place - 1
        if max(cells) >= width:
            return text
    return None


def ends_in_quote(line: str, delimiter: str) -> bool:
    """Tell whether a line ends within a quoted field."""
    try:
        list(fields_of_lines([line], delimiter, strict=True))
    except csv.Error:
        return True
    return False


def last_line(source: Source) -> str:
    """Return the end of a text after its last line end but one, at most a megabyte."""
    with source.path.open("rb") as file:
        file.seek(max(0, source.path.stat().st_size - MAX_LINE))
        tail = file.read().decode("utf-8", errors="replace")
    return tail.splitlines()[-1] if tail else ""
