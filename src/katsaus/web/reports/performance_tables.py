"""Lays the performance figures of a unit out as a table of the report."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from katsaus.core.columns import Role, columns_of
from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.indicator_texts import value_text
from katsaus.core.indicators import Entry, Indicator
from katsaus.core.names import Language
from katsaus.core.organization import OrgUnit
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.web.planning.queries.indicators import PerformanceRow, performance_columns
from katsaus.web.reports.layouts import Desk

_ROLES: tuple[Role, ...] = ("prior_actual", "budget", "actual", "forecast")


def performance_table(desk: Desk, unit: OrgUnit, rows: Sequence[PerformanceRow]) -> ReportTable:
    """Return a unit's performance figures; sub-rows stand under the heading of their group."""
    by_role = columns_of(desk.period)
    columns = tuple(
        TableColumn(column_id, by_role[role].names.text(desk.language), "text")
        for column_id, role in zip(performance_columns(desk.period), _ROLES, strict=True)
    )
    return ReportTable(
        id=f"performance:{unit.code}",
        title=_("%s: performance figures") % unit.names.text(desk.language),
        display_unit=DisplayUnit.EUR,
        columns=columns,
        groups=tuple(_groups(desk.language, unit, rows)),
        stub_label=_("Performance figure"),
    )


def _groups(language: Language, unit: OrgUnit, rows: Sequence[PerformanceRow]) -> list[RowGroup]:
    """Return rows with their headings; a row that is itself the heading needs no other."""
    groups: list[RowGroup] = []
    for heading, found in groupby(rows, lambda row: row.group):
        drawn = tuple(_row(language, unit, row) for row in found)
        before = groups[-1] if groups else None
        if before and heading and before.rows[-1].label == heading:
            groups[-1] = RowGroup(before.heading, (*before.rows, *drawn))
        else:
            groups.append(RowGroup(heading, drawn))
    return groups


def _row(language: Language, unit: OrgUnit, row: PerformanceRow) -> TableRow:
    label = row.label or row.indicator.names.text(language)
    cells = tuple(_cell(row.indicator, each, language) for each in row.cells)
    return TableRow(row.indicator.code, label, unit.code, cells, level=1 if row.group else 0)


def _cell(indicator: Indicator, entries: Sequence[Entry], language: Language) -> Cell:
    """Return the values of a cell, each with its place where it has one; a number if it is one."""
    texts = []
    for entry in entries:
        shown = value_text(indicator, entry.value, language)
        texts.append(f"{entry.place}: {shown}" if entry.place else shown)
    value = entries[0].value.number if len(entries) == 1 else None
    return Cell(without_noughts(value), "\n".join(texts) or DASH)


def without_noughts(number: Decimal | None) -> Decimal | None:
    """Return a number without the noughts that a database adds to its decimals."""
    if number is None or number == number.to_integral_value():
        return None if number is None else number.quantize(Decimal(1))
    return number.normalize()
