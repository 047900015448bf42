"""Kemi's whole report in every form: the same tables, titles, order and text of every cell."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import takewhile

import docx
import openpyxl
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.cell import Cell, MergedCell
from pytest_django.plugin import DjangoDbBlocker

from katsaus.core.formats import NO_BREAK_SPACE
from katsaus.core.names import Language
from katsaus.core.periods import Period
from katsaus.core.reports import Prose, Report
from katsaus.core.tables import ReportTable, exact
from katsaus.rendering import layout
from katsaus.rendering.draw import draw
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.compose import compose
from katsaus.web.reports.writing import Format, write
from rendering.readers import shown_in_sheet, squeezed, text_of_pdf

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
ReportIn = Callable[[Language], Report]


@dataclass
class Printed:
    """A table as it reads on paper: its heading, the heads of its columns, its lines in order.

    The heading of a group is a line of one text.
    """

    heading: str
    heads: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def report_in(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> ReportIn:
    @cache
    def composed(language: Language) -> Report:
        with django_db_blocker.unblock():
            return compose(Municipality.objects.get(slug="kemi"), Period(2023, 6), language)

    return composed


@pytest.fixture(scope="module")
def report(report_in: ReportIn) -> Report:
    return report_in("fi")


def expected(report: Report) -> list[Printed]:
    return [printed(table) for table in layout.for_readers(report).tables]


def printed(table: ReportTable) -> Printed:
    stub = 0 if layout.has_stub(table) else 1
    heads = [table.stub_label, *(column.label for column in table.columns)]
    found = Printed(layout.heading_of(table), heads[stub:])
    for group in table.groups:
        found.lines += [[group.heading]] if group.heading else []
        lines = [
            [row.label, *(marked(cell.shown, cell.mark) for cell in row.cells)]
            for row in group.rows
        ]
        found.lines += [line[stub:] for line in lines]
    return found


def marked(shown: str, mark: str) -> str:
    """A figure with the number of its note, which who copies them both can tell apart."""
    return f"{shown}{NO_BREAK_SPACE}{mark}" if mark else shown


class TablesOfPage(HTMLParser):
    """Takes the tables, and the text outside them, out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Printed] = []
        self.text = ""
        self.language = ""
        self._cell: str | None = None
        self._row: list[str] = []
        self._is_head = False
        self._is_unseen = False  # words for those who listen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs)["lang"] or ""
        elif tag == "span":
            self._is_unseen = dict(attrs).get("class") == "unseen"
        elif tag == "table":
            self.tables.append(Printed(""))
        elif tag == "tr":
            self._row = []
        elif tag in ("th", "td", "caption"):
            self._cell = ""
            self._is_head = dict(attrs).get("scope") == "col"

    def handle_data(self, data: str) -> None:
        if self._is_unseen:
            return
        if self._cell is None:
            self.text += data
        else:
            self._cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.tables[-1].heading = self._cell or ""
            self._cell = None
        elif tag == "span":
            self._is_unseen = False
        elif tag in ("th", "td"):
            (self.tables[-1].heads if self._is_head else self._row).append(self._cell or "")
            self._cell = None
        elif tag == "tr" and self._row:
            self.tables[-1].lines.append(self._row)


def page_of(report: Report) -> TablesOfPage:
    page = TablesOfPage()
    page.feed(write(report, Format.HTML).decode())
    return page


def tables_of_json(report: Report) -> list[Printed]:
    """The contract in JSON has no headings of groups, and the title without letter and unit."""
    return [
        Printed(
            table["title"],
            [column["label"] for column in table["columns"]],
            [[row["label"], *(cell["shown"] for cell in row["cells"])] for row in table["rows"]],
        )
        for table in json.loads(write(report, Format.JSON))["tables"]
    ]


def tables_of_docx(content: bytes) -> Iterator[Printed]:
    """Tables with the heading that stands nearest before them."""
    heading = ""
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Paragraph):
            is_heading = part.style is not None and (part.style.name or "").startswith("Heading")
            heading = part.text if is_heading else heading
        elif isinstance(part, Table):
            rows = [
                [cell.text for cell in row.cells][: 1 if row._tr.xpath(".//w:gridSpan") else None]
                for row in part.rows
            ]
            heads = [head.replace("\n", " ") for head in rows[0]]  # where the head breaks
            yield Printed(heading, heads, rows[1:])


def tables_of_xlsx(content: bytes) -> Iterator[Printed]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:]:
        rows = [
            [marked(shown_in_sheet(cell), mark_of(cell)) for cell in row]
            for row in sheet.iter_rows()
        ]
        # Notes stand under the table, after an empty row.
        lines = [row if any(row[1:]) else row[:1] for row in takewhile(any, rows[4:])]
        yield Printed(rows[0][0], rows[3], lines)


def mark_of(cell: Cell | MergedCell) -> str:
    """The number that the note of a cell begins with."""
    return cell.comment.text.partition(")")[0] if cell.comment else ""


def words_of(report: Report) -> list[str]:
    """The texts of the report outside its tables, without the marks of Markdown."""
    prose = [
        block.markdown
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Prose)
    ]
    paragraphs = [each for text in prose for each in text.split("\n\n")]
    assert len(paragraphs) > 10
    return [report.finding, report.lead, *(re.sub(r"[*_]", "", each) for each in paragraphs)]


def assert_in_order(text: str, wanted: list[str]) -> None:
    at = 0
    for each in map(squeezed, wanted):
        found = text.find(each, at)
        assert found >= 0, f"{each!r} is not there, or not in its place"
        at = found + len(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_table_as_the_report_says(
    report_in: ReportIn, language: Language
) -> None:
    page = page_of(report_in(language))
    assert page.language == language
    assert page.tables == expected(report_in(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_has_every_table_as_the_report_says(report_in: ReportIn, language: Language) -> None:
    report = report_in(language)
    assert tables_of_json(report) == [
        Printed(
            table.title,
            [column.label for column in table.columns],
            [[row.label, *(cell.shown for cell in row.cells)] for row in table.rows],
        )
        for table in report.tables
    ]


def test_the_languages_have_the_same_values_in_words_of_their_own(report_in: ReportIn) -> None:
    fi, sv, en = (json.loads(write(report_in(each), Format.JSON)) for each in LANGUAGES)
    for other in (sv, en):
        assert values_of(other) == values_of(fi)
        ours, theirs = fi["tables"][1]["rows"], other["tables"][1]["rows"]
        assert all(a["label"] != b["label"] for a, b in zip(ours, theirs, strict=True))
        assert fi["tables"][1]["title"] != other["tables"][1]["title"]
    assert en["tables"][1]["rows"][0]["cells"][0]["shown"] == "37,026"
    assert sv["tables"][1]["rows"][0]["cells"][0]["shown"] == "37\N{NO-BREAK SPACE}026"


Values = list[tuple[str, str, str, str | None]]


def values_of(
    contract: dict[str, list[dict[str, list[dict[str, list[dict[str, str]]]]]]],
) -> Values:
    return [
        (str(table["id"]), str(row["unit"]), str(row["id"]), cell["value"])
        for table in contract["tables"]
        for row in table["rows"]
        for cell in row["cells"]
    ]


def test_csv_has_every_cell_in_its_order_exactly(report: Report) -> None:
    content = write(report, Format.CSV).decode()
    assert list(csv.DictReader(io.StringIO(content, newline=""))) == [
        {
            "table": table.id,
            "unit": row.unit,
            "row": row.id,
            "column": column.id,
            "value": exact(cell.value) or "",
            "shown": cell.shown,
        }
        for table in report.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]


def test_csv_and_json_have_the_same_exact_values(report: Report) -> None:
    contract = json.loads(write(report, Format.JSON))
    lines = csv.DictReader(io.StringIO(draw(report, "csv").decode(), newline=""))
    in_csv = [(line["table"], line["unit"], line["row"], line["value"] or None) for line in lines]
    assert in_csv == values_of(contract)


def test_docx_has_every_table_as_the_report_says(report: Report) -> None:
    assert list(tables_of_docx(write(report, Format.DOCX))) == expected(report)


def test_xlsx_shows_every_table_as_the_report_says(report: Report) -> None:
    wanted = [printed(table) for table in layout.for_sheets(report).tables]
    assert list(tables_of_xlsx(write(report, Format.XLSX))) == wanted


def test_pdf_shows_every_table_as_the_report_says_in_order(report: Report) -> None:
    wanted = []
    for source in layout.for_readers(report).tables:
        table = printed(source)
        heads = [] if source.chart_description else table.heads  # bars have no head
        wanted += [table.heading, *heads, *("".join(line) for line in table.lines)]
    # The chart's figures have the sign of their colour beside them.
    text = text_of_pdf(write(report, Format.PDF)).replace("▲", "").replace("▼", "")
    assert_in_order(text, wanted)


def test_finding_lead_and_texts_are_in_every_form_that_is_read(report: Report) -> None:
    document = docx.Document(io.BytesIO(write(report, Format.DOCX)))
    cover = openpyxl.load_workbook(io.BytesIO(write(report, Format.XLSX))).worksheets[0]
    forms = {
        "html": page_of(report).text,
        "docx": "".join(paragraph.text for paragraph in document.paragraphs),
        "xlsx": "".join(str(cell.value or "") for row in cover.iter_rows() for cell in row),
        "pdf": text_of_pdf(write(report, Format.PDF)),
    }
    for name, text in forms.items():
        for words in words_of(report):
            assert squeezed(words) in squeezed(text), (name, words)
