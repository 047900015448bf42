"""Template filters that draw the parts of a report."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString

from katsaus.core.tables import ReportTable
from katsaus.rendering import charts, layout
from katsaus.rendering.prose import ProseBlock, read_prose

PHONE = 320  # pixels
register = template.Library()

# A picture depends on its table alone, and takes longer to draw than the rest of the page.
_bars = lru_cache(maxsize=64)(charts.deviation_bars)


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
