"""`katsaus report`: every form, the contract of its JSON, and what is said where there is none."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

import pytest

from cli.conftest import Katsaus
from rendering.readers import cells_of_csv

REPORT = ("report", "--municipality", "kemi", "--period", "2023-06")
DIVISIONS = ("64100000", "64200000", "64300000", "64500000")
AMOUNTS = ["actual_2022", "budget_2023", "amended_budget_2023", "actual_2023_06"]
FULL = [*AMOUNTS, "realization_rate", "forecast_2023"]
WITHOUT_AMENDED = [column for column in FULL if column != "amended_budget_2023"]
TOLD = ("performance:", "strategy:")  # tests/web/reports/test_strategy_in_report.py holds them
OPERATING = ["operating_revenue", "operating_expenses", "operating_margin"]


class Table(TypedDict):
    id: str
    title: str
    display_unit: str
    columns: list[dict[str, str]]
    rows: list["Row"]


class Row(TypedDict):
    id: str
    label: str
    unit: str
    cells: list[dict[str, str | None]]


@pytest.fixture(scope="module")
def every_table(kemi: Katsaus) -> dict[str, Table]:
    """The tables of the JSON report by their ids."""
    ended = kemi.raw(*REPORT, "--format", "json", "--output", "-")
    fields = json.loads(ended.stdout)
    assert (fields["municipality"], fields["period"]) == ("kemi", "2023-06")
    assert fields.keys() == {"municipality", "period", "tables"}
    return {table["id"]: table for table in fields["tables"]}


@pytest.fixture(scope="module")
def tables(every_table: dict[str, Table]) -> dict[str, Table]:
    """Those of money."""
    return {name: table for name, table in every_table.items() if not name.startswith(TOLD)}


def ids(items: list[dict[str, str]]) -> list[str]:
    return [item["id"] for item in items]


def test_the_tables_have_the_names_and_units_of_the_contract(tables: dict[str, Table]) -> None:
    assert {name: table["display_unit"] for name, table in tables.items()} == {
        "deviation_chart": "1000 EUR",
        "income_statement": "1000 EUR",
        "divisions": "EUR",
        **{f"division:{code}": "EUR" for code in DIVISIONS},
    }
    assert all(table["title"] for table in tables.values())


def test_the_columns_have_the_names_of_the_contract(tables: dict[str, Table]) -> None:
    assert {name: ids(table["columns"]) for name, table in tables.items()} == {
        "deviation_chart": ["deviation"],
        "income_statement": FULL,
        "divisions": FULL,
        "division:64100000": FULL,
        "division:64200000": FULL,
        "division:64300000": WITHOUT_AMENDED,
        "division:64500000": WITHOUT_AMENDED,
    }
    labels = [column["label"] for column in tables["income_statement"]["columns"]]
    assert labels[0] == "TP 2022"
    assert all(labels)


def test_the_rows_have_the_names_of_the_glossary_and_their_unit(tables: dict[str, Table]) -> None:
    income = [(row["unit"], row["id"], row["label"]) for row in tables["income_statement"]["rows"]]
    assert income[0] == ("64000000", "operating_revenue", "Toimintatuotot")
    assert [row for _, row, _ in income] == [
        *OPERATING,
        *("tax_revenue", "central_government_transfers", "financial_items", "annual_margin"),
        *("depreciation", "extraordinary_items", "result", "surplus"),
    ]
    chart = [(row["unit"], row["id"]) for row in tables["deviation_chart"]["rows"]]
    assert chart == [(code, "operating_margin") for code in (*DIVISIONS, "64000000")]
    for code in DIVISIONS:
        rows = tables[f"division:{code}"]["rows"]
        assert {row["id"] for row in rows} <= {*OPERATING, "production_for_own_use"}
        assert [row["unit"] for row in rows][-3:] == [code] * 3


def test_every_cell_has_an_exact_value_or_null_and_the_text_that_is_printed(
    tables: dict[str, Table],
) -> None:
    for table in tables.values():
        for row in table["rows"]:
            assert row.keys() == {"id", "label", "unit", "cells"}
            assert len(row["cells"]) == len(table["columns"])
            for column, cell in zip(ids(table["columns"]), row["cells"], strict=True):
                assert cell.keys() == {"value", "shown"}
                assert is_right(column, cell["value"], cell["shown"], table["display_unit"]), cell


def is_right(column: str, value: str | None, shown: str | None, unit: str) -> bool:
    if column == "realization_rate":
        pattern = r"−?[\d\N{NO-BREAK SPACE}]+\N{NO-BREAK SPACE}%|–"
        return bool(re.fullmatch(pattern, shown or "")) and (value is None) == (shown == "–")
    if value is None:
        return shown == "0"
    if not re.fullmatch(r"-?\d+\.\d\d", value):
        return False
    scale = 1000 if unit == "1000 EUR" else 1
    printed = Decimal((shown or "").replace("−", "-").replace("\N{NO-BREAK SPACE}", ""))
    # Rounded half up, away from zero.
    return abs(printed - Decimal(value) / scale) <= Decimal("0.5")


def test_the_first_cell_is_the_figure_that_the_design_quotes(tables: dict[str, Table]) -> None:
    cell = tables["income_statement"]["rows"][0]["cells"][0]
    assert cell["shown"] == "37\N{NO-BREAK SPACE}026"
    assert Decimal("37025500") <= Decimal(cell["value"] or "") < Decimal("37026500")


def test_the_number_of_the_municipality_gives_the_same_report_as_its_short_name(
    kemi: Katsaus, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "folder" / "katsaus [1] – ä.json"
    words = ("report", "--municipality", "240", "--period", "2023-06", "--format", "json")
    ended = kemi(*words, "--output", target)
    assert (ended.code, ended.output) == (0, f"Wrote {target}.\n")
    assert target.read_bytes() == (kemi.data / "reports" / "kemi-2023-06.json").read_bytes()
    assert [*target.parent.iterdir()] == [target]


def test_the_csv_has_a_line_for_each_cell_of_the_json(
    kemi: Katsaus, every_table: dict[str, Table]
) -> None:
    ended = kemi.raw(*REPORT, "--format", "csv", "--output", "-")
    lines = [tuple(line.values()) for line in cells_of_csv(ended.stdout)]
    assert lines == [
        (table["id"], row["unit"], row["id"], column, cell["value"] or "", cell["shown"])
        for table in every_table.values()
        for row in table["rows"]
        for column, cell in zip(ids(table["columns"]), row["cells"], strict=True)
    ]


def test_the_language_is_the_municipalitys_own_whatever_the_environment_says(
    kemi: Katsaus,
) -> None:
    swedish = Katsaus(kemi.data, "sv")
    own = swedish(*REPORT, "--format", "html", "--output", "-").output
    assert '<html lang="fi">' in own
    assert "Toimintatuotot" in own
    asked = swedish(*REPORT, "--format", "html", "--output", "-", "--language", "en").output
    assert '<html lang="en">' in asked
    assert "Operating revenue" in asked
    assert "Toimintatuotot" not in asked


def test_a_file_that_cannot_be_written_is_named(kemi: Katsaus, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for target in (file / "katsaus.csv", tmp_path):
        ended = kemi(*REPORT, "--format", "csv", "--output", target)
        assert (ended.code, ended.output) == (1, "")
        assert f"Error: {target}: " in ended.errors
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    ("municipality", "period", "said"),
    [
        ("oulu", "2023-06", "Nothing has been brought in for oulu"),
        ("kemi", "2023", "2023 is not a period. Write it like 2023-06."),
        ("kemi", "0000-06", "0000-06 is not a period. Write it like 2023-06."),
    ],
)
def test_what_there_is_no_report_of_is_said(
    kemi: Katsaus, municipality: str, period: str, said: str
) -> None:
    words = ("report", "--municipality", municipality, "--period", period)
    ended = kemi(*words, "--format", "json", "--output", "-")
    assert (ended.code, ended.output, said in ended.errors) == (1, "", True)


def test_a_period_without_figures_has_a_report_without_tables_and_a_warning(kemi: Katsaus) -> None:
    words = ("report", "--municipality", "kemi", "--period", "2031-06", "--output", "-")
    ended = kemi.raw(*words, "--format", "json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["tables"] == []
    assert "2031-06" in ended.stderr.decode()
    assert "2023-06" in ended.stderr.decode()


def test_a_hierarchy_that_is_none_is_told_with_those_that_there_are(kemi: Katsaus) -> None:
    ended = kemi(*REPORT, "--format", "csv", "--output", "-", "--hierarchy", "muu")
    assert ended.code == 1
    assert "1.1.2022 virallinen" in ended.errors
    told = kemi.raw(*REPORT, "--format", "csv", "--output", "-")
    named = (*REPORT, "--format", "csv", "--output", "-", "--hierarchy", "1.1.2022 virallinen")
    assert kemi.raw(*named).stdout == told.stdout


def test_a_period_without_postings_is_not_published(kemi: Katsaus) -> None:
    ended = kemi("publish", "--municipality", "kemi", "--period", "2031-01")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors.startswith("Error: There are no postings of 2031-01. The newest: 2023-06")
