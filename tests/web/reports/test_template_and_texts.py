"""A municipality's own layout and texts: what they change, what is refused, what stays literal."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from katsaus.cli.demo import EXAMPLE
from katsaus.core.periods import Period
from katsaus.core.reports import Prose, Report
from katsaus.core.tables import ReportTable
from katsaus.definitions.templates import TemplateError
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.reports.compose import compose
from katsaus.web.reports.models import ReportTemplate
from katsaus.web.reports.use_cases import keep_template, keep_text
from katsaus.web.reports.writing import Format, write
from rendering.readers import squeezed, text_of_pdf

JUNE = Period(2023, 6)
OWN = (EXAMPLE / "report.yaml").read_text("utf-8")
SMALL = """
title: {fi: Pieni katsaus}
columns: [actual, deviation]
sections:
  - title: {fi: Ainoa luku}
    text: summary
    tables:
      - kind: income_statement
        title: {fi: Tulos}
        letter: X
        scheme: income_statement
        rows: [surplus, tax_revenue]
        display_unit: 0.01 EUR
"""
HOSTILE = (
    '<script>alert("1")</script> #panic("typst") | a | b | $x_1$ `koodi` '
    "<img src=x onerror=alert(2)> {{ settings.SECRET_KEY }} {% load x %} @viite ]]> &amp; \\u{41}"
)
# What of it a reader sees: the marks of Markdown's code are its face, and &amp; is an ampersand.
SEEN = (
    '<script>alert("1")</script>',
    '#panic("typst")',
    "|a|b|",
    "$x_1$",
    "<imgsrc=xonerror=alert(2)>",
    "{{settings.SECRET_KEY}}",
    "{%loadx%}",
    "@viite",
    "]]>",
    "\\u{41}",
)


def table_of(report: Report, table_id: str) -> ReportTable:
    [found] = [table for table in report.tables if table.id == table_id]
    return found


def test_an_own_layout_changes_the_columns_rows_unit_and_titles(kemi: Municipality) -> None:
    keep_template(municipality=kemi, yaml=SMALL, source="own.yaml")
    report = compose(kemi, JUNE)
    [table] = report.tables
    assert (report.title, table.title, table.letter) == ("Pieni katsaus", "Tulos", "X")
    assert [column.id for column in table.columns] == ["actual_2023_06", "deviation_2023"]
    assert [row.id for row in table.rows] == ["surplus", "tax_revenue"]
    assert all("," in cell.shown for row in table.rows for cell in row.cells)
    assert [section.title for section in report.sections] == ["Ainoa luku"]


def test_a_layout_changes_what_is_shown_and_never_what_is_counted(kemi: Municipality) -> None:
    before = table_of(compose(kemi, JUNE), "income_statement")
    values = {(row.id, cell.key): cell.value for row in before.rows for cell in row.cells}
    keep_template(municipality=kemi, yaml=SMALL, source="own.yaml")
    for row in table_of(compose(kemi, JUNE), "income_statement").rows:
        for cell in row.cells:
            assert cell.key is not None
            if "deviation" not in cell.key.column:
                assert cell.value == values[row.id, cell.key]


def test_the_layout_of_one_municipality_is_not_anothers(kemi: Municipality) -> None:
    other = Municipality.objects.create(slug="oma", number="999", name_fi="Oma")
    keep_template(municipality=other, yaml=SMALL, source="own.yaml")
    keep_text(municipality=other, period=JUNE, place="summary", markdown="Toisen teksti.")
    report = compose(kemi, JUNE)
    assert report.title == "Osavuosikatsaus"
    assert Prose("Toisen teksti.") not in blocks(report)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("columns: [actual, deviation]", "columns: [actual, devation]", "own.yaml: columns: "),
        ("columns: [actual, deviation]", "", "own.yaml: sections 1: tables 1: columns is missing"),
        ("kind: income_statement", "kind: pie", "own.yaml: sections 1: tables 1: kind: "),
        ("letter: X", "lettre: X", "own.yaml: sections 1: tables 1: unknown key 'lettre'"),
        ("title: {fi: Ainoa luku}", "title: Luku", "own.yaml: sections 1: title: "),
        ("sections:", "sections: [", "own.yaml: not YAML"),
        ("scheme: income_statement", "scheme: nothing", "own.yaml: sections 1: tables 1: scheme: "),
        ("[surplus, tax_revenue]", "[surplus, taxes]", "own.yaml: sections 1: tables 1: rows: "),
        ("fi: Tulos", "fi: !!python/object/apply:os.system [id]", "own.yaml: not YAML"),
    ],
)
def test_a_bad_layout_is_refused_with_its_place_and_the_old_one_stays(
    kemi: Municipality, old: str, new: str, place: str
) -> None:
    assert old in SMALL
    with pytest.raises(TemplateError) as refused:
        keep_template(municipality=kemi, yaml=SMALL.replace(old, new, 1), source="own.yaml")
    assert str(refused.value).startswith(place)
    assert ReportTemplate.objects.get(municipality=kemi).yaml == OWN
    assert len(list(compose(kemi, JUNE).tables)) == 30


def blocks(report: Report) -> list[Prose | ReportTable]:
    return [block for section in report.sections for block in section.blocks]


def test_the_texts_stand_at_the_end_of_their_chapters(kemi: Municipality) -> None:
    report = compose(kemi, JUNE)
    for place, section in (("summary", report.sections[0]), ("64200000", report.sections[3])):
        text = (EXAMPLE / "texts" / f"{place}.md").read_text("utf-8")
        assert section.blocks[-1] == Prose(text)


def test_a_text_given_again_takes_the_place_of_the_first(kemi: Municipality) -> None:
    for words in ("Ensimmäinen.", "Toinen."):
        keep_text(municipality=kemi, period=JUNE, place="summary", markdown=words)
    found = blocks(compose(kemi, JUNE))
    assert Prose("Toinen.") in found
    assert Prose("Ensimmäinen.") not in found


def test_a_text_is_of_its_own_period_only(kemi: Municipality) -> None:
    keep_text(municipality=kemi, period=Period(2023, 3), place="summary", markdown="Maaliskuu.")
    assert Prose("Maaliskuu.") in blocks(compose(kemi, Period(2023, 3)))
    assert Prose("Maaliskuu.") not in blocks(compose(kemi, JUNE))


@pytest.fixture
def hostile(kemi: Municipality) -> Report:
    """Kemi's report with a hostile text, and a unit and a title that would break a careless one."""
    keep_text(municipality=kemi, period=JUNE, place="summary", markdown=HOSTILE)
    Unit.objects.filter(municipality=kemi, code="64110000").update(name_fi=HOSTILE[:190])
    yaml = OWN.replace("{fi: Tuloslaskelma,", "{fi: '=1+1 <b>|#a[', ")
    keep_template(municipality=kemi, yaml=yaml, source="own.yaml")
    return compose(kemi, JUNE)


def test_a_hostile_text_is_only_text_on_the_page(hostile: Report) -> None:
    page = write(hostile, Format.HTML).decode()
    for tag in ("<script", "<img", "<b>"):
        assert tag not in page
    assert page.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") >= 2
    assert "{{ settings.SECRET_KEY }}" in page


def test_a_hostile_text_is_printed_letter_by_letter(hostile: Report) -> None:
    pdf = text_of_pdf(write(hostile, Format.PDF))
    document = docx.Document(io.BytesIO(write(hostile, Format.DOCX)))
    text = squeezed("".join(paragraph.text for paragraph in document.paragraphs))
    for seen in SEEN:
        assert squeezed(seen) in pdf, seen
        assert squeezed(seen) in text, seen
    assert squeezed("A =1+1 <b>|#a[") in pdf


def test_a_hostile_title_is_no_formula_in_a_spreadsheet(hostile: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(hostile, Format.XLSX)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(HOSTILE[:190] in str(cell.value) for cell in cells)


def test_a_report_without_texts_and_figures_is_still_a_report(kemi: Municipality) -> None:
    report = replace(compose(kemi, Period(2020, 1)), lead="")
    for each in Format:
        assert write(report, each)
