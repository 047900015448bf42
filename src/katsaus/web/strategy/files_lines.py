"""A strategy's file laid out: its faults in words, and what it would change, row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.definitions.tables import Table, strategy_tables
from katsaus.web.imports.messages import place as problem_place
from katsaus.web.imports.messages import sentence as problem_sentence
from katsaus.web.languages import language
from katsaus.web.planning.exchange.faults import Fault, sentence
from katsaus.web.planning.exchange.previews import Preview, TablePreview
from katsaus.web.planning.exchange.reading import Given

LISTED = 200  # faults that are shown


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault: where it is, and what to do."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A cell that changes."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row that is new or changes."""

    key: str
    name: str
    is_new: bool
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table that changes: how much of it, its first rows, and how many more there are."""

    name: str
    counts: str
    is_reordered: bool
    rows: tuple[RowLine, ...]
    more: int


def fault_lines(given: Given, faults: Iterable[Fault]) -> list[FaultLine]:
    """Return all that is wrong with a file."""
    found = [FaultLine(problem_place(each), problem_sentence(each)) for each in given.problems]
    return found + [FaultLine(_place(each), sentence(_named(each))) for each in faults]


def _named(fault: Fault) -> Fault:
    """Return a fault that names the table referred to as the screen does."""
    table = _tables().get(fault.hint)
    return replace(fault, hint=table.title.text(language())) if table else fault


def _place(fault: Fault) -> str:
    """Return where a fault is: table, row and column by their names on the screen."""
    table = _tables().get(fault.table)
    parts = [_title(table) if table else fault.table]
    if fault.where:
        is_row = fault.where.isdigit()
        parts.append(_("row %(row)s") % {"row": fault.where} if is_row else fault.where)
    if fault.field:
        parts.append(_column(table, fault.field) if table else fault.field)
    return ", ".join(part for part in parts if part)


def finding(preview: Preview) -> str:
    """Say how many rows the file would change."""
    new = sum(each.new for each in preview.tables)
    changed = sum(each.changed for each in preview.tables)
    if not new and not changed:
        return _("The file would change the order of rows")
    parts = []
    if new:
        parts.append(ngettext("%d new row", "%d new rows", new) % new)
    if changed:
        parts.append(ngettext("%d row changes", "%d rows change", changed) % changed)
    return ", ".join(parts)


def table_lines(preview: Preview) -> list[TableLines]:
    """Return the tables that would change."""
    return [_lines(each) for each in preview.tables]


def _lines(preview: TablePreview) -> TableLines:
    table = _tables()[preview.table]
    return TableLines(
        _title(table),
        " · ".join(_counts(preview)),
        preview.is_reordered,
        tuple(
            RowLine(
                row.key,
                row.name,
                row.is_new,
                tuple(
                    FieldLine(_column(table, each.field), each.before, each.after)
                    for each in row.fields
                ),
            )
            for row in preview.rows
        ),
        preview.new + preview.changed - len(preview.rows),
    )


def _counts(preview: TablePreview) -> Iterator[str]:
    if preview.new:
        yield _("new %s") % preview.new
    if preview.changed:
        yield _("changed %s") % preview.changed
    if preview.left:
        yield _("not in the file %s, which stay as they are") % preview.left


def _tables() -> dict[str, Table]:
    return {table.name: table for table in strategy_tables()}


def _title(table: Table) -> str:
    text = table.title.text(language())
    return text[:1].upper() + text[1:]


def _column(table: Table, name: str) -> str:
    titles = {each.name: each.title.text(language()) for each in table.columns}
    return titles.get(name, name)
