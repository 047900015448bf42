"""Draws a report in the form that was asked for."""

from collections.abc import Callable
from typing import Literal, get_args

from katsaus.core.reports import Report
from katsaus.rendering.cells import cells_csv
from katsaus.rendering.contract import contract_json
from katsaus.rendering.docx import report_document
from katsaus.rendering.pdf import report_pdf
from katsaus.rendering.xlsx import report_workbook

Format = Literal["pdf", "docx", "xlsx", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
_DRAWN_BY: dict[Format, Callable[[Report], bytes]] = {
    "pdf": report_pdf,
    "docx": report_document,
    "xlsx": report_workbook,
    "csv": cells_csv,
    "json": contract_json,
}


def draw(report: Report, format: Format) -> bytes:
    """Return the report as a file of the format, the same bytes for the same report."""
    return _DRAWN_BY[format](report)
