"""On a machine without the report's typeface a wide one stands in: nothing wraps or is cut off."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from katsaus.core.formats import DisplayUnit
from katsaus.core.reports import Section
from katsaus.core.tables import ReportTable
from katsaus.rendering.docx_widths import CELL_MARGIN, fit_of, head_of
from katsaus.rendering.draw import draw
from rendering.conftest import Drawn
from rendering.sample_report import COLUMNS, divisions, income_statement, sample_report

PAGE = 9666  # Twentieths of a point: A4 between its margins.
# Widths in ems that the bold face of DejaVu Sans gives (its hmtx table, 2048 units an em).
DIGIT, MINUS, SPACE, PERCENT, DASH = 1425 / 2048, 1716 / 2048, 713 / 2048, 2052 / 2048, 0.5
FALLBACK = {"−": MINUS, "\u00a0": SPACE, "%": PERCENT, "–": DASH}
# Points that the regular face gives a digit of 11 points, the unit of a sheet's columns.
SHEET_DIGIT = 11 * 1303 / 2048


def fallback_width(text: str) -> float:
    return sum(FALLBACK.get(letter, DIGIT) for letter in text)


def in_euros(table: ReportTable) -> ReportTable:
    """The table with figures as wide as the city's total has in euros."""
    rows = [
        replace(row, cells=(replace(row.cells[0], shown="−147\u00a0956\u00a0842"), *row.cells[1:]))
        for row in table.rows
    ]
    return replace(
        table,
        display_unit=DisplayUnit.EUR,
        groups=(replace(table.groups[0], rows=tuple(rows)),),
    )


TABLES = [divisions(), in_euros(divisions()), in_euros(income_statement())]


@pytest.mark.parametrize("table", TABLES)
def test_columns_hold_their_widest_figure(table: ReportTable) -> None:
    fit = fit_of(table, PAGE)
    for row in table.rows:
        for cell, width in zip(row.cells, fit.widths[1:], strict=True):
            room = width - 2 * CELL_MARGIN
            assert fallback_width(cell.shown) * fit.size * 20 <= room, cell.shown


@pytest.mark.parametrize("table", TABLES)
def test_a_table_fits_its_page_and_leaves_names_room(table: ReportTable) -> None:
    fit = fit_of(table, PAGE)
    assert PAGE - 10 <= sum(fit.widths) <= PAGE
    assert fit.widths[0] >= 80 * 20
    assert fit.size >= 8
    assert fit.widths[5] < fit.widths[1], "percents are narrower than amounts"


def test_more_columns_than_a_page_holds_are_made_narrower() -> None:
    table = divisions()
    rows = [replace(row, cells=row.cells * 3) for row in table.rows]
    groups = (replace(table.groups[0], rows=tuple(rows)),)
    fit = fit_of(replace(table, columns=COLUMNS * 3, groups=groups), PAGE)
    assert sum(fit.widths) <= PAGE


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Toteuma 1–6/2023", "Toteuma\n1–6/2023"),
        ("Muutettu TA 2023", "Muutettu TA\n2023"),
        ("Toteuma-%", "Toteuma-%"),
        ("2023", "2023"),
    ],
)
def test_a_head_breaks_before_its_time_and_not_inside(label: str, head: str) -> None:
    assert head_of(label) == head


def test_the_table_under_a_chart_is_small(drawn: Drawn) -> None:
    document = docx.Document(io.BytesIO(drawn("docx")))
    widths = [int(table._tbl.xpath("./w:tblPr/w:tblW/@w:w")[0]) for table in document.tables]
    assert widths[0] < PAGE / 2 < widths[1]


def test_a_section_that_starts_a_page_stands_at_its_top() -> None:
    sections = (
        Section("a", "Talous", 1, (income_statement(),)),
        Section("b", "Yksiköt", 1, (divisions(),), starts_page=True),
        # Its only table is its heading.
        Section("c", divisions().title, 1, (divisions(),), starts_page=True),
    )
    document = docx.Document(io.BytesIO(draw(sample_report(sections=sections), "docx")))
    first = [text for text in document.paragraphs if text.paragraph_format.page_break_before]
    assert [text.text for text in first] == ["Yksiköt", "B Toimialat, €"]
    assert {text.paragraph_format.space_before for text in first} == {0}


def test_rows_are_as_high_in_every_face(drawn: Drawn) -> None:
    styles = docx.Document(io.BytesIO(drawn("docx"))).styles
    for name in ("TableText", "TableSum"):
        spacing = styles[name].element.pPr.find(qn("w:spacing"))
        assert spacing.get(qn("w:lineRule")) == "exact"
        assert int(spacing.get(qn("w:line"))) == Pt(10.5).twips


def test_the_cover_fits_its_page_in_a_wide_face(drawn: Drawn) -> None:
    cover = openpyxl.load_workbook(io.BytesIO(drawn("xlsx"))).worksheets[0]
    fitting = cover.sheet_properties.pageSetUpPr
    assert fitting is not None
    assert fitting.fitToPage
    assert (cover.page_setup.fitToWidth or 1, cover.page_setup.fitToHeight) == (1, 0)
    assert cover.page_setup.paperSize == 9
    margins = (cover.page_margins.left + cover.page_margins.right) * 72
    assert cover.column_dimensions["A"].width * SHEET_DIGIT <= 595 - margins


def test_texts_on_the_cover_wrap_in_rows_that_are_high_enough(drawn: Drawn) -> None:
    cover = openpyxl.load_workbook(io.BytesIO(drawn("xlsx"))).worksheets[0]
    room = cover.column_dimensions["A"].width * SHEET_DIGIT
    for cell in cover["A"]:
        if cell.value and not cell.hyperlink:
            assert cell.alignment.wrap_text
            # A letter of the wide face takes some 0.6 em, a bold one 0.69; lines 1.17 em.
            size, height = cell.font.size, cover.row_dimensions[cell.row].height or 15
            width = len(str(cell.value)) * size * (0.69 if cell.font.bold else 0.6)
            assert height >= width / room * size * 1.17, cell.value


def test_paragraphs_on_the_cover_are_parted_by_small_gaps(drawn: Drawn) -> None:
    cover = openpyxl.load_workbook(io.BytesIO(drawn("xlsx"))).worksheets[0]
    gaps = [cover.row_dimensions[cell.row].height for cell in cover["A"] if not cell.value]
    assert gaps
    assert all(gap and gap <= 12 for gap in gaps)


def test_heads_of_a_sheet_do_not_touch(drawn: Drawn) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(drawn("xlsx")))["B Toimialat"]
    for letter, column in zip("BCDEFG", COLUMNS, strict=True):
        # A letter of a head takes 0.62 em in the wide face.
        room = sheet.column_dimensions[letter].width * SHEET_DIGIT
        assert len(column.label) * 11 * 0.62 < room - 5, column.label
