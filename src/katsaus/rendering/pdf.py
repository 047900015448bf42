"""The report as PDF, for readers (PDF/UA-1) and for the archive (PDF/A-2a) at once."""

from datetime import UTC, datetime, time

from katsaus.core.reports import Report
from katsaus.rendering.pdf_data import data_of
from katsaus.rendering.pdf_tags import mark_row_heads
from katsaus.rendering.typesetting import set_pdf


def report_pdf(report: Report) -> bytes:
    """Return the report as PDF/UA-1 and PDF/A-2a, the same bytes for the same report.

    Its date of making is the period's last day. Typst sets the pages and tags them; then it is
    marked which cells are heads of rows.
    """
    created_at = datetime.combine(report.period.ends_on, time(), UTC)
    return mark_row_heads(set_pdf("report.typ", data_of(report), created_at))
