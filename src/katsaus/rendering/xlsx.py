"""The report as a workbook: a sheet a table, numbers as numbers, ready to print."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from math import ceil
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from katsaus.core.reports import Prose, Report
from katsaus.core.tables import Cell, ReportTable, TableRow
from katsaus.rendering import layout
from katsaus.rendering.characters import plain
from katsaus.rendering.fonts import FAMILY
from katsaus.rendering.number_formats import shape_of
from katsaus.rendering.prose import plain_lines, read_prose
from katsaus.rendering.sheet_names import sheet_names
from katsaus.rendering.words import WORDS

HEAD_ROW = 3  # The rows above hold the table's heading and the report's.
_INK, _QUIET, _ACCENT, _LINE, _STRONG_LINE = "#16212B", "#56636F", "#0A5468", "#D9DCD8", "#8D979F"
# Widths in digits of the workbook's face; heights in points are a line's size times its leading.
# The cover is narrower than a page even where the face is a wide one: a spreadsheet makes columns
# smaller to fit a page, but does not so with a single one that is too wide.
_COVER_WIDTH, _TEXT_WIDTH, _HEAD_WIDTH, _PORTRAIT_CHARACTERS, _LEADING = 70, 32, 20, 80, 1.36
_EMS_A_DIGIT, _BOLD, _GAP = 0.636, 0.85, 4


def report_workbook(report: Report) -> bytes:
    """Return the report as XLSX, the same bytes for the same report.

    Amounts are exact euros and percents fractions; number formats show them as the report
    prints them. Nothing booked and errors are the texts that the report prints.
    """
    return _workbook(report, has_cover=True)


def table_workbook(report: Report) -> bytes:
    """Return the tables of a report as XLSX, without the sheet of its words before them."""
    return _workbook(report, has_cover=False)


def _workbook(report: Report, *, has_cover: bool) -> bytes:
    content, report = io.BytesIO(), layout.for_sheets(report)
    with Workbook(content, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties(
            {
                "title": plain(layout.document_title(report)),
                "author": plain(report.municipality_name),
                "subject": plain(report.period_text),
                "comments": plain(report.finding),
                "created": datetime.combine(report.period.ends_on, time()),
            }
        )
        styles = _Styles(workbook)
        names = sheet_names(report)
        if has_cover:
            cover = workbook.add_worksheet(WORDS[report.language].cover)
            _Cover(report, cover, styles).write(names)
        for table, name in zip(report.tables, names, strict=True):
            _Sheet(report, table, workbook.add_worksheet(name), styles).write()
    return content.getvalue()


class _Styles:
    """The workbook's formats, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            face = {"font_name": FAMILY, "font_size": 11, "font_color": _INK, "valign": "top"}
            self._made[key] = self._workbook.add_format({**face, **properties})
        return self._made[key]


@dataclass
class _Cover:
    """The first sheet: what the report says in words, and the way to its tables."""

    report: Report
    sheet: Worksheet
    styles: _Styles
    row: int = 0

    def write(self, names: list[str]) -> None:
        report, words = self.report, WORDS[self.report.language]
        self.sheet.set_column(0, 0, _COVER_WIDTH)
        self.sheet.hide_gridlines(2)
        _set_page(self.sheet, report)
        self._line(report.municipality_name, bold=True, font_color=_ACCENT)
        self._line(f"{report.title} · {report.period_text}", font_color=_QUIET)
        self._line(report.finding, bold=True, font_size=20)
        self._line(report.lead, font_size=13)
        self._heading(words.contents)
        for table, name in zip(report.tables, names, strict=True):
            link = self.styles.get(font_color=_ACCENT, underline=1)
            place = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
            self.sheet.write_url(self.row, 0, place, link, plain(layout.heading_of(table)))
            self.row += 1
        self._texts()

    def _texts(self) -> None:
        for section in self.report.sections:
            texts = [block for block in section.blocks if isinstance(block, Prose)]
            if texts and section.title:
                self._heading(section.title)
            for text in texts:
                for block in read_prose(text.markdown):
                    for line in plain_lines([block]):
                        self._line(line)
                    self._gap(_GAP)

    def _heading(self, text: str) -> None:
        self._gap(3 * _GAP)
        self._line(text, bold=True, font_size=14)

    def _gap(self, height: float) -> None:
        self.sheet.set_row(self.row, height)
        # A row without a cell would not be written.
        self.sheet.write_blank(self.row, 0, None, self.styles.get())
        self.row += 1

    def _line(self, text: str, font_size: int = 11, **properties: object) -> None:
        properties["font_size"] = font_size
        style = self.styles.get(text_wrap=True, **properties)
        width = _COVER_WIDTH * 11 / font_size * (_BOLD if "bold" in properties else 1)
        self.sheet.set_row(self.row, _lines_of(text, width) * font_size * _LEADING)
        self.sheet.write_string(self.row, 0, plain(text), style)
        self.row += 1


@dataclass
class _Sheet:
    """One table on its sheet."""

    report: Report
    table: ReportTable
    sheet: Worksheet
    styles: _Styles
    row: int = HEAD_ROW

    def write(self) -> None:
        self._set_up()
        heading = self.styles.get(bold=True, font_size=14)
        self.sheet.write_string(0, 0, plain(layout.heading_of(self.table)), heading)
        whence = f"{self.report.municipality_name} · {self.report.period_text}"
        self.sheet.write_string(1, 0, plain(whence), self.styles.get(font_color=_QUIET))
        self._write_heads()
        for group in self.table.groups:
            if group.heading:
                self._text(0, group.heading, bold=True, font_color=_ACCENT)
                self.row += 1
            for row in group.rows:
                self._write_row(row)
        self.row += 1
        for note in layout.numbered(self.table.notes):
            self._text(0, note, font_color=_QUIET)
            self.row += 1

    def _set_up(self) -> None:
        widths = list(_widths(self.table))
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self.sheet.hide_gridlines(2)
        self.sheet.freeze_panes(HEAD_ROW + 1, 1)
        self.sheet.repeat_rows(HEAD_ROW)
        if sum(widths) > _PORTRAIT_CHARACTERS:
            self.sheet.set_landscape()
        _set_page(self.sheet, self.report)
        # A figure that stands as text does so on purpose: nothing was booked.
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_heads(self) -> None:
        heads = [column.label for column in layout.columns_of(self.table)]
        self._set_height(heads)
        for place, column in enumerate(layout.columns_of(self.table)):
            self._text(
                place,
                column.label,
                align=column.alignment,
                text_wrap=True,
                font_color=_QUIET,
                valign="bottom",
                bottom=1,
                bottom_color=_STRONG_LINE,
            )
        self.row += 1

    def _write_row(self, row: TableRow) -> None:
        face: dict[str, object] = {"bottom": 1, "bottom_color": _LINE}
        if row.emphasis != "plain":
            face["bold"] = True
        if row.emphasis == "total":
            face |= {"top": 1, "top_color": _STRONG_LINE}
        first = 1 if layout.has_stub(self.table) else 0
        if first:
            self._text(0, row.label, indent=row.level, text_wrap=True, **face)
        texts = [row.label] if first else []
        self._set_height([*texts, *(cell.shown for cell in row.cells)])
        aligned = layout.columns_of(self.table)[first:]
        for place, (cell, column) in enumerate(zip(row.cells, aligned, strict=True)):
            self._write_cell(place + first, cell, place, align=column.alignment, **face)
        self.row += 1

    def _write_cell(self, at: int, cell: Cell, place: int, **face: object) -> None:
        column, language = self.table.columns[place], self.report.language
        shape = shape_of(cell, column, self.table.display_unit, language)
        if shape is None:
            self._text(at, cell.shown, text_wrap=True, **face)
        else:
            style = self.styles.get(num_format=shape.code(language), **face)
            self.sheet.write_number(self.row, at, float(str(cell.value)), style)
        if cell.mark:
            note = plain(layout.numbered(self.table.notes)[int(cell.mark) - 1])
            self.sheet.write_comment(self.row, at, note, {"x_scale": 2})

    def _set_height(self, texts: list[str]) -> None:
        """Make the row as high as its longest text: not every program does it by itself."""
        lines = max(
            1 if _digits(text) <= width else _lines_of(text, (width - 2) * _BOLD)
            for text, width in zip(texts, _widths(self.table), strict=True)
        )
        self.sheet.set_row(self.row, lines * 11 * _LEADING)

    def _text(self, at: int, text: str, **face: object) -> None:
        self.sheet.write_string(self.row, at, plain(text), self.styles.get(**face))


def _widths(table: ReportTable) -> Iterator[float]:
    """Yield the columns' widths: whole figures and short heads even in a wide bold face."""
    rows = list(table.rows)
    if layout.has_stub(table):
        yield min(_TEXT_WIDTH, max([14, *(_digits(row.label) + 2 * row.level for row in rows)]))
    for place, column in enumerate(table.columns):
        head = _digits(column.label)
        if head > _HEAD_WIDTH:
            head = max(map(_digits, column.label.split()))
        shown = [_digits(row.cells[place].shown) for row in rows]
        yield min(_TEXT_WIDTH, max([10, head, *shown]))


def _digits(text: str) -> int:
    """Return how wide a column shows a text on one line, with room on both sides."""
    return ceil(layout.widest(text) / _EMS_A_DIGIT) + 2


def _lines_of(text: str, width: float) -> int:
    return sum(max(1, len(wrap(line, max(4, int(width))))) for line in text.split("\n"))


def _set_page(sheet: Worksheet, report: Report) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    title, period = _field_text(layout.document_title(report)), _field_text(report.period_text)
    sheet.set_header(f"&L{title}&R{period}")
    page = WORDS[report.language].page.format(page="&P", pages="&N")
    sheet.set_footer(f"&L{_field_text(report.source_line)}&R{page}")


def _field_text(text: str) -> str:
    """Write a text for a page's head or foot, where an ampersand begins a field."""
    return plain(text).replace("&", "&&")
