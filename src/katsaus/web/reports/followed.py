"""What a report prints of the strategy and of performance figures, fetched once for all units."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from katsaus.core.organization import OrgUnit
from katsaus.core.reports import Section
from katsaus.core.tables import ReportTable
from katsaus.definitions.templates import SectionTemplate
from katsaus.web.finance.queries import Books
from katsaus.web.monitoring.computing import with_computed
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.planning.queries.follow_ups import Reported, reported
from katsaus.web.planning.queries.indicators import actual_periods
from katsaus.web.reports.layouts import Desk
from katsaus.web.reports.performance_tables import performance_table
from katsaus.web.reports.strategy_tables import FollowUpSheet


@dataclass(frozen=True, slots=True)
class Followed:
    """What was told of the strategy and of performance figures, laid out where it is printed."""

    told: Reported

    @classmethod
    def of(cls, books: Books, desk: Desk) -> Self:
        """Fetch what was told of the desk's period, by the divisions of its hierarchy."""
        divisions = _divisions(desk)
        ledger = LedgerRows(books.municipality, books.organization, books.shelf)
        told = reported(
            books.municipality,
            desk.period,
            lambda unit: divisions.get(unit, ""),
            lambda placed: with_computed(ledger, placed, *actual_periods(desk.period)),
        )
        return cls(told)

    def performance(self, desk: Desk, unit: OrgUnit) -> tuple[ReportTable, ...]:
        """Return the table of a unit's performance figures, where the period has any."""
        rows = self.told.figures.get(unit.code, ())
        is_told = any(cell for row in rows for cell in row.cells)
        return (performance_table(desk, unit, rows),) if is_told else ()

    def themes(self, desk: Desk, section: SectionTemplate) -> Iterator[Section]:
        """Return a chapter for each theme, with a table for each division that is asked.

        What is in no division is the whole municipality's.
        """
        root = desk.organization.root
        divisions = [(unit.code, unit) for unit in desk.divisions()]
        for theme in self.told.themes:
            tables = tuple(
                FollowUpSheet(desk, theme, unit, rows).table()
                for key, unit in (*divisions, ("", root))
                if (rows := self.told.rows.get((theme.code, key)))
            )
            title = f"{section.title.text(desk.language)}: {theme.names.text(desk.language)}"
            yield Section(f"strategy-{theme.code}", title, 1, tables, starts_page=True)


def _divisions(desk: Desk) -> dict[str, str]:
    """Return the division of each unit that is one or is in one, by their codes."""
    return {
        each.code: unit.code
        for unit in desk.divisions()
        for each in desk.organization.subtree(unit.code)
    }
