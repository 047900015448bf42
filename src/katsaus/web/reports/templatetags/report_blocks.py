"""Template filters that draw the parts of a report."""

from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from katsaus.core.tables import Cell, ReportTable, TableColumn, TableRow
from katsaus.rendering import charts, layout
from katsaus.rendering.prose import ProseBlock, read_prose

PHONE = 320  # pixels
register = template.Library()

# A picture depends on its table alone, and takes longer to draw than the rest of the page.
_bars = lru_cache(maxsize=64)(charts.deviation_bars)


@register.simple_tag(takes_context=True)
def drawn(context: Context, table: ReportTable) -> SafeString:
    """Draw a table; `follows` in the context is the slug of a reader who may follow its links."""
    return _drawn(table, context.get("follows", ""), get_language())


@lru_cache(maxsize=256)  # when something is told, a report's other tables stay as they were
def _drawn(table: ReportTable, follows: str, _language: str) -> SafeString:
    template = "reports/texts.html" if table.is_of_texts else "reports/table.html"
    return render_to_string(template, {"table": table, "follows": follows})


@register.filter
def prose(markdown: str) -> tuple[ProseBlock, ...]:
    """Return a text's paragraphs, lists and emphasis, as every other form reads them."""
    return read_prose(markdown)


@register.filter
def chart(table: ReportTable) -> SafeString:
    """Return the bars of a table's only column as SVG: for a page, and for a phone's width.

    The styles show one of the two; shrunk to a phone, the wide one could not be read.
    """
    drawn = (_bars(table, width) for width in (640, PHONE))
    return SafeString("".join(drawn))  # the chart escapes its texts


@register.filter
def heading(table: ReportTable) -> str:
    """Return a table's heading with its letter and unit."""
    return layout.heading_of(table)


@register.filter
def has_stub(table: ReportTable) -> bool:
    """Tell whether the rows have names of their own."""
    return layout.has_stub(table)


@register.filter
def width(table: ReportTable) -> int:
    """Return the number of a table's columns, the names of rows among them."""
    return len(layout.columns_of(table))


@register.filter
def is_numeric(table: ReportTable) -> bool:
    """Tell whether a table that could hold words holds nothing but figures."""
    return layout.is_of_figures(table)


@register.filter
def cells(table: ReportTable, row: TableRow) -> list[tuple[TableColumn, Cell]]:
    """Return a row's cells, each with its column."""
    return list(zip(table.columns, row.cells, strict=True))
