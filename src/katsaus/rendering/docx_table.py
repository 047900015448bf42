"""A report table in a word processor's document, as WordprocessingML (ISO/IEC 29500-1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from katsaus.core.formats import NO_BREAK_SPACE
from katsaus.core.tables import ReportTable, TableRow
from katsaus.rendering import layout
from katsaus.rendering.characters import plain
from katsaus.rendering.docx_widths import CELL_MARGIN, TableFit, fit_of, head_of

_LINE, _STRONG_LINE = "D9DCD8", "8D979F"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell's text looks: its style, its size in points, its place."""

    style: str
    size: float
    alignment: layout.Alignment = "left"
    indent: int = 0
    is_kept: bool = False
    is_tight: bool = False


def table_element(table: ReportTable, width: int) -> BaseOxmlElement:
    """Return the table as an element that fits into `width` (twentieths of a point).

    The head row repeats on every page, only a row of long texts is broken over two, names of rows
    are marked as first column, and the rows of a group stay together. A table under its chart is
    small.
    """
    fit = fit_of(table, width)
    rows = "".join([_head(table, fit), *_body(table, fit)])
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in fit.widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(table, sum(fit.widths))}"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _properties(table: ReportTable, width: int) -> str:
    title = quoteattr(plain(layout.heading_of(table)))
    about = quoteattr(plain(table.chart_description or layout.heading_of(table)))
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>'
        f"{_border('bottom', _LINE)}{_border('insideH', _LINE)}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={title}/><w:tblDescription w:val={about}/></w:tblPr>"
    )


def _border(side: str, colour: str, eighths: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def _head(table: ReportTable, fit: TableFit) -> str:
    properties = f"<w:tcBorders>{_border('bottom', _STRONG_LINE, 8)}</w:tcBorders>"
    properties += '<w:vAlign w:val="bottom"/>'
    cells = [
        _cell(head_of(column.label), width, properties, look)
        for column, width in zip(layout.columns_of(table), fit.widths, strict=True)
        for look in [_Look("TableHead", fit.head_size, column.alignment)]
    ]
    return _row(cells, "<w:tblHeader/>")


def _body(table: ReportTable, fit: TableFit) -> Iterator[str]:
    for group in table.groups:
        if group.heading:
            span = f'<w:gridSpan w:val="{len(fit.widths)}"/>'
            look = _Look("TableGroup", fit.size)
            yield _row([_cell(group.heading, sum(fit.widths), span, look)])
        for place, row in enumerate(group.rows):
            yield _figures(table, row, fit, is_kept=place < len(group.rows) - 1)


def _figures(table: ReportTable, row: TableRow, fit: TableFit, *, is_kept: bool) -> str:
    texts = [(row.label, "")] if layout.has_stub(table) else []
    texts += [(cell.shown, cell.mark) for cell in row.cells]
    edge = ""
    if row.emphasis == "total":
        edge = f"<w:tcBorders>{_border('top', _STRONG_LINE, 8)}</w:tcBorders>"
    look = _Look(
        "TableText" if row.emphasis == "plain" else "TableSum",
        fit.size,
        is_kept=is_kept,
        is_tight=bool(table.chart_description),
    )
    columns = zip(texts, fit.widths, layout.columns_of(table), strict=True)
    cells = [
        _cell(
            text,
            width,
            edge + ("<w:noWrap/>" if column.weight == 0 else ""),
            replace(look, alignment=column.alignment, indent=0 if place else row.level),
            mark,
        )
        for place, ((text, mark), width, column) in enumerate(columns)
    ]
    return _row(cells, is_whole=not (table.is_of_texts and layout.is_long_row(row)))


def _row(cells: list[str], more: str = "", *, is_whole: bool = True) -> str:
    whole = "<w:cantSplit/>" if is_whole else ""
    return f"<w:tr><w:trPr>{whole}{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, properties: str, look: _Look, mark: str = "") -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain(text).split("\n")
    )
    about = (
        f'<w:pStyle w:val="{look.style}"/>'
        + ("<w:keepNext/>" if look.is_kept else "")
        + ('<w:spacing w:before="0" w:after="0"/>' if look.is_tight else "")
        + (f'<w:ind w:left="{200 * look.indent}"/>' if look.indent else "")
        + f'<w:jc w:val="{look.alignment}"/>'
    )
    size = f'<w:rPr><w:sz w:val="{round(2 * look.size)}"/></w:rPr>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        f"<w:p><w:pPr>{about}</w:pPr><w:r>{size}{lines}</w:r>{_mark(mark)}</w:p></w:tc>"
    )


def _mark(mark: str) -> str:
    """Return the raised number of a note, which a space parts from the figure."""
    if not mark:
        return ""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{raised}<w:t xml:space="preserve">{NO_BREAK_SPACE}{mark}</w:t></w:r>'
