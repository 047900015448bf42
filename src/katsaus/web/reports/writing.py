"""A report as a page and as the bytes of a file, HTML among the formats."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from katsaus.core.reports import Report
from katsaus.rendering import draw, layout

STYLES = Path(__file__).parents[1] / "static" / "katsaus.css"
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Format(StrEnum):
    """What a report can be written as."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Format.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Format.HTML: "text/html; charset=utf-8",
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
}


def page(report: Report, request: HttpRequest, bar: Mapping[str, object]) -> str:
    """Return the report as a page of the application, in the report's language.

    The bar, and what chooses the report's language and files, stay in the person's language.
    Under a bar, which those have who read more than what is published, goals and performance
    figures lead to their own pages.
    """
    context = {
        **bar,
        "report": layout.for_readers(report),
        "formats": [*Format],
        "languages": settings.LANGUAGES,
        "frame_language": translation.get_language(),
        "follows": report.municipality if bar else "",
    }
    with translation.override(report.language):
        return render_to_string("reports/report.html", context, request)


def write(report: Report, file_format: Format) -> bytes:
    """Return the report as a file; an HTML file holds its own styles and needs no other."""
    if file_format is not Format.HTML:
        return draw.draw(report, cast(draw.Format, file_format.value))
    with translation.override(report.language):
        styles = mark_safe(STYLES.read_text("utf-8"))  # noqa: S308 - ours
        context = {"report": layout.for_readers(report), "styles": styles}
        return render_to_string("reports/report.html", context).encode()
