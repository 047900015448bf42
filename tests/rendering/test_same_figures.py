"""Every form of a report has the same figures: each is read back and held against the report."""

from dataclasses import replace
from decimal import Decimal

import pytest

from katsaus.core.formats import DisplayUnit
from katsaus.core.reports import Report, Section
from katsaus.core.results import DIVISION_BY_ZERO
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableRow
from katsaus.rendering.draw import FORMATS, Format, draw
from rendering.conftest import Drawn
from rendering.readers import (
    cells_of_csv,
    rows_of_docx,
    rows_of_json,
    rows_of_report,
    rows_of_xlsx,
    squeezed,
    text_of_pdf,
)
from rendering.sample_report import COLUMNS, income_statement, sample_report

ODD_CELLS = (
    Cell(None, "0"),
    Cell(None, "–"),
    Cell(Decimal("-0.3"), "0"),
    Cell(Decimal("0"), "0"),
    Cell(DIVISION_BY_ZERO, "jako nollalla"),
    Cell(Decimal("99999999999.99"), "100\u00a0000\u00a0000\u00a0000"),
)


def odd_table() -> ReportTable:
    row = TableRow("odd", "Outo rivi", "64000000", ODD_CELLS)
    return ReportTable("odd", "Oudot", DisplayUnit.EUR, COLUMNS, (RowGroup("", (row,)),))


def odd_report() -> Report:
    return sample_report(sections=(Section("odd", "Oudot", 1, (odd_table(),)),))


def assert_pdf_has(content: bytes, report: Report) -> None:
    text = text_of_pdf(content)
    for row in rows_of_report(report):
        if row[0] not in CHART_LABELS:
            assert squeezed("".join(row)) in text, row


CHART_LABELS = {
    "Keskusvirasto",
    "Elinvoimatoimiala",
    "Hyvinvointitoimiala",
    "Ympäristötoimiala",
    "Yhteensä",
}


def test_json_shows_what_the_report_shows(drawn: Drawn, sample: Report) -> None:
    assert rows_of_json(drawn("json")) == rows_of_report(sample)


def test_docx_shows_what_the_report_shows(drawn: Drawn, sample: Report) -> None:
    assert rows_of_docx(drawn("docx")) == rows_of_report(sample)


def test_xlsx_shows_what_the_report_shows(drawn: Drawn, sample: Report) -> None:
    assert rows_of_xlsx(drawn("xlsx")) == rows_of_report(sample)


def test_pdf_shows_what_the_report_shows(drawn: Drawn, sample: Report) -> None:
    assert_pdf_has(drawn("pdf"), sample)


def test_csv_shows_what_the_report_shows(drawn: Drawn, sample: Report) -> None:
    shown = [cell["shown"] for cell in cells_of_csv(drawn("csv"))]
    assert shown == [text for row in rows_of_report(sample) for text in row[1:]]


def test_the_chart_shows_its_table_with_a_sign_beside_the_colour(drawn: Drawn) -> None:
    text = text_of_pdf(drawn("pdf"))
    assert "Keskusvirasto▲356Elinvoimatoimiala▼−499Hyvinvointitoimiala▼−1240" in text


def test_what_is_missing_zero_or_wrong_reads_the_same_everywhere() -> None:
    report = odd_report()
    expected = rows_of_report(report)
    assert rows_of_json(draw(report, "json")) == expected
    assert rows_of_docx(draw(report, "docx")) == expected
    assert rows_of_xlsx(draw(report, "xlsx")) == expected
    assert_pdf_has(draw(report, "pdf"), report)


def test_missing_is_null_in_programs_and_zero_is_zero() -> None:
    values = [cell["value"] for cell in cells_of_csv(draw(odd_report(), "csv"))]
    assert values == ["", "", "-0.3", "0", "", "99999999999.99"]


def test_english_marks_are_the_same_everywhere() -> None:
    table = replace(income_statement("en"), notes=())
    report = sample_report("en", sections=(Section("a", "Income statement", 1, (table,)),))
    assert rows_of_xlsx(draw(report, "xlsx"), ",", ".") == rows_of_report(report)
    assert_pdf_has(draw(report, "pdf"), report)


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_report_is_the_same_bytes(file_format: Format, drawn: Drawn) -> None:
    assert draw(sample_report(), file_format) == drawn(file_format)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_without_tables_is_drawn(file_format: Format) -> None:
    assert draw(sample_report(sections=()), file_format)
