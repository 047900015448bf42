"""Lays the computed statement out as the report's tables, one function a kind of table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.columns import Column, Role, columns_of
from katsaus.core.formats import NumberFormat
from katsaus.core.gaps import Gaps
from katsaus.core.names import Language
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.results import Statement
from katsaus.core.tables import Cell, Layout, ReportTable, RowGroup, TableRow
from katsaus.definitions.templates import TableKind, TableTemplate

_OF_FORECASTS: tuple[Role, ...] = ("forecast", "deviation")


@dataclass(frozen=True)
class Desk:
    """What every layout needs: the tree, the language, the text of nothing, what lacks a forecast.

    Where nothing `is_forecast`, tables leave out the columns of forecasts.
    """

    organization: Organization
    period: Period
    language: Language
    missing: str
    is_forecast: bool
    gaps: Gaps

    def divisions(self) -> list[OrgUnit]:
        """Return the divisions by code, those that have ended included."""
        return [unit for unit in self.organization if unit.level is Level.DIVISION]

    def name(self, unit: OrgUnit) -> str:
        """Return a unit's code and name as tables head its rows."""
        return f"{unit.code} {unit.names.text(self.language)}"


@dataclass(frozen=True)
class Sheet:
    """One table in the making: its template, its statement, the unit that it tells of."""

    desk: Desk
    template: TableTemplate
    statement: Statement
    unit: OrgUnit

    @property
    def columns(self) -> list[Column]:
        """The table's columns, by the unit's own list where the template has one."""
        roles = self.template.columns_of_unit.get(self.unit.code, self.template.columns)
        by_role = columns_of(self.desk.period)
        shown = [role for role in roles if self.desk.is_forecast or role not in _OF_FORECASTS]
        return [by_role[role] for role in shown]

    @property
    def layout(self) -> Layout:
        """How the table's cells are shown."""
        return Layout(self.desk.language, self.template.display_unit, self.desk.missing)

    def rows(self, unit: OrgUnit) -> tuple[TableRow, ...]:
        """Return the rows of one unit."""
        row_ids = self.template.rows or [row.id for row in self.statement.scheme.rows]
        return self.layout.rows(self.statement, unit, row_ids, self.columns)

    def group(self, unit: OrgUnit) -> RowGroup:
        """Return the rows of one unit under its code and name."""
        return RowGroup(self.desk.name(unit), self.rows(unit))

    def table(
        self,
        table_id: str,
        groups: list[RowGroup],
        *,
        title: str = "",
        stub: str = "",
        description: str = "",
    ) -> ReportTable:
        """Return the table of the groups that have rows."""
        return ReportTable(
            id=table_id,
            title=title or self.template.title.text(self.desk.language),
            display_unit=self.template.display_unit,
            columns=self.layout.columns(self.columns),
            groups=tuple(group for group in groups if group.rows),
            letter=self.template.letter,
            stub_label=stub,
            chart_description=description,
        )


def lay_out(sheet: Sheet) -> ReportTable:
    """Return the table that a template asks for."""
    return _LAYOUTS[sheet.template.kind](sheet)


def _income_statement(sheet: Sheet) -> ReportTable:
    return sheet.table("income_statement", [RowGroup("", sheet.rows(sheet.unit))])


def _divisions(sheet: Sheet) -> ReportTable:
    units = [*sheet.desk.divisions(), sheet.unit]
    return sheet.table("divisions", [sheet.group(unit) for unit in units])


def _division(sheet: Sheet) -> ReportTable:
    units = [*sheet.desk.organization.children(sheet.unit.code), sheet.unit]
    title = _("%s: service areas") % sheet.unit.names.text(sheet.desk.language)
    groups = [sheet.group(unit) for unit in units]
    return sheet.table(f"division:{sheet.unit.code}", groups, title=title)


def _deviation_chart(sheet: Sheet) -> ReportTable:
    rows = [
        _renamed(_comparable(row, sheet), unit.brief_name(sheet.desk.language))
        for unit in sheet.desk.divisions()
        for row in sheet.rows(unit)
    ]
    total = [
        _renamed(_comparable(row, sheet), _("Total"), is_total=True)
        for row in sheet.rows(sheet.unit)
    ]
    bars = "; ".join(f"{row.label} {row.cells[0].shown}" for row in (*rows, *total))
    groups = [RowGroup("", (*rows, *total))]
    table = sheet.table("deviation_chart", groups, description=_("Bar chart. %s.") % bars)
    # In every year's report the chart's column is "deviation"; its cells know their year.
    return replace(table, columns=tuple(replace(each, id="deviation") for each in table.columns))


def _comparable(row: TableRow, sheet: Sheet) -> TableRow:
    """Tell deviations of what has a forecast, as the finding does; such are no cells of tables."""
    return replace(row, cells=tuple(_of_forecast(cell, sheet) for cell in row.cells))


def _of_forecast(cell: Cell, sheet: Sheet) -> Cell:
    deviation = columns_of(sheet.desk.period)["deviation"].id
    if cell.key is None or cell.key.column != deviation or not isinstance(cell.value, Decimal):
        return cell
    value = sheet.desk.gaps.comparable(cell.key.unit, cell.key.row, cell.value)
    if value is None or value == cell.value:
        return cell
    formats = NumberFormat.of(sheet.desk.language)
    return Cell(value, formats.amount(value, sheet.template.display_unit))


def _renamed(row: TableRow, label: str, *, is_total: bool = False) -> TableRow:
    if any(cell.key is None for cell in row.cells):
        partly = _("partly without a forecast")
        label = f"{label} ({partly})"
    return replace(row, label=label, emphasis="total" if is_total else "plain", level=0)


_LAYOUTS: dict[TableKind, Callable[[Sheet], ReportTable]] = {
    "income_statement": _income_statement,
    "divisions": _divisions,
    "division": _division,
    "deviation_chart": _deviation_chart,
}
