"""Reads drawn reports back: each reader gives the texts that a person sees, row by row."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import docx
import openpyxl
import pikepdf
import pypdfium2
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell

from katsaus.core.reports import Report

Rows = list[list[str]]


def rows_of_report(report: Report) -> Rows:
    return [
        [row.label, *(cell.shown for cell in row.cells)]
        for table in report.tables
        for row in table.rows
    ]


def rows_of_json(content: bytes) -> Rows:
    return [
        [row["label"], *(cell["shown"] for cell in row["cells"])]
        for table in json.loads(content)["tables"]
        for row in table["rows"]
    ]


def cells_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def rows_of_docx(content: bytes) -> Rows:
    rows = []
    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows[1:]:
            spans = row._tr.xpath(".//w:gridSpan")
            if not spans:
                rows.append([cell.text for cell in row.cells])
    return rows


def rows_of_xlsx(content: bytes, thousands: str = "\u00a0", decimal: str = ",") -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = []
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=5):
            texts = [shown_in_sheet(cell, thousands, decimal) for cell in row]
            if any(texts[1:]):
                rows.append(texts)
    return rows


def shown_in_sheet(
    cell: SheetCell | MergedCell, thousands: str = "\u00a0", decimal: str = ","
) -> str:
    """What a spreadsheet of the given marks shows: the value under its number format."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    sections = cell.number_format.split(";")
    value = Decimal(repr(cell.value))
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    literal = re.split(r"[#0,.]+", re.sub(r'"([^"]*)"', r"\1", section))
    digits = re.search(r"#,##0(\.0+)?(,*)", section)
    assert digits, cell.number_format
    decimals = len(digits[1] or ".") - 1
    number = abs(value).scaleb(-3 * len(digits[2])).scaleb(2 * section.count("%"))
    number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{number:,f}".translate({ord(","): thousands, ord("."): decimal})
    return literal[0] + text + literal[-1]


def squeezed(text: str) -> str:
    """A text without what line breaks add to it or take from it."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]", "", text)


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return squeezed("".join(texts))


def tags(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All structure elements under one, in the order of reading."""
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)


def attribute(element: pikepdf.Object, name: str) -> pikepdf.Object | None:
    for attributes in element.get("/A", []):
        if name in attributes:
            return attributes[name]
    return None
