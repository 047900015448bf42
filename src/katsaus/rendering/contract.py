"""The report as JSON, the contract that other programs read it by."""

import json
from typing import TypedDict

from katsaus.core.reports import Report
from katsaus.core.tables import Cell, ReportTable, TableRow, exact


class CellFields(TypedDict):
    """`value` is the exact decimal as text, null for nothing and for an error."""

    value: str | None
    shown: str


class RowFields(TypedDict):
    """One row of a table."""

    id: str
    label: str
    unit: str
    cells: list[CellFields]


class ColumnFields(TypedDict):
    """The head of a column."""

    id: str
    label: str


class TableFields(TypedDict):
    """One table; `letter` is its mark in print, `notes` are the footnotes under it."""

    id: str
    letter: str
    title: str
    display_unit: str
    columns: list[ColumnFields]
    rows: list[RowFields]
    notes: list[str]


class ReportFields(TypedDict):
    """The whole document."""

    municipality: str
    period: str
    tables: list[TableFields]


def contract_json(report: Report) -> bytes:
    """Return the report's tables as UTF-8 JSON, the same bytes for the same report."""
    fields: ReportFields = {
        "municipality": report.municipality,
        "period": report.period.code,
        "tables": [_table(table) for table in report.tables],
    }
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def _table(table: ReportTable) -> TableFields:
    return {
        "id": table.id,
        "letter": table.letter,
        "title": table.title,
        "display_unit": str(table.display_unit),
        "columns": [{"id": column.id, "label": column.label} for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "notes": list(table.notes),
    }


def _row(row: TableRow) -> RowFields:
    cells = [_cell(cell) for cell in row.cells]
    return {"id": row.id, "label": row.label, "unit": row.unit, "cells": cells}


def _cell(cell: Cell) -> CellFields:
    return {"value": exact(cell.value), "shown": cell.shown}
