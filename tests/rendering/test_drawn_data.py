"""The forms for programs: the JSON contract and the CSV of cells."""

import json
from dataclasses import replace

import pytest

from katsaus.core.reports import Section
from katsaus.rendering.cells import harmless
from katsaus.rendering.draw import draw
from rendering.conftest import Drawn
from rendering.readers import cells_of_csv
from rendering.sample_report import sample_report, texts_table


def test_the_contract_in_json(drawn: Drawn) -> None:
    report = json.loads(drawn("json"))
    assert (report["municipality"], report["period"]) == ("kemi", "2023-06")
    table = report["tables"][1]
    assert (table["id"], table["letter"], table["display_unit"]) == (
        "income_statement",
        "A",
        "1000 EUR",
    )
    assert table["columns"][0] == {"id": "actual_2022", "label": "TP 2022"}
    row = table["rows"][0]
    assert (row["id"], row["label"], row["unit"]) == (
        "operating_revenue",
        "Toimintatuotot",
        "64000000",
    )
    assert row["cells"][0] == {"value": "37025819.12", "shown": "37\u00a0026"}
    assert table["rows"][8]["cells"][1] == {"value": None, "shown": "–"}


def test_json_keeps_finnish_letters_readable(drawn: Drawn) -> None:
    assert "Ylijäämä / alijäämä" in drawn("json").decode()


def test_csv_has_one_line_a_cell(drawn: Drawn) -> None:
    assert drawn("csv").startswith(b"table,unit,row,column,value,shown\r\n")
    cells = cells_of_csv(drawn("csv"))
    assert {
        "table": "income_statement",
        "unit": "64000000",
        "row": "operating_expenses",
        "column": "actual_2022",
        "value": "-184982661.49",
        "shown": "−184\u00a0983",
    } in cells


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-5 kpl", "@SUM(A1)", "\t=1"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-", "-15,5", "+3 %", "−499", "1\u00a0052", "", "Yht. 4"])
def test_plain_figures_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_commas_quotes_and_line_breaks_survive_csv() -> None:
    texts = ('Yht. 27,5; "elinkeino"\n2 htv',)
    table = replace(texts_table("t", "T", {"c": "C"}, {"Rivi": texts}))
    report = sample_report(sections=(Section("a", "A", 1, (table,)),))
    assert cells_of_csv(draw(report, "csv"))[0]["shown"] == texts[0]
