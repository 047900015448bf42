"""The tables of a strategy as a person gives them: lines of texts with the place of each."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from katsaus.definitions.tables import (
    CellKind,
    Column,
    Table,
    normalised,
    strategy_table,
    strategy_tables,
)
from katsaus.ledger.importers.texts import MOST_ROWS, TextTable, read_tables
from katsaus.ledger.problems import Problem
from katsaus.rendering.text_tables import unguarded
from katsaus.web.planning.exchange.cells import SEPARATOR
from katsaus.web.planning.exchange.faults import Fault, FaultCode
from katsaus.web.planning.exchange.records import Record

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
# Where rows stand inside others in the JSON: the list, its table, and the column that is then said
# by the row around it.
NESTED = {
    "themes": (("goals", "goals", "theme"),),
    "goals": (("actions", "actions", "goal"), ("indicators", "indicator_links", "code")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is given: the texts of the columns that are there, and its place."""

    where: str
    cells: Record


@dataclass(frozen=True, slots=True)
class Given:
    """What was read: lines by table, faults of form, and problems with files."""

    lines: Mapping[str, list[Line]]
    faults: tuple[Fault, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: Path) -> Given:
    """Read CSV files (one, a folder, a ZIP file), a workbook, or JSON; raises FileNotFoundError."""
    if path.suffix.lower() == ".json" and path.is_file():
        return read_json(path.read_bytes())
    found, problems = read_tables(path)
    lines: dict[str, list[Line]] = {}
    faults: list[Fault] = []
    for text_table in found:
        table = _known(text_table.name)
        if table is None:
            names = ", ".join(each.name for each in strategy_tables())
            faults.append(Fault(FaultCode.UNKNOWN_TABLE, text_table.name, "", "",
                                text_table.name, names))  # fmt: skip
        else:
            lines.setdefault(table.name, []).extend(_lines(table, text_table, faults))
    return Given(lines, tuple(faults), problems)


def _known(name: str) -> Table | None:
    wanted = normalised(name)
    # A sheet's name has at most 31 characters.
    return next(
        (
            table
            for table in strategy_tables()
            if any(wanted == name or (len(wanted) > 28 and name.startswith(wanted))
                   for name in table.names)
        ),
        None,
    )  # fmt: skip


def _lines(table: Table, found: TextTable, faults: list[Fault]) -> list[Line]:
    columns = [_column(table, header, faults) for header in found.headers]
    lines = []
    for row, cells in found.rows:
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(Fault(FaultCode.TOO_MANY_CELLS, table.name, str(row)))
        pairs = zip(columns, cells, strict=False)
        lines.append(
            Line(str(row), {column.name: unguarded(cell) for column, cell in pairs if column})
        )
    return lines


def _column(table: Table, header: str, faults: list[Fault]) -> Column | None:
    wanted = normalised(header)
    for column in table.columns:
        if wanted in column.headers:
            return column
    if wanted:
        names = ", ".join(each.name for each in table.columns)
        faults.append(Fault(FaultCode.UNKNOWN_COLUMN, table.name, "", "", header, names))
    return None


def read_json(content: bytes) -> Given:
    """Read the JSON of `katsaus export strategy`."""
    try:
        whole = json.loads(content, parse_float=Decimal)
        if _SURROGATE.search(content):  # of which half a character may have come
            json.dumps(whole, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        return Given({}, (Fault(FaultCode.NOT_JSON, "", value=place),))
    except (ValueError, RecursionError):
        return Given({}, (Fault(FaultCode.NOT_JSON, "", value="?"),))
    if not isinstance(whole, dict):
        return Given({}, (Fault(FaultCode.NOT_JSON, "", value="1:1"),))
    tree = _Tree({}, [])
    names = {table.name for table in strategy_tables()}
    for name, rows in whole.items():
        if name not in names:
            tree.faults.append(
                Fault(FaultCode.UNKNOWN_TABLE, name, "", "", name, ", ".join(sorted(names)))
            )
            continue
        tree.add(name, rows, name, {})
    return Given(tree.lines, tuple(tree.faults))


@dataclass(frozen=True, slots=True)
class _Tree:
    """Lists inside lists, laid out as tables."""

    lines: dict[str, list[Line]]
    faults: list[Fault]

    def add(self, name: str, rows: object, where: str, around: Record) -> None:
        """Add the rows of a list to a table; `around` is what the row around it says of them."""
        found = self.lines.setdefault(name, [])
        if isinstance(rows, list) and len(rows) > MOST_ROWS:
            self.faults.append(Fault(FaultCode.TOO_MANY_ROWS, name, where, hint=str(MOST_ROWS)))
            return
        for number, row in enumerate(rows if isinstance(rows, list) else [None]):
            place = f"{where}[{number}]"
            if not isinstance(row, dict):
                self.faults.append(Fault(FaultCode.NOT_A_TEXT, name, place))
                continue
            line = Line(place, around | dict(self._cells(name, row, place)))
            found.append(line)
            for key, table, column in NESTED.get(name, ()):
                if key in row:
                    beside = {"to": "goal"} if table == "indicator_links" else {}
                    inner = {column: line.cells.get("code", ""), **beside}
                    self.add(table, row[key], f"{place}.{key}", inner)

    def _cells(self, name: str, row: Mapping[str, object], place: str) -> Iterator[tuple[str, str]]:
        table = strategy_table(name)
        nested = [key for key, _, _ in NESTED.get(name, ())]
        for key, value in row.items():
            if key in nested:
                continue
            column = _json_column(table, key, row)
            if column is None:
                if key != "name":
                    names = ", ".join(each.name for each in table.columns)
                    self.faults.append(Fault(FaultCode.UNKNOWN_COLUMN, name, place, "", key, names))
                continue
            text = _json_text(value)
            if text is None:
                self.faults.append(Fault(FaultCode.NOT_A_TEXT, name, place, key))
            else:
                yield column, text


def _json_column(table: Table, key: str, row: Mapping[str, object]) -> str | None:
    """Return the column of a key; `name` is the Finnish name where that is not told itself."""
    names = [column.name for column in table.columns]
    if key == "name" and key not in names:
        return "name_fi" if "name_fi" in names and "name_fi" not in row else None
    return key if key in names else None


def _json_text(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | Decimal):
        return str(value)
    if isinstance(value, list):
        parts = [_json_text(each) for each in value if not isinstance(each, list)]
        texts = [part for part in parts if part is not None]
        return SEPARATOR.join(texts) if len(texts) == len(value) else None
    return None


def numbers(table: Table) -> frozenset[int]:
    """Return the places of the columns whose texts are numbers."""
    kinds = (CellKind.WHOLE, CellKind.DECIMAL, CellKind.MONEY, CellKind.YEARS, CellKind.YEAR)
    return frozenset(i for i, column in enumerate(table.columns) if column.kind in kinds)


def given_tables(lines: Mapping[str, list[Line]]) -> Iterable[tuple[Table, list[Line]]]:
    """Iterate over the tables that were given, those that others refer to first."""
    return ((table, lines[table.name]) for table in strategy_tables() if table.name in lines)
