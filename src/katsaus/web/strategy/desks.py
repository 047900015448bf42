"""What a person has before them when they edit a table: its columns, what they can refer to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from katsaus.core.organization import Organization, OrgUnit
from katsaus.definitions.tables import UNITS, CellKind, Column, Table, strategy_tables
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.controls import INDENT
from katsaus.web.finance.queries import kept_periods
from katsaus.web.languages import language
from katsaus.web.planning.exchange.cells import period_text
from katsaus.web.planning.exchange.records import Record, rows
from katsaus.web.planning.use_cases.rows import Found, find_row
from katsaus.web.strategy.fields import MOST_OPTIONS, MOST_TICKS, Options
from katsaus.web.strategy.words import EDITED

# Tables whose rows the head of their unit keeps too.
OF_UNITS = frozenset({"explanations"})
_NAMES = ("name_fi", "name", "title")


@dataclass(frozen=True)
class Desk:
    """A table, and the person who edits it."""

    viewer: Viewer
    table: Table

    @classmethod
    def of(cls, viewer: Viewer, name: str) -> "Desk":
        """Return the desk of a table by its name; raises Http404."""
        for table in strategy_tables():
            if table.name == name and name in EDITED:
                return cls(viewer, table)
        raise Http404

    @property
    def title(self) -> str:
        """The table's name."""
        title = self.table.title.text(language())
        return title[:1].upper() + title[1:]

    @property
    def section(self) -> str:
        """The menu entry that the table is under: that of the page that shows its rows."""
        return "deviations" if self.table.name in OF_UNITS else "strategy"

    def name(self, record: Record) -> str:
        """Return what a row is called; empty where the table's rows have no names."""
        spoken = (f"name_{language()}", *_NAMES, "cause")
        return next((record[each] for each in spoken if record.get(each)), "")

    def may_keep(self, record: Record) -> bool:
        """Whether a row is the person's to add, change and remove."""
        if self.viewer.edits_strategy:
            return True
        unit = record.get("unit", "")
        return self.table.name in OF_UNITS and bool(unit) and self.viewer.may(Right.EDIT, unit)

    @property
    def may_add(self) -> bool:
        """Whether there are rows that the person may add."""
        return self.viewer.edits_strategy or self.table.name in OF_UNITS

    def find(self, key: str) -> Found | None:
        """Return the row of a key; None for none."""
        return find_row(self.viewer.municipality, self.table, key)

    def key(self, found: Found) -> str:
        """Return what the address of a row names it by."""
        return found.record["code"] if self.table.key == ("code",) else str(found.pk)

    @cached_property
    def options(self) -> Mapping[str, Options | None]:
        """What each reference and period can be, by column; None where there are too many."""
        return {
            column.name: self.choices(column)
            for column in self.table.columns
            if column.kind in (CellKind.REFERENCE, CellKind.REFERENCES)
            or self._is_of_months(column)
        }

    def _is_of_months(self, column: Column) -> bool:
        """Whether a column is a period of the finances, which a page of deviations is of."""
        return self.table.name in OF_UNITS and column.kind is CellKind.PERIOD

    def choices(self, column: Column) -> Options | None:
        """Return what a reference or a period can be; None where there are too many."""
        if column.kind is CellKind.PERIOD:
            return self._periods()
        most = MOST_TICKS if column.kind is CellKind.REFERENCES else MOST_OPTIONS
        found = self._units(column) if column.of == UNITS else self._codes(column.of, most)
        return found if len(found) <= most else None

    def _periods(self) -> Options:
        found = kept_periods(self.viewer.municipality, self.viewer.shelf)
        return [(period_text(each.year, each.month), each.months) for each in found]

    def _units(self, column: Column) -> Options:
        tree = self.viewer.organization
        units = list(_walk(tree, tree.root, 0))
        if column.name == "unit" and not self.viewer.edits_strategy:
            own = self.viewer.units(Right.EDIT)
            units = [(unit, depth) for unit, depth in units if unit.code in own]
        return [
            (unit.code, f"{INDENT * depth}{unit.names.text(language())} {unit.code}")
            for unit, depth in units
        ]

    def _codes(self, name: str, most: int) -> Options:
        """Return the codes and names of a table's rows, one more than `most` at most. One query."""
        [table] = (each for each in strategy_tables() if each.name == name)
        code = "indicator__code" if name == "indicators" else "code"
        title = next((each for each in _NAMES if any(c.name == each for c in table.columns)), code)
        found = rows(self.viewer.municipality, table).values_list(code, title)[: most + 1]
        return [(each, name or each) for each, name in found]

    def taken(self, stem: str) -> frozenset[str]:
        """Return the codes that begin with a text. One query."""
        if self.table.key != ("code",):
            return frozenset()
        path = "indicator__code" if self.table.name == "indicators" else "code"
        found = rows(self.viewer.municipality, self.table).filter(**{f"{path}__startswith": stem})
        return frozenset(found.values_list(path, flat=True))


def _walk(tree: Organization, unit: OrgUnit, depth: int) -> Iterator[tuple[OrgUnit, int]]:
    """Iterate over a unit and all under it, with how deep each is."""
    yield unit, depth
    for child in tree.children(unit.code):
        yield from _walk(tree, child, depth + 1)
