"""Charts, drawn as SVG from the same table that stands beside them."""

import re
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from typing import Literal

import vl_convert

from katsaus.core.tables import ReportTable, TableRow
from katsaus.rendering import fonts

INK, WORSE, BETTER, LINE = "#16212b", "#9c2f17", "#1b6344", "#8d979f"
BETTER_SIGN, WORSE_SIGN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
# Pixels. The widths of a letter in Source Sans 3 at 15 px, on the generous side: small, capital.
FONT_SIZE, ROW_HEIGHT, LINE_HEIGHT, LETTER, CAPITAL = 15, 28, 19, 7.8, 10
Tone = Literal["better", "worse", "even"]
Json = str | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things are, in pixels: labels from 0, bars from `left` to `right`, values to `width`.

    A plot without room for labels and values is of bars only.
    """

    width: float
    left: float
    right: float
    row_height: float

    @property
    def has_texts(self) -> bool:
        """Whether labels and values are drawn beside the bars."""
        return self.left > 0


def deviation_bars(table: ReportTable, width: int = 640) -> str:
    """Return the bars of a table's first column as SVG to stand inline in a page.

    Rows and texts are the table's, in its order; a symbol tells better from worse beside the
    colour. Text and axis take the page's own colour; a page gives `.chart-better` and
    `.chart-worse` their `fill`. `width` in pixels: 640 for a page, about 320 for a phone.
    """
    svg = _draw(table, _plot(table, width))
    for colour, name in ((WORSE, "chart-worse"), (BETTER, "chart-better")):
        svg = svg.replace(f'fill="{colour}"', f'class="{name}" fill="{colour}"')
    svg = svg.replace(f'fill="{INK}"', 'fill="currentColor"')
    svg = svg.replace(f'stroke="{LINE}"', 'stroke="currentColor" stroke-opacity="0.5"')
    name = escape(table.chart_description or table.title)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)


def printed_bars(table: ReportTable) -> str:
    """Return the same bars in the colours of print, without texts: they stand beside a table."""
    return _draw(table, Plot(400, 0, 400, 17))


def signed(row: TableRow) -> str:
    """Return a row's figure with the symbol that tells better from worse."""
    sign = {"better": BETTER_SIGN, "worse": WORSE_SIGN, "even": ""}[tone(row)]
    return f"{sign} {row.cells[0].shown}".strip()


def tone(row: TableRow) -> Tone:
    """Tell whether a row's figure is better or worse for the result.

    Nothing is neither, and so is what is shown as zero.
    """
    value, shown = row.cells[0].value, row.cells[0].shown
    if not isinstance(value, Decimal) or not re.search("[1-9]", shown):
        return "even"
    return "better" if value > 0 else "worse"


def _plot(table: ReportTable, width: int) -> Plot:
    labels = [line for row in table.rows for line in _lines(row, width)]
    most_lines = max((len(_lines(row, width)) for row in table.rows), default=1)
    left = max(map(_text_width, labels), default=0) + 16
    value_width = max((_text_width(signed(row)) for row in table.rows), default=0) + 16
    return Plot(width, left, width - value_width, ROW_HEIGHT + LINE_HEIGHT * (most_lines - 1))


def _lines(row: TableRow, width: int) -> list[str]:
    """Break a label so that labels take at most some 40 % of the width."""
    most = max(10, int(width * 0.4 / LETTER))
    return textwrap.wrap(row.label, most, break_long_words=False) or [""]


def _text_width(text: str) -> float:
    return sum(CAPITAL if letter.isupper() else LETTER for letter in text)


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(fonts.DIRECTORY))


def _draw(table: ReportTable, plot: Plot) -> str:
    _register_font()
    svg = str(vl_convert.vegalite_to_svg(_spec(table, plot)))
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    # The whole is one image with one alternative text: its parts have no roles of their own.
    return re.sub(r' (role="graphics-\w+"|aria-roledescription="[^"]*")', "", svg)


def _spec(table: ReportTable, plot: Plot) -> dict[str, Json]:
    rows: list[Json] = [_datum(place, row, plot) for place, row in enumerate(table.rows)]
    layers: list[Json] = [_bars(), _zero_line()]
    if plot.has_texts:
        layers += [_texts("label", 0, "left", INK), _texts("shown", plot.width, "right", None)]
    y: Json = {
        "field": "place",
        "type": "ordinal",
        "axis": None,
        "scale": {"paddingInner": 0.4, "paddingOuter": 0.2},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 0,
        "width": plot.width,
        "height": {"step": plot.row_height},
        "data": {"values": rows},
        "encoding": {"y": y, "x": _scale(table, plot)},
        "layer": layers,
        "config": {"view": {"stroke": None}, "font": fonts.FAMILY, "aria": False},
    }


def _datum(place: int, row: TableRow, plot: Plot) -> Json:
    value = row.cells[0].value
    return {
        "place": place,
        "label": "\n".join(_lines(row, int(plot.width))),
        "shown": signed(row),
        # A picture may be drawn from floats; its figures are written from the table's texts.
        "value": float(value) if isinstance(value, Decimal) else 0,
        "colour": {"better": BETTER, "worse": WORSE, "even": INK}[tone(row)],
        "weight": 400 if row.emphasis == "plain" else 600,
    }


def _scale(table: ReportTable, plot: Plot) -> Json:
    values = [row.cells[0].value for row in table.rows]
    known = [float(value) for value in values if isinstance(value, Decimal)]
    low, high = min([0.0, *known]), max([0.0, *known])
    domain: list[Json] = [low, high if high > low else low + 1]
    scale: Json = {"domain": domain, "range": [plot.left, plot.right], "nice": False}
    return {"field": "value", "type": "quantitative", "axis": None, "scale": scale}


def _bars() -> Json:
    colour: Json = {"field": "colour", "type": "nominal", "scale": None}
    return {"mark": "bar", "encoding": {"color": colour}}


def _zero_line() -> Json:
    return {
        # One line, and not one over another for each row; without a value it would be left out.
        "data": {"values": [{"value": 0}]},
        "mark": {"type": "rule", "stroke": LINE, "strokeWidth": 1},
        "encoding": {"x": {"datum": 0}, "y": None},
    }


def _texts(field: str, x: float, align: str, colour: str | None) -> Json:
    mark: Json = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": FONT_SIZE,
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
        "fontWeight": {"expr": "datum.weight"},
    }
    by_field: Json = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "mark": mark,
        "encoding": {
            "x": {"value": x},
            "text": {"field": field, "type": "nominal"},
            "color": {"value": colour} if colour else by_field,
        },
    }
