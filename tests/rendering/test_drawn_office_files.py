"""What the office goes on with: the document's styles and the workbook's numbers."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from katsaus.core.formats import DisplayUnit
from katsaus.core.names import Language
from katsaus.core.reports import Prose, Section
from katsaus.core.tables import Cell
from katsaus.rendering.draw import draw
from katsaus.rendering.number_formats import shape_of
from katsaus.rendering.sheet_names import sheet_names
from rendering.conftest import Drawn
from rendering.sample_report import (
    CHART_DESCRIPTION,
    COLUMNS,
    divisions,
    income_statement,
    sample_report,
    texts_table,
)


def style_of(paragraph: DocxParagraph) -> str | None:
    return paragraph.style.name if paragraph.style else None


def test_the_document_has_real_headings(drawn: Drawn) -> None:
    paragraphs = docx.Document(io.BytesIO(drawn("docx"))).paragraphs
    headings = [
        (style_of(text), text.text)
        for text in paragraphs
        if (style_of(text) or "")[:7] == "Heading"
    ]
    assert headings[:3] == [
        ("Heading 1", "Talouden kokonaiskuva"),
        ("Heading 2", "Ennusteen ja muutetun talousarvion erotus, 1\u00a0000\u00a0€"),
        ("Heading 2", "A Tuloslaskelma, 1\u00a0000\u00a0€"),
    ]
    assert [text.text for text in paragraphs if style_of(text) == "Title"] == [
        "Ennuste on 1,55 milj. € muutettua talousarviota heikompi"
    ]


def test_head_rows_repeat_and_no_row_is_broken(drawn: Drawn) -> None:
    for table in docx.Document(io.BytesIO(drawn("docx"))).tables:
        heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
        assert heads[0]
        assert not any(heads[1:])
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_tables_and_chart_are_described(drawn: Drawn) -> None:
    document = docx.Document(io.BytesIO(drawn("docx")))
    captions = [table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val") for table in document.tables]
    assert captions[1] == ["A Tuloslaskelma, 1\u00a0000\u00a0€"]
    assert document.inline_shapes[0]._inline.docPr.get("descr") == CHART_DESCRIPTION


@pytest.mark.parametrize(
    ("language", "locale"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")]
)
def test_the_document_says_its_language(language: Language, locale: str) -> None:
    document = docx.Document(io.BytesIO(draw(sample_report(language), "docx")))
    languages = list(document.styles.element.iter(qn("w:lang")))
    assert languages
    assert {each.get(qn("w:val")) for each in languages} == {locale}
    assert document.core_properties.language == locale


def test_texts_keep_their_faces_and_lists(drawn: Drawn) -> None:
    paragraphs = docx.Document(io.BytesIO(drawn("docx"))).paragraphs
    by_text = {paragraph.text: paragraph for paragraph in paragraphs}
    item = by_text["Tietohallinnon ennuste alittaa talousarvion 200 000 eurolla."]
    assert style_of(item) == "List Bullet"
    assert [run.text for run in item.runs if run.bold] == ["200 000 eurolla"]
    assert style_of(by_text["toimintojen siirto"]) == "List Number 2"


def test_each_numbered_list_begins_anew() -> None:
    sections = (Section("a", "A", 1, (Prose("1. yksi\n2. kaksi\n\nväli\n\n1. yksi taas"),)),)
    paragraphs = docx.Document(
        io.BytesIO(draw(sample_report(sections=sections), "docx"))
    ).paragraphs
    numbers = {
        paragraph.text: paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        for paragraph in paragraphs
        if style_of(paragraph) == "List Number"
    }
    assert numbers["yksi"] == numbers["kaksi"] != numbers["yksi taas"]


def test_control_characters_do_not_break_a_file() -> None:
    table = replace(income_statement(), title="A\x0bB", notes=("\x00 \ud800",))
    report = sample_report(sections=(Section("a", "\x07", 1, (Prose("\x0c\x1f"), table)),))
    assert docx.Document(io.BytesIO(draw(report, "docx"))).tables
    assert openpyxl.load_workbook(io.BytesIO(draw(report, "xlsx"))).sheetnames[1] == "A AB"


def test_amounts_are_exact_numbers_in_euros(drawn: Drawn) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(drawn("xlsx")))["A Tuloslaskelma"]
    assert [cell.value for cell in sheet[4]][:3] == ["", "TP 2022", "TA 2023"]
    assert sheet["B5"].value == 37025819.12
    assert sheet["B5"].number_format == '#,##0,;"−"#,##0,'
    assert sheet["F5"].value == pytest.approx(0.599758, rel=1e-5)
    assert sheet["F5"].number_format == '#,##0"\u00a0"%;"−"#,##0"\u00a0"%'
    assert sheet["C13"].value == "–"


def test_what_rounds_to_zero_from_below_is_a_number_without_a_sign() -> None:
    cell = Cell(Decimal("-0.3"), "0")
    shape = shape_of(cell, COLUMNS[0], DisplayUnit.EUR, "fi")
    assert shape is not None
    assert shape.code("fi") == "#,##0;#,##0"


def test_a_text_that_no_format_shows_stays_a_text() -> None:
    assert shape_of(Cell(Decimal(5), "noin 5"), COLUMNS[0], DisplayUnit.EUR, "fi") is None


def test_sheets_are_ready_to_read_and_to_print(drawn: Drawn) -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn("xlsx")))
    assert book.properties.title == "Kemin kaupunki: Osavuosikatsaus 1–6/2023"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        fitting = sheet.sheet_properties.pageSetUpPr
        assert fitting is not None
        assert fitting.fitToPage
    assert book["B Toimialat"].page_setup.orientation == "landscape"


def test_the_cover_tells_the_finding_and_leads_to_the_tables(drawn: Drawn) -> None:
    cover = openpyxl.load_workbook(io.BytesIO(drawn("xlsx"))).worksheets[0]
    texts = [cell.value for cell in cover["A"]]
    assert cover.title == "Yhteenveto"
    assert "Ennuste on 1,55 milj. € muutettua talousarviota heikompi" in texts
    assert "• Tietohallinnon ennuste alittaa talousarvion 200 000 eurolla." in texts
    links = [cell.hyperlink.location for cell in cover["A"] if cell.hyperlink]
    assert links[1] == "'A Tuloslaskelma'!A1"


def test_a_text_is_never_a_formula() -> None:
    texts = ("=1+1", "+1", "-5 kpl", "@SUM(A1)")
    columns = {f"c{place}": f"={place}" for place in range(4)}
    table = replace(texts_table("t", "=cmd", columns, {"=rivi": texts}), notes=("=huomautus",))
    report = sample_report(finding="=1+2", sections=(Section("a", "=luku", 1, (table,)),))
    book = openpyxl.load_workbook(io.BytesIO(draw(report, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in book.worksheets[1][5]] == ["=rivi", *texts]


def test_names_of_sheets_are_legal_and_unique() -> None:
    title = "Maankäyttö: asuminen [ja] kaupunkisuunnittelu / lupa?"
    tables = [replace(divisions(), title=title) for _ in range(3)]
    tables.append(replace(divisions(), title="'", letter=""))
    names = sheet_names(sample_report(sections=(Section("a", "A", 1, tuple(tables)),)))
    assert names == [
        "B Maankäyttö asuminen ja",
        "B Maankäyttö asuminen ja 2",
        "B Maankäyttö asuminen ja 3",
        "Taulukko",
    ]


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_files_do_not_tell_when_they_were_made(file_format: str, drawn: Drawn) -> None:
    content = drawn("docx" if file_format == "docx" else "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}
        assert b"2023-06-30T00:00:00Z" in file.read("docProps/core.xml")
