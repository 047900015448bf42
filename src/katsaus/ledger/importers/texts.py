"""Tables of texts as they stand in files: CSV files, a folder or a ZIP of them, a workbook."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from katsaus.ledger.importers.archives import MOST_BYTES, is_of_csv, unpacked
from katsaus.ledger.importers.encodings import encoding_of, scan
from katsaus.ledger.importers.sources import MAX_LINE, convert_sheet
from katsaus.ledger.importers.workbooks import (
    Sheet,
    is_zip,
    sheets_with_cells,
    unusable_cells,
)
from katsaus.ledger.problems import Problem, ProblemCode

_DELIMITERS = (";", ",", "\t", "|")
_HEAD = 4
MOST_ROWS = 200_000  # of a table, which is read whole


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table: `name` is that of its file or sheet, `rows` have the row that each begins on."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_tables(path: Path) -> tuple[tuple[TextTable, ...], tuple[Problem, ...]]:
    """Read a CSV file, a workbook, or the CSV files of a folder or a ZIP file.

    Problems where one cannot be read.

    Raises FileNotFoundError for a path that is not there.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    tables: list[TextTable] = []
    problems: list[Problem] = []
    for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        for found in _read(file):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                tables.append(found)
    return tuple(tables), tuple(problems)


def _read(path: Path) -> Iterator[TextTable | Problem]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if is_zip(head) and is_of_csv(path):
        yield from _archive(path)
    elif is_zip(head):
        yield from _sheets(path)
    else:
        yield _text(path, path.stem, path.name)


def _archive(path: Path) -> Iterator[TextTable | Problem]:
    with TemporaryDirectory() as folder:
        for found in unpacked(path, path.name, Path(folder)):
            if isinstance(found, Problem):
                yield found
            else:
                file, name = found
                yield _text(file, Path(name).stem, name)


def _sheets(path: Path) -> Iterator[TextTable | Problem]:
    found = sheets_with_cells(path, path.name)
    if isinstance(found, Problem):
        yield found
        return
    for sheet in found:
        yield from _sheet(path, sheet)


def _sheet(path: Path, sheet: Sheet) -> Iterator[TextTable | Problem]:
    if unusable := unusable_cells(path, path.name, sheet):
        yield from unusable
        return
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "sheet.csv"
        failure = convert_sheet(path, path.name, sheet, copy, ".", keeps_lines=True)
        if failure is None and copy.stat().st_size > MOST_BYTES:
            failure = Problem(ProblemCode.TOO_LARGE_SPREADSHEET, path.name, value=sheet.name)
        yield failure or _whole(
            copy.read_text("utf-8"), ";", sheet.name, path.name, counts_rows=True
        )


def _text(path: Path, name: str, file: str) -> TextTable | Problem:
    seen = scan(path)
    if seen.size == 0:
        return Problem(ProblemCode.EMPTY_FILE, file)
    encoding = encoding_of(seen, path, file)
    if isinstance(encoding, Problem):
        return encoding
    text = path.read_bytes().decode(encoding, errors="replace").removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    return _whole(text, delimiter, name, file, counts_rows=False)


def _whole(
    text: str, delimiter: str, name: str, file: str, *, counts_rows: bool
) -> TextTable | Problem:
    try:
        found = _parsed(text, delimiter, name, counts_rows=counts_rows)
    except csv.Error:
        return Problem(ProblemCode.NOT_A_TABLE, file)
    if len(found.rows) > MOST_ROWS:
        return Problem(ProblemCode.TOO_MANY_ROWS, file, value=str(MOST_ROWS))
    return found


def _parsed(text: str, delimiter: str, name: str, *, counts_rows: bool) -> TextTable:
    """Read delimited text; rows are told by their lines, or in a sheet by their number."""
    limit = csv.field_size_limit(MAX_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, tuple[str, ...]]] = []
    before = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                rows.append((number if counts_rows else before + 1, tuple(cells)))
            before = reader.line_num
            if len(rows) > MOST_ROWS + 1:  # the headers, and one too many
                break
    finally:
        csv.field_size_limit(limit)
    headers = rows[0][1] if rows else ()
    return TextTable(name, headers, tuple(rows[1:]))
