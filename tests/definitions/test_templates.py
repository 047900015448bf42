"""Report templates are read with every fault named by its place."""

from pathlib import Path

import pytest

from katsaus.core.formats import DisplayUnit
from katsaus.definitions.templates import TemplateError, default_template, parse_template

KEMI = Path(__file__).parents[2] / "examples" / "kemi" / "report.yaml"
SMALL = """
title: {fi: Katsaus}
columns: [actual]
sections:
  - title: {fi: Luku}
    tables:
      - {kind: divisions, title: {fi: Toimialat}, letter: B}
"""


def test_the_default_template_is_whole() -> None:
    kinds = [table.kind for section in default_template().sections for table in section.tables]
    assert kinds == ["deviation_chart", "income_statement", "divisions", "division"]


def test_performance_figures_are_in_the_parts_of_divisions_and_the_strategy_is_last() -> None:
    for template in (default_template(), parse_template(KEMI.read_text("utf-8"), KEMI.name)):
        assert [each.performance for each in template.sections] == [False, False, True, False]
        assert [each.each_theme for each in template.sections] == [False, False, False, True]


def test_a_chapter_of_themes_needs_a_title_and_no_tables() -> None:
    text = "title: {fi: A}\nsections:\n  - each_theme: true\n    title: {fi: Strategia}\n"
    [section] = parse_template(text, "x.yaml").sections
    assert (section.title.text("fi"), section.tables) == ("Strategia", ())
    with pytest.raises(TemplateError):
        parse_template(text.replace("    title", "    titel"), "x.yaml")


def test_a_table_takes_the_columns_of_the_whole_unless_it_names_its_own() -> None:
    template = parse_template(SMALL, "x.yaml")
    [section] = template.sections
    [table] = section.tables
    assert (table.columns, table.display_unit, table.scheme) == (
        ("actual",),
        DisplayUnit.EUR,
        "operating",
    )


def test_kemi_prints_a_zero_for_nothing_and_two_tables_without_the_amended_budget() -> None:
    template = parse_template(KEMI.read_text("utf-8"), KEMI.name)
    [divisions] = [section for section in template.sections if section.each_division]
    exceptions = divisions.tables[0].columns_of_unit
    assert template.missing == "0"
    assert list(exceptions) == ["64300000", "64500000"]
    assert not any("amended_budget" in columns for columns in exceptions.values())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("columns: [actual]", "columns: [aktual]", "x.yaml: columns: 'aktual' is none of"),
        ("kind: divisions", "kind: pie", "x.yaml: sections 1: tables 1: kind: 'pie' is none of"),
        ("letter: B", "lettre: B", "x.yaml: sections 1: tables 1: unknown key 'lettre'"),
        ("title: {fi: Luku}", "title: Luku", "x.yaml: sections 1: title: a mapping is needed"),
        ("sections:", "sections: 5\nmissing:", "x.yaml: "),
        ("letter: B", "letter: 5", "letter: a text is needed"),
        ("title: {fi: Katsaus}", "title: [", "x.yaml: not YAML"),
        ("tables:", "each_division: sure\n    tables:", "true or false is needed"),
    ],
)
def test_a_fault_is_named_by_its_place(old: str, new: str, fault: str) -> None:
    with pytest.raises(TemplateError) as raised:
        parse_template(SMALL.replace(old, new, 1), "x.yaml")
    assert fault in str(raised.value)
