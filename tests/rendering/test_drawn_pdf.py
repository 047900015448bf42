"""The PDF is for readers and for the archive: its tags, its words and the rules of both."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from katsaus.core.formats import DisplayUnit
from katsaus.core.names import Language
from katsaus.core.reports import Prose, Report, Section
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.rendering.draw import draw
from rendering.conftest import Drawn
from rendering.readers import attribute, squeezed, tags, text_of_pdf
from rendering.sample_report import CHART_DESCRIPTION, divisions, income_statement, sample_report
from rendering.validator import broken_rules, needs_validator

HOSTILE = "#panic() = otsikko $x$ *ei* `a` <b>&amp;</b> @viite \\ // [x](y)"


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def long_table(units: int) -> ReportTable:
    groups = tuple(
        RowGroup(f"{code} YKSIKKÖ {code}", divisions().groups[0].rows)
        for code in range(64100000, 64100000 + units)
    )
    return replace(divisions(), groups=groups)


def odd_report() -> Report:
    """A report whose texts and levels are anything but tidy."""
    table = replace(
        income_statement(), title=HOSTILE, notes=(HOSTILE, "😀 漢字 \x07"), stub_label=HOSTILE
    )
    empty = replace(income_statement(), id="empty", title="Tyhjä", groups=())
    sections = (
        Section("a", HOSTILE, 3, (Prose(f"{HOSTILE}\n\n- a\n- 😀\n\n# Otsikko"), table, empty)),
        Section("b", "", 2, (income_statement(),)),
    )
    return sample_report(finding=HOSTILE, lead=HOSTILE, title=HOSTILE, sections=sections)


@needs_validator
def test_reports_keep_the_rules_of_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    long = Section("b", "Toimialat", 1, (long_table(30),))
    reports = {
        "finnish": sample_report(),
        "swedish": sample_report("sv"),
        "english": sample_report("en"),
        "long": sample_report(sections=(long,)),
        "odd": odd_report(),
        "bare": sample_report(sections=(), lead=""),
        "goals": sample_report(sections=(Section("a", "Strategia", 1, (goals_table(9, 300),)),)),
    }
    files = [tmp_path / f"{name}.pdf" for name in reports]
    for file, report in zip(files, reports.values(), strict=True):
        file.write_bytes(draw(report, "pdf"))
    assert broken_rules(*files) == ""


@needs_validator
def test_the_validator_sees_a_pdf_that_breaks_the_rules(tmp_path: Path, drawn: Drawn) -> None:
    file = tmp_path / "broken.pdf"
    with opened(drawn("pdf")) as document:
        del document.Root.Lang
        del document.Root.Metadata
        document.save(file)
    assert "PDFUA-1" in broken_rules(file)
    assert "PDFA-2A" in broken_rules(file)


def test_the_document_says_its_title_author_and_language(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        assert document.Root.Lang == "fi-FI"
        assert document.docinfo["/Title"] == "Kemin kaupunki: Osavuosikatsaus 1–6/2023"
        assert document.docinfo["/Author"] == "Kemin kaupunki"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20230630")


@pytest.mark.parametrize(
    ("language", "locale"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")]
)
def test_the_language_of_the_document_is_the_reports(language: Language, locale: str) -> None:
    with opened(draw(sample_report(language), "pdf")) as document:
        assert document.Root.Lang == locale


def test_headings_follow_each_other_without_a_gap(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        names = [str(tag.S) for tag in tags(document.Root.StructTreeRoot)]
    levels = [int(name[2:]) for name in names if name[:2] == "/H" and name[2:].isdigit()]
    assert levels[:4] == [1, 2, 3, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chapter_and_table_has_a_bookmark(drawn: Drawn, sample: Report) -> None:
    with opened(drawn("pdf")) as document, document.open_outline() as outline:
        chapters = [item.title for item in outline.root]
        tables = [item.title for item in outline.root[0].children]
    assert chapters == [section.title for section in sample.sections if section.level == 1]
    assert tables == [
        "Ennusteen ja muutetun talousarvion erotus, 1\u00a0000\u00a0€",
        "A Tuloslaskelma, 1\u00a0000\u00a0€",
        "B Toimialat, €",
    ]


def test_the_chart_has_its_description(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        figures = [
            tag for tag in tags(document.Root.StructTreeRoot) if pikepdf.Name.Figure == tag.S
        ]
        assert [str(figure.Alt) for figure in figures] == [CHART_DESCRIPTION]


def test_every_cell_of_a_table_has_its_heads(drawn: Drawn, sample: Report) -> None:
    with opened(drawn("pdf")) as document:
        root = document.Root.StructTreeRoot
        ids = {str(tag.ID) for tag in tags(root) if "/ID" in tag}
        found = [tag for tag in tags(root) if pikepdf.Name.Table == tag.S]
        assert len(found) == len(list(sample.tables))
        for table, tag in zip(sample.tables, found, strict=True):
            rows = [row for row in tags(tag) if pikepdf.Name.TR == row.S]
            figures = [row for row in rows if any(cell.S == pikepdf.Name.TD for cell in row.K)]
            assert len(figures) == len(list(table.rows))
            for row in figures:
                first, *rest = row.K
                assert first.S == pikepdf.Name.TH
                assert attribute(first, "/Scope") == pikepdf.Name.Row
                assert all(cell.S == pikepdf.Name.TD for cell in rest)
                assert len(rest) == len(table.columns)
                for cell in rest:
                    heads = [str(head) for head in attribute(cell, "/Headers") or []]
                    assert str(first.ID) in heads
                    assert set(heads) <= ids


def test_heads_of_columns_and_groups_say_what_they_head(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        root = document.Root.StructTreeRoot
        table = [tag for tag in tags(root) if pikepdf.Name.Table == tag.S][2]
        rows = [row for row in tags(table) if pikepdf.Name.TR == row.S]
        heads, group, figures = rows[0].K, rows[1].K, rows[2].K
        assert all(attribute(head, "/Scope") == pikepdf.Name.Column for head in heads)
        assert len(heads) == 7
        assert attribute(group[0], "/ColSpan") == 7
        said = [str(head) for head in attribute(figures[1], "/Headers") or []]
        assert said == [str(heads[1].ID), str(group[0].ID), str(figures[0].ID)]


def test_the_ids_of_heads_are_listed_in_order(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        names = [bytes(name) for name in list(document.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert len(names) > 50
    assert names == sorted(names)


def test_lists_of_a_text_are_tagged_as_lists(drawn: Drawn) -> None:
    with opened(drawn("pdf")) as document:
        names = [str(tag.S) for tag in tags(document.Root.StructTreeRoot)]
    assert names.count("/L") == 2
    assert names.count("/LI") == 4


def test_hostile_texts_are_printed_as_they_are() -> None:
    text = text_of_pdf(draw(odd_report(), "pdf"))
    assert squeezed("#panic() = otsikko $x$ *ei* `a` <b>&amp;</b> @viite") in text


def test_a_character_without_a_glyph_does_not_stop_the_report() -> None:
    sections = (Section("a", "Ääkköset 😀", 1, (Prose("Kiitos 😀 kaikille ▲ €"),)),)
    text = text_of_pdf(draw(sample_report(sections=sections), "pdf"))
    assert "Kiitos\ufffdkaikille▲€" in text


def test_a_long_table_repeats_its_heads_and_keeps_groups_whole() -> None:
    sections = (Section("b", "Toimialat", 1, (long_table(400),)),)
    content = draw(sample_report(sections=sections), "pdf")
    with opened(content) as document:
        pages = len(document.pages)
    assert pages > 35
    assert text_of_pdf(content).count("TPennuste") == pages
    # The head of a group that went on over the page would be there twice.
    assert text_of_pdf(content).count("YKSIKKÖ") == 400


def test_a_section_that_is_one_table_has_one_heading() -> None:
    sections = (Section("a", "Tuloslaskelma", 1, (income_statement(),)),)
    report = sample_report(sections=sections)
    with opened(draw(report, "pdf")) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["A Tuloslaskelma, 1\u00a0000\u00a0€"]


def test_rows_after_a_headed_group_are_not_under_its_heading() -> None:
    groups = (
        RowGroup("Kävijöiden lukumäärä", divisions().groups[0].rows[:2]),
        RowGroup("", divisions().groups[1].rows[:1]),
    )
    sections = (Section("a", "Luvut", 1, (replace(divisions(), groups=groups),)),)
    with opened(draw(sample_report(sections=sections), "pdf")) as document:
        root = document.Root.StructTreeRoot
        [table] = [tag for tag in tags(root) if pikepdf.Name.Table == tag.S]
        rows = [row for row in tags(table) if pikepdf.Name.TR == row.S]
        heading = str(rows[1].K[0].ID)
        under = [
            heading in [str(head) for head in attribute(row.K[1], "/Headers") or []]
            for row in rows[2:]
        ]
    assert under == [True, True, False]


def goals_table(rows: int, words: int) -> ReportTable:
    columns = tuple(
        TableColumn(name, name.title(), "text") for name in ("goal", "actions", "actual")
    )
    groups = tuple(
        RowGroup(
            f"Tavoite {number}",
            (
                TableRow(
                    f"row{number}",
                    "",
                    "64100000",
                    (
                        Cell(None, f"Tavoite {number}"),
                        Cell(None, f"Alku{number} {'sana ' * words}loppu{number}"),
                        Cell(None, "Etenee"),
                    ),
                ),
            ),
            f"goal{number}",
        )
        for number in range(rows)
    )
    return ReportTable(
        "strategy:a:64100000",
        "Keskusvirasto: Arki",
        DisplayUnit.EUR,
        columns,
        groups,
        is_headed_by_first=True,
    )


def pages_with(content: bytes, word: str) -> list[int]:
    document = pypdfium2.PdfDocument(content)
    texts = [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return [number for number, text in enumerate(texts) if word in text]


def goals_pdf(rows: int, words: int) -> bytes:
    sections = (Section("a", "Strategia: Arki", 1, (goals_table(rows, words),), starts_page=True),)
    return draw(sample_report(sections=sections), "pdf")


def test_a_goal_stands_with_its_rows_and_no_row_of_middle_length_is_broken() -> None:
    content = goals_pdf(30, 40)
    for number in range(1, 30):
        [page] = pages_with(content, f"Alku{number}sana")
        assert pages_with(content, f"loppu{number}E") == [page]
        assert page in pages_with(content, f"Tavoite{number}Alku{number}sana")


def test_a_row_longer_than_a_page_goes_on_over_the_next_ones() -> None:
    content = goals_pdf(1, 3000)
    assert pages_with(content, "Alku0sana") != pages_with(content, "loppu0")
    assert text_of_pdf(content).count("sana") == 3000


def test_a_table_of_goals_says_only_what_its_chapter_does_not() -> None:
    with opened(goals_pdf(3, 200)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Strategia: Arki"]
        assert [item.title for item in outline.root[0].children] == ["Keskusvirasto"]
