"""What a report prints of the strategy and of performance figures, fetched once for all units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from katsaus.core.organization import OrgUnit
from katsaus.core.reports import Section
from katsaus.core.strategies import Theme
from katsaus.core.tables import ReportTable
from katsaus.definitions.templates import SectionTemplate, Template
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.queries.indicators import PerformanceRow, performances
from katsaus.web.planning.queries.strategies import FollowUp, follow_ups, themes_of_year
from katsaus.web.reports.layouts import Desk
from katsaus.web.reports.performance_tables import performance_table
from katsaus.web.reports.strategy_tables import FollowUpSheet


@dataclass(frozen=True, slots=True)
class Followed:
    """Performance figures by unit, themes of the strategy, rows by theme and division."""

    figures: Mapping[str, tuple[PerformanceRow, ...]]
    followed_themes: tuple[Theme, ...]
    rows: Mapping[tuple[str, str], tuple[FollowUp, ...]]

    @classmethod
    def of(cls, municipality: Municipality, desk: Desk, template: Template) -> Self:
        """Fetch what the sections of a template print of the desk's period, in its hierarchy."""
        period, divisions = desk.period, _divisions(desk)
        is_figured = any(section.performance for section in template.sections)
        is_themed = any(section.each_theme for section in template.sections)
        themes = themes_of_year(municipality, period.year) if is_themed else ()
        of_goals = Q(theme__code__in=[theme.code for theme in themes])
        return cls(
            performances(municipality, period) if is_figured else {},
            themes,
            follow_ups(municipality, period, of_goals, lambda unit: divisions.get(unit.code, ""))
            if themes
            else {},
        )

    def performance(self, desk: Desk, unit: OrgUnit) -> tuple[ReportTable, ...]:
        """Return the table of a unit's performance figures, where the period has any."""
        rows = self.figures.get(unit.code, ())
        is_told = any(cell for row in rows for cell in row.cells)
        return (performance_table(desk, unit, rows),) if is_told else ()

    def themes(self, desk: Desk, section: SectionTemplate) -> Iterator[Section]:
        """Return a chapter for each theme, with a table for each division that is asked.

        What is in no division is the whole municipality's.
        """
        root = desk.organization.root
        divisions = [(unit.code, unit) for unit in desk.divisions()]
        for theme in self.followed_themes:
            tables = tuple(
                FollowUpSheet(desk, theme, unit, rows).table()
                for key, unit in (*divisions, ("", root))
                if (rows := self.rows.get((theme.code, key)))
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
