"""The rows of a table as a list: what each is called, what it belongs to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Value

from katsaus.definitions.tables import Column, strategy_table
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.table_words import Called, cell_words, referred
from katsaus.web.planning.exchange.cells import default, period_of
from katsaus.web.planning.exchange.changes import group_of
from katsaus.web.planning.exchange.records import SHELVES, Record, holding, records_of, rows
from katsaus.web.planning.queries.row_names import CODED, row_names
from katsaus.web.planning.use_cases.rows import Found
from katsaus.web.strategy.desks import Desk
from katsaus.web.strategy.fields import label_of
from katsaus.web.strategy.words import EDITED

ON_PAGE = 50
# What a list tells of a row, the first as its name; of the other tables what tells rows apart.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "strategies": ("name_fi", "valid_from", "valid_to"),
    "themes": ("name_fi", "strategy"),
    "goals": ("name_fi", "theme", "units"),
    "actions": ("name", "goal", "unit", "schedule"),
    "indicators": ("name_fi", "kind", "owner"),
    "values": ("indicator", "scenario", "period", "value", "text", "unit"),
    "indicator_links": ("indicator", "to", "code"),
    "programmes": ("name_fi", "kind"),
    "programme_parts": ("programme", "kind", "code"),
    "programme_emphases": ("programme", "unit", "text"),
    "programme_targets": ("programme", "year", "euros", "person_years"),
    "measures": ("name", "programme", "unit", "state"),
    "measure_effects": ("measure", "year", "scenario", "euros", "person_years"),
    "explanations": ("cause", "period", "unit", "row", "euros"),
    "person_years": ("unit", "year", "scenario", "funding", "person_years"),
    "projects": ("name_fi", "funder", "state"),
    "decisions": ("title", "body", "decided_on", "section"),
    "sdg_links": ("code", "kind", "sdg", "local_target"),
    "local_targets": ("name_fi", "sdg"),
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the list: the key of its address, its name, what else is told, where it may move."""

    key: str
    name: str
    cells: tuple[str, ...]
    up: bool
    down: bool


@dataclass(frozen=True)
class Listing:
    """A page of a table's rows."""

    heads: tuple[str, ...]
    page: Page  # type: ignore[type-arg]  # of records, by their ids
    lines: tuple[RowLine, ...]

    @property
    def moves(self) -> bool:
        """Whether a row may be moved."""
        return any(each.up or each.down for each in self.lines)


def listing(desk: Desk, text: str, number: str) -> Listing:
    """Return the page of a number with the rows that hold a text."""
    found = rows(desk.viewer.municipality, desk.table)
    if text:
        found = found.filter(holding(desk.table, text)).distinct()
    page = Paginator(found, ON_PAGE).get_page(number)
    start = ON_PAGE * (page.number - 1)
    first = max(start - 1, 0)
    around = records_of(desk.table, found[first : start + ON_PAGE + 1])
    records = dict(list(around.items())[start - first :][:ON_PAGE])
    ways = {} if text else _ways(desk, around)
    columns = [desk.table.column(name) for name in _TOLD[desk.table.name]]
    names = _called(desk, columns, records.values())
    lines = tuple(
        RowLine(*_line(desk, Found(pk, each), columns, names), *ways.get(pk, (False, False)))
        for pk, each in records.items()
    )
    return Listing(tuple(map(label_of, columns)), page, lines)


def _line(
    desk: Desk, found: Found, columns: list[Column], names: Called
) -> tuple[str, str, tuple[str, ...]]:
    first, *others = (cell_words(column, found.record, names) for column in columns)
    return desk.key(found), first or desk.key(found), tuple(others)


def _ways(desk: Desk, around: Mapping[int, Record]) -> Mapping[int, tuple[bool, bool]]:
    """Return whether each row has one of its group above it and below it, to change places with."""
    if not SHELVES[desk.table.name].is_ordered:
        return {}
    groups = [None, *(group_of(desk.table, each) for each in around.values()), None]
    same = [above == below for above, below in pairwise(groups)]
    return dict(zip(around, pairwise(same), strict=True))


def called(desk: Desk, record: Record) -> str:
    """Return the name of a row; of one without a name what tells it from the others."""
    if name := desk.name(record):
        return name
    columns = [desk.table.column(each) for each in desk.table.key]
    names = _called(desk, columns, [record])
    return ", ".join(filter(None, (cell_words(column, record, names) for column in columns)))


def place(desk: Desk, record: Record) -> str:
    """Return the unit and the period of a row that has both, in words. One query."""
    unit = desk.table.column("unit")
    name = cell_words(unit, record, _called(desk, [unit], [record]))
    return f"{name}, {period_of(record['period']).months}"


def facts(desk: Desk, record: Record) -> list[tuple[str, str]]:
    """Return what a row says: the head of each column that says something, and its words."""
    columns = [each for each in desk.table.columns if record[each.name] not in ("", default(each))]
    called = _called(desk, columns, [record])
    return [(label_of(column), cell_words(column, record, called)) for column in columns]


def _called(desk: Desk, columns: Iterable[Column], records: Iterable[Record]) -> Called:
    """Return what the rows that the cells refer to are called. One query."""
    wanted = {
        table for record in records for column in columns if (table := referred(column, record))
    }
    found = row_names(desk.viewer.municipality, wanted & {*CODED})
    return {key: names.text(language()) or key[1] for key, names in found.items()}


def counts(viewer: Viewer) -> Mapping[str, int]:
    """Return the number of rows of each table. One query."""
    first, *others = _counted(viewer)
    return dict.fromkeys(EDITED, 0) | dict(first.union(*others, all=True))


def _counted(viewer: Viewer) -> Iterator["QuerySet[Any, Any]"]:
    for name in EDITED:
        found = rows(viewer.municipality, strategy_table(name)).order_by()
        yield (
            found.values(table_name=Value(name))
            .annotate(n=Count("pk"))
            .values_list("table_name", "n")
        )
