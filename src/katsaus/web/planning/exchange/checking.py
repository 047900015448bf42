"""Lines held against their columns, against what they refer to, and against one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField

from katsaus.definitions.tables import (
    UNITS,
    CellKind,
    Column,
    Table,
    strategy_tables,
    table_of_kind,
)
from katsaus.web.planning.exchange.cells import CellError, canonical, default, texts
from katsaus.web.planning.exchange.faults import Fault, FaultCode
from katsaus.web.planning.exchange.reading import Line, given_tables
from katsaus.web.planning.exchange.records import SHELVES, Kept, Key, Record, key_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line as a whole record: what it leaves out is as kept, or as a new one begins."""

    key: Key
    record: Record
    where: str


@dataclass(slots=True)
class Checked:
    """The rows of the tables that were given, in their order, and what is wrong in them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def check(
    lines: Mapping[str, list[Line]], kept: Mapping[str, Kept], units: Iterable[str]
) -> Checked:
    """Return the lines as whole records, with the faults of cells, keys and references."""
    checked = Checked()
    for table, given in given_tables(lines):
        checked.rows[table.name] = _rows(table, given, kept[table.name], checked.faults)
    known = known_codes(kept, checked.rows, units)
    for table, given in given_tables(lines):
        # A row with a fault is told of once, not again by each row that refers to it.
        if table.key == ("code",):
            known[table.name] |= {line.cells.get("code", "").strip() for line in given}
    for table in strategy_tables():
        for row in checked.rows.get(table.name, ()):
            checked.faults += _references(table, row, known)
    return checked


def known_codes(
    kept: Mapping[str, Kept], rows: Mapping[str, Sequence[Row]], units: Iterable[str]
) -> dict[str, set[str]]:
    """Return the codes that there are or will be, by table."""
    known = {UNITS: set(units)}
    for table in strategy_tables():
        if table.key == ("code",):
            before = {record["code"] for record in kept[table.name].records}
            known[table.name] = before | {row.key[0] for row in rows.get(table.name, ())}
    return known


def _rows(table: Table, lines: Sequence[Line], kept: Kept, faults: list[Fault]) -> list[Row]:
    before = {key_of(table, record): record for record in kept.records}
    found: dict[Key, Row] = {}
    for line in lines:
        cells, wrong = _cells(table, line)
        faults += wrong
        if wrong:
            continue
        empty = {column.name: default(column) for column in table.columns}
        key = key_of(table, empty | cells)
        if key in found:
            name = " / ".join(part for part in key if part)
            faults.append(Fault(FaultCode.TWICE, table.name, line.where, table.key[0], name))
            continue
        record = before.get(key, empty) | cells
        missing = [
            each.name for each in table.columns if each.is_required and not record[each.name]
        ]
        faults += [Fault(FaultCode.EMPTY, table.name, line.where, name) for name in missing]
        if not missing:
            found[key] = Row(key, record, line.where)
    return list(found.values())


def _cells(table: Table, line: Line) -> tuple[Record, list[Fault]]:
    cells: Record = {}
    faults = []
    for name, text in line.cells.items():
        column = table.column(name)
        try:
            cells[name] = canonical(column, text)
            _check_length(table, column, cells[name])
        except CellError as error:
            code = error.code
            if code is FaultCode.EMPTY and _is_target(table, line, column):
                code = FaultCode.TARGET_WITHOUT_YEAR
            faults.append(Fault(code, table.name, line.where, name, text.strip(), error.hint))
    return cells, faults


def _is_target(table: Table, line: Line, column: Column) -> bool:
    is_value = table.name == "values" and column.kind is CellKind.PERIOD
    return is_value and line.cells.get("scenario", "").strip().lower() == "target"


def _check_length(table: Table, column: Column, text: str) -> None:
    """Raise CellError for a text that the database would not take."""
    if column.kind not in (CellKind.TEXT, CellKind.COMPUTED, CellKind.SCHEDULE):
        return
    shelf = SHELVES[table.name]
    model = shelf.model
    name = shelf.name(column.name)
    if name.startswith("indicator__"):
        related = model._meta.get_field("indicator").related_model
        assert related is not None  # noqa: S101 - a reference has a model, for the types
        model, name = related, name.removeprefix("indicator__")
    kept_in = model._meta.get_field(name)
    longest = kept_in.max_length if isinstance(kept_in, CharField) else None
    if longest is not None and len(text) > longest:
        raise CellError(FaultCode.TOO_LONG, str(longest))


def _references(table: Table, row: Row, known: Mapping[str, set[str]]) -> Iterable[Fault]:
    for column in table.columns:
        target = column.of
        if column.kind is CellKind.CHOSEN:
            target = table_of_kind(row.record[column.of])
        elif column.kind not in (CellKind.REFERENCE, CellKind.REFERENCES):
            continue
        for code in texts(row.record[column.name]):
            if code not in known[target]:
                yield Fault(
                    FaultCode.UNKNOWN_REFERENCE, table.name, row.where, column.name, code, target
                )
