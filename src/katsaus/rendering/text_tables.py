"""Plain tables of texts as CSV files and as a workbook of sheets, to be read back unchanged."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from katsaus.rendering.cells import harmless

_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table; `numbers` are the places of the columns whose texts are numbers."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: frozenset[int] = frozenset()


def table_csv(table: PlainTable) -> bytes:
    """Return a table with semicolons in UTF-8, formulas made harmless by an apostrophe."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\n")
    writer.writerow(table.headers)
    for row in table.rows:
        writer.writerow([guarded(text) for text in row])
    return lines.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula; `unguarded` undoes it."""
    return "'" + text if _GUARDED.match(text) else harmless(text)


def unguarded(text: str) -> str:
    """Return the text of a cell without the apostrophe that made it harmless."""
    return text[1:] if _GUARDED.match(text) else text


def workbook(tables: Sequence[PlainTable]) -> bytes:
    """Return a workbook with a sheet for each table, its headers frozen above the rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.name[:31])
            sheet.freeze_panes(1, 0)
            for column, header in enumerate(table.headers):
                sheet.write_string(0, column, header, bold)
            for number, row in enumerate(table.rows, 1):
                for column, text in enumerate(row):
                    if text and column in table.numbers and _is_exact(text):
                        sheet.write_number(number, column, float(text))
                    elif text:
                        sheet.write_string(number, column, guarded(text))
    return content.getvalue()


def _is_exact(text: str) -> bool:
    """Say whether a number comes back as the same text, the noughts at its end aside."""
    return len(text.lstrip("-").replace(".", "")) <= 15
