"""What would change: what is new, what becomes other than it was, and what is left as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from katsaus.definitions.tables import Table, strategy_tables
from katsaus.web.planning.exchange.checking import Row
from katsaus.web.planning.exchange.records import SHELVES, Kept, Key, Record, key_of

# The rows that are shown in an order of their own, by the columns that say which.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "goals": ("theme",),
    "actions": ("goal",),
    "indicator_links": ("to", "code"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column whose text changes."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is there already, with what changes in it."""

    row: Row
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of a table; `left` are kept rows that were not given, which stay as they are."""

    table: Table
    new: tuple[Row, ...]
    changed: tuple[Changed, ...]
    left: tuple[Key, ...]
    is_reordered: bool
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be kept."""
        return not (self.new or self.changed or self.is_reordered)


def group_of(table: Table, record: Record) -> Key:
    """Return what a record has an order of its own in, such as a goal in its theme."""
    return tuple(record[name] for name in _GROUPS.get(table.name, ()))


def changes(
    rows: Mapping[str, Sequence[Row]], kept: Mapping[str, Kept]
) -> tuple[TableChanges, ...]:
    """Return the changes of each table that was given, those that others refer to first."""
    return tuple(
        _changes(table, rows[table.name], kept[table.name])
        for table in strategy_tables()
        if table.name in rows
    )


def _changes(table: Table, rows: Sequence[Row], kept: Kept) -> TableChanges:
    before = {key_of(table, record): record for record in kept.records}
    changed = []
    for row in rows:
        if row.key in before and (fields := _fields(before[row.key], row.record)):
            changed.append(Changed(row, fields))
    given = {row.key: row.record for row in rows}
    return TableChanges(
        table,
        tuple(row for row in rows if row.key not in before),
        tuple(changed),
        tuple(key for key in before if key not in given),
        SHELVES[table.name].is_ordered
        and _order(table, before, given) != _order(table, given, before),
        tuple(rows),
    )


def _fields(before: Record, after: Record) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before[name], after[name])
        for name in after
        if before[name] != after[name]
    )


def _order(
    table: Table, records: Mapping[Key, Record], others: Iterable[Key]
) -> dict[Key, list[Key]]:
    """Return the keys that are among the others too, in their order, by group."""
    wanted = set(others)
    order: dict[Key, list[Key]] = {}
    for key, record in records.items():
        if key in wanted:
            order.setdefault(group_of(table, record), []).append(key)
    return order
