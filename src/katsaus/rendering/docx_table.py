"""A report table in a word processor's document, as WordprocessingML (ISO/IEC 29500-1)."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from katsaus.core.tables import ReportTable, TableRow
from katsaus.rendering import layout
from katsaus.rendering.characters import plain

_LINE, _STRONG_LINE = "D9DCD8", "8D979F"
# Widths in twentieths of a point: a figure's letter, and the room beside a column's text.
_LETTER, _ROOM, _NARROWEST = 100, 190, 640


def table_element(table: ReportTable, width: int) -> BaseOxmlElement:
    """Return the table as an element that fills `width` (twentieths of a point).

    The head row repeats on every page, no row is broken over two, names of rows are marked as
    first column, and the rows of a group stay together.
    """
    widths = _widths(table, width)
    rows = "".join([_head(table, widths), *_body(table, widths)])
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(table, width)}<w:tblGrid>{grid}</w:tblGrid>{rows}"
        "</w:tbl>"
    )


def _properties(table: ReportTable, width: int) -> str:
    title = quoteattr(plain(layout.heading_of(table)))
    about = quoteattr(plain(table.chart_description or layout.heading_of(table)))
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>'
        f"{_border('bottom', _LINE)}{_border('insideH', _LINE)}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar>"
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={title}/><w:tblDescription w:val={about}/></w:tblPr>"
    )


def _border(side: str, colour: str, eighths: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def _head(table: ReportTable, widths: list[int]) -> str:
    edge = f"<w:tcBorders>{_border('bottom', _STRONG_LINE, 8)}</w:tcBorders>"
    cells = [
        _cell(
            column.label, size, f'{edge}<w:vAlign w:val="bottom"/>', "TableHead", column.alignment
        )
        for column, size in zip(layout.columns_of(table), widths, strict=True)
    ]
    return _row(cells, "<w:tblHeader/>")


def _body(table: ReportTable, widths: list[int]) -> Iterator[str]:
    for group in table.groups:
        if group.heading:
            span = f'<w:gridSpan w:val="{len(widths)}"/>'
            yield _row([_cell(group.heading, sum(widths), span, "TableGroup", "left")])
        for place, row in enumerate(group.rows):
            yield _figures(table, row, widths, is_kept=place < len(group.rows) - 1)


def _figures(table: ReportTable, row: TableRow, widths: list[int], *, is_kept: bool) -> str:
    texts = [row.label] if layout.has_stub(table) else []
    texts += [cell.shown for cell in row.cells]
    columns = layout.columns_of(table)
    edge = ""
    if row.emphasis == "total":
        edge = f"<w:tcBorders>{_border('top', _STRONG_LINE, 8)}</w:tcBorders>"
    style = "TableText" if row.emphasis == "plain" else "TableSum"
    cells = [
        _cell(
            text,
            size,
            edge + _no_wrap(column),
            style,
            column.alignment,
            row.level * (not place),
            is_kept,
        )
        for place, (text, size, column) in enumerate(zip(texts, widths, columns, strict=True))
    ]
    return _row(cells)


def _no_wrap(column: layout.ColumnLayout) -> str:
    return "<w:noWrap/>" if column.weight == 0 else ""


def _row(cells: list[str], more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str,
    width: int,
    properties: str,
    style: str,
    alignment: layout.Alignment,
    indent: int = 0,
    is_kept: bool = False,
) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain(text).split("\n")
    )
    about = (
        f'<w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/>" if is_kept else "")
        + (f'<w:ind w:left="{200 * indent}"/>' if indent else "")
        + f'<w:jc w:val="{alignment}"/>'
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        f"<w:p><w:pPr>{about}</w:pPr><w:r>{lines}</w:r></w:p></w:tc>"
    )


def _widths(table: ReportTable, width: int) -> list[int]:
    """Share the width out: figures take what they need, texts the rest by their weights."""
    columns = layout.columns_of(table)
    first = 1 if layout.has_stub(table) else 0
    needs = [
        _need(table, place - first, column.label) if column.weight == 0 else 0
        for place, column in enumerate(columns)
    ]
    weights = sum(column.weight for column in columns) or 1
    rest = max(0, width - sum(needs))
    return [
        need or max(_NARROWEST, int(rest * column.weight / weights))
        for need, column in zip(needs, columns, strict=True)
    ]


def _need(table: ReportTable, place: int, label: str) -> int:
    longest = max((len(row.cells[place].shown) for row in table.rows), default=0)
    word = max(map(len, label.split()), default=0)
    return max(_NARROWEST, max(longest, word) * _LETTER + _ROOM)
