"""What bringing tables in would change, as it is shown and kept until somebody settles it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Self

from katsaus.definitions.tables import Table
from katsaus.web.planning.exchange.cells import default
from katsaus.web.planning.exchange.changes import FieldChange, TableChanges
from katsaus.web.planning.exchange.checking import Row
from katsaus.web.planning.exchange.reading import Given, Line

LISTED = 200  # rows of a table that are shown


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A row that changes, with its changed cells; of a new one those that say anything."""

    key: str
    name: str
    is_new: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TablePreview:
    """The first rows of a table that change, and how many there are of each sort."""

    table: str
    new: int
    changed: int
    left: int
    is_reordered: bool
    rows: tuple[RowPreview, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change; two with one digest would change the same."""

    digest: str
    tables: tuple[TablePreview, ...]

    @classmethod
    def of(cls, changes: Iterable[TableChanges]) -> Self:
        """Return what is shown of changes."""
        found = [each for each in changes if not each.is_empty]
        return cls(digest(found), tuple(map(_table, found)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `text` wrote."""
        saved = json.loads(text)
        return cls(saved["digest"], tuple(map(_saved_table, saved["tables"])))

    def text(self) -> str:
        """Return the preview as JSON."""
        return json.dumps(asdict(self))


def digest(changes: Iterable[TableChanges]) -> str:
    """Return a hash of all that would change, of each cell and of the order of the rows."""
    told = [
        [
            each.table.name,
            [[row.key, row.record] for row in each.new],
            [[change.row.key, [asdict(field) for field in change.fields]]
             for change in each.changed],
            [row.key for row in each.rows] if each.is_reordered else [],
        ]
        for each in changes
        if not each.is_empty
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _table(changes: TableChanges) -> TablePreview:
    changed = changes.changed[:LISTED]
    rows = [_row(each.row, each.fields, is_new=False) for each in changed]
    new = changes.new[: LISTED - len(changed)]
    rows += [_row(row, _cells(changes.table, row), is_new=True) for row in new]
    return TablePreview(
        changes.table.name,
        len(changes.new),
        len(changes.changed),
        len(changes.left),
        changes.is_reordered,
        tuple(rows),
    )


def _row(row: Row, fields: tuple[FieldChange, ...], *, is_new: bool) -> RowPreview:
    key = " / ".join(part for part in row.key if part)
    name = row.record.get("name_fi") or row.record.get("name", "")
    return RowPreview(key, name, is_new, fields)


def _cells(table: Table, row: Row) -> tuple[FieldChange, ...]:
    """Return what a new row says besides its key and its name."""
    told = (*table.key, "name_fi", "name")
    return tuple(
        FieldChange(each.name, "", row.record[each.name])
        for each in table.columns
        if each.name not in told and row.record[each.name] != default(each)
    )


def _saved_table(saved: dict[str, object]) -> TablePreview:
    rows = tuple(
        RowPreview(**(row | {"fields": tuple(FieldChange(**field) for field in row["fields"])}))
        for row in saved.pop("rows")  # type: ignore[attr-defined]  # as asdict wrote it
    )
    return TablePreview(**saved, rows=rows)  # type: ignore[arg-type]


def lines_text(given: Given) -> str:
    """Return the lines of tables as JSON."""
    return json.dumps(
        {name: [[each.where, each.cells] for each in lines] for name, lines in given.lines.items()}
    )


def given_of(text: str) -> Given:
    """Read the lines that `lines_text` wrote."""
    return Given(
        {
            name: [Line(where, cells) for where, cells in lines]
            for name, lines in json.loads(text).items()
        }
    )
