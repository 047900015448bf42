"""The report as CSV: one line a cell, for programs.

Comma-separated UTF-8 without a byte order mark (RFC 4180), since that is what programs expect
and `value` has a decimal point; people who open figures in a spreadsheet are given the XLSX.
"""

import csv
import io
import re

from katsaus.core.reports import Report
from katsaus.core.tables import exact

HEADER = ("table", "unit", "row", "column", "value", "shown")
_FORMULA_START = re.compile(r"[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d\s.,%]*")


def cells_csv(report: Report) -> bytes:
    """Return a line for each cell of each table, the same bytes for the same report.

    `value` is the exact decimal, empty for nothing and for an error.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(HEADER)
    for table in report.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                place = (table.id, row.unit, row.id, column.id)
                texts = (*map(harmless, place), exact(cell.value) or "", harmless(cell.shown))
                writer.writerow(texts)
    return lines.getvalue().encode()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe is put before it.

    Plain numbers, percents and the lone dash of an empty cell stay as they are.
    """
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
