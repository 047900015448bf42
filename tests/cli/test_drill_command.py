"""`katsaus drill`: what a figure is made of, as a table and as JSON."""

import json
from decimal import Decimal
from typing import TypedDict

import pytest

from cli.conftest import Katsaus

UNIT, ROW = "64230000", "operating_expenses"


class Part(TypedDict):
    column: str
    value: str


class Entry(TypedDict):
    source: str
    amount: str
    unit: str
    account: str
    date: str | None
    year: int | None
    month: int | None
    voucher: str
    text: str
    batch: str
    row: int | None
    body: str
    section: str
    giver: str
    reason: str


class Drilled(TypedDict, total=False):
    value: str | None
    of: list[Part]
    entries: list[Entry]


def place(column: str, unit: str = UNIT, row: str = ROW) -> tuple[str, ...]:
    figure = ("--unit", unit, "--row", row, "--column", column)
    return ("drill", "--municipality", "kemi", "--period", "2023-06", *figure)


def drilled(kemi: Katsaus, column: str, unit: str = UNIT, row: str = ROW) -> Drilled:
    ended = kemi.raw(*place(column, unit, row), "--format", "json")
    assert ended.returncode == 0
    found: Drilled = json.loads(ended.stdout)
    return found


def shown_in_the_report(kemi: Katsaus, table: str, unit: str, row: str, column: str) -> str | None:
    report = json.loads((kemi.data / "reports" / "kemi-2023-06.json").read_text("utf-8"))
    [found] = [each for each in report["tables"] if each["id"] == table]
    columns = [each["id"] for each in found["columns"]]
    [cells] = [r["cells"] for r in found["rows"] if (r["unit"], r["id"]) == (unit, row)]
    value: str | None = cells[columns.index(column)]["value"]
    return value


@pytest.mark.parametrize(
    ("column", "sources"),
    [
        ("actual_2023_06", {"posting"}),
        ("amended_budget_2023", {"budget", "amendment"}),
        ("forecast_2023", {"forecast"}),
    ],
)
def test_the_entries_add_up_to_the_figure_of_the_report(
    kemi: Katsaus, column: str, sources: set[str]
) -> None:
    found = drilled(kemi, column)
    assert found.keys() == {"value", "entries"}
    assert found["value"] == shown_in_the_report(kemi, "division:64200000", UNIT, ROW, column)
    assert sum(Decimal(entry["amount"]) for entry in found["entries"]) == Decimal(
        found["value"] or ""
    )
    assert {entry["source"] for entry in found["entries"]} == sources


def test_a_posting_names_its_voucher_day_batch_and_row_of_the_file(kemi: Katsaus) -> None:
    found = drilled(kemi, "actual_2023_06", "64230100")
    assert len(found["entries"]) > 50
    for entry in found["entries"]:
        assert entry.keys() == Entry.__annotations__.keys()
        assert entry["unit"] == "64230100"
        assert "2023-01-01" <= str(entry["date"]) <= "2023-06-30"
        assert all((entry["voucher"], entry["account"], entry["batch"], entry["row"]))


def test_an_amendment_names_the_decision(kemi: Katsaus) -> None:
    [amendment] = [
        entry
        for entry in drilled(kemi, "amended_budget_2023")["entries"]
        if entry["source"] == "amendment"
    ]
    assert (amendment["amount"], amendment["date"]) == ("-700000.00", "2023-05-29")
    assert (amendment["year"], amendment["month"]) == (2023, 0)
    assert "Kaupunginvaltuusto" in amendment["text"]
    assert "34" in amendment["text"]
    assert (amendment["body"], amendment["section"]) == ("Kaupunginvaltuusto", "34")
    assert amendment["text"] == f"Kaupunginvaltuusto 29.5.2023 34: {amendment['reason']}"


def test_a_formula_row_and_a_deviation_drill_to_what_they_are_made_of(kemi: Katsaus) -> None:
    found = drilled(kemi, "deviation_2023", "64100000", "operating_margin")
    chart = ("deviation_chart", "64100000", "operating_margin", "deviation")
    assert found["value"] == shown_in_the_report(kemi, *chart) == "355774.00"
    assert sum(Decimal(entry["amount"]) for entry in found["entries"]) == Decimal("355774.00")


def test_a_ratio_has_its_two_amounts_instead_of_entries(kemi: Katsaus) -> None:
    found = drilled(kemi, "realization_rate")
    assert found["entries"] == []
    parts = {part["column"]: Decimal(part["value"]) for part in found["of"]}
    assert [*parts] == ["actual_2023_06", "amended_budget_2023"]
    rate = parts["actual_2023_06"] / parts["amended_budget_2023"]
    assert found["value"] == str(rate.quantize(Decimal("0.000001")))


def test_a_figure_of_nothing_is_null_without_entries(kemi: Katsaus) -> None:
    assert drilled(kemi, "budget_2023", "64150000", "operating_revenue") == {
        "value": None,
        "entries": [],
    }


def test_the_table_lists_the_entries_and_the_figure_in_the_readers_language(
    kemi: Katsaus,
) -> None:
    ended = Katsaus(kemi.data, "fi")(*place("amended_budget_2023"))
    lines = ended.output.splitlines()
    assert lines[0].split() == [
        *("lähde", "päivämäärä", "yksikkö", "tili", "tosite", "selite", "euroa")
    ]
    [decision] = [line for line in lines if line.startswith("talousarviomuutos")]
    assert "29.5.2023" in decision
    assert decision.endswith("−700 000,00")
    budget = [line for line in lines if line.startswith("talousarvio ")]
    assert lines[-1] == f"Rivejä: {len(budget) + 1}. Luku: −1 602 075,00."


def test_the_table_of_a_ratio_says_its_two_amounts(kemi: Katsaus) -> None:
    lines = kemi(*place("realization_rate")).output.splitlines()
    assert lines[0].startswith("actual_2023_06: −")
    assert lines[1] == "amended_budget_2023: −1,602,075.00"
    assert lines[-1] == "Rows: 0. Figure: 50.2%."


@pytest.mark.parametrize(
    "row", ["toimintakulut", "Toimintakulut", "VERKSAMHETSKOSTNADER", "operating expenses"]
)
def test_a_row_is_known_by_its_name_in_any_of_the_languages(kemi: Katsaus, row: str) -> None:
    assert kemi(*place("budget_2023", row=row)).output == kemi(*place("budget_2023")).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (place("budget_2023", unit="6423"), ("Unknown unit: 6423.", "64230100  Kaavoitus")),
        (place("budget_2023", unit="kaavoitus"), ("unit: kaavoitus.", "64230100  Kaavoitus")),
        (place("budget_2023", row="margin"), ("row: margin.", "operating_margin  Operating")),
        (place("budget"), ("Unknown column: budget.", "budget_2023  Budget 2023")),
    ],
)
def test_an_unknown_place_is_named_with_the_nearest_and_their_names(
    kemi: Katsaus, words: tuple[str, ...], said: tuple[str, str]
) -> None:
    ended = kemi(*words)
    assert (ended.code, ended.output) == (1, "")
    assert all(each in ended.errors for each in said)
