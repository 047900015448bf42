"""The example municipality's files give every printed figure of the report they come from."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

KEMI = Path(__file__).parents[2] / "examples" / "kemi"
SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seeds" / "000_dd12f107354cdfaf.txt"
CHART = SHARED / "data" / "kuntien-tililuettelo-2021-2023.csv"
FILES = {
    "actual_2022": ["actuals-2022.csv"],
    "budget": ["budget-2023.csv"],
    "amended": ["budget-2023.csv", "amendments-2023.csv"],
    "actual": ["actuals-2023-06.csv"],
    "forecast": ["forecast-2023-06.csv"],
}
ROWS_BY_ACCOUNT = [
    ("4000", "operating_revenue"),
    ("5000", "operating_expenses"),
    ("5500", "tax_revenue"),
    ("6000", "central_government_transfers"),
    ("7000", "financial_items"),
    ("8000", "depreciation"),
    ("8500", "extraordinary_items"),
]
ROWS = [row for _, row in ROWS_BY_ACCOUNT]
PARTS = {
    "operating_margin": ROWS[:2],
    "annual_margin": ROWS[:5],
    "result": ROWS,
    "surplus": ROWS,
}
LABELS = {
    "TOIMINTATUOTOT": "operating_revenue",
    "TOIMINTAKULUT": "operating_expenses",
    "TOIMINTAKATE YHTEENSÄ": "operating_margin",
    "TOIMINTAKATE": "operating_margin",
    "Verotulot": "tax_revenue",
    "Valtionosuudet": "central_government_transfers",
    "Rahoitustuotot ja -kulut": "financial_items",
    "VUOSIKATE": "annual_margin",
    "Poistot ja arvonalentumiset": "depreciation",
    "Satunnaiset tuotot ja kulut": "extraordinary_items",
    "TILIKAUDEN TULOS": "result",
    "YLIJÄÄMÄ / ALIJÄÄMÄ": "surplus",
}


def lines_of(name: str) -> list[dict[str, str]]:
    with (KEMI / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def euros(line: dict[str, str]) -> Decimal:
    return Decimal(line["Summa"].replace(",", "."))


def row_of(line: dict[str, str]) -> str:
    account = line["Tili"]
    if not account:
        return line["Rivi"]
    return next(row for end, row in ROWS_BY_ACCOUNT if account[:4] < end)


PARENTS = {unit["Koodi"]: unit["Ylempi yksikkö"] for unit in lines_of("organization.csv")}


def totals(names: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    """Euro sums by unit and row, each unit with all below it; nothing booked has no key."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in (line for name in names for line in lines_of(name)):
        unit = line["Yksikkö"]
        while unit:
            sums[unit, row_of(line)] += euros(line)
            unit = PARENTS[unit]
    return dict(sums)


TOTALS = {column: totals(names) for column, names in FILES.items()}


def figure(column: str, unit: str, row: str) -> Decimal | None:
    parts = [TOTALS[column].get((unit, part)) for part in PARTS.get(row, [row])]
    booked = [part for part in parts if part is not None]
    return sum(booked, Decimal(0)) if booked else None


def rounded(value: Decimal | None, unit_of_euros: int = 1) -> int:
    """As printed: half up, away from zero; the report prints 0 where nothing is booked."""
    shown = (value or Decimal(0)) / unit_of_euros
    return int(shown.quantize(Decimal(1), ROUND_HALF_UP))


def percent(unit: str, row: str) -> int:
    actual, amended = figure("actual", unit, row), figure("amended", unit, row)
    return rounded(actual / amended * 100) if actual and amended else 0


def printed_line(unit: str, row: str, columns: list[str], unit_of_euros: int) -> str:
    """The line as the report prints it, without its label."""
    numbers = [rounded(figure(column, unit, row), unit_of_euros) for column in columns]
    spaced = [f"{number:,}".replace(",", " ") for number in numbers]
    return " ".join([*spaced[:-1], f"{percent(unit, row)} %", spaced[-1]])


def seed_lines() -> list[tuple[str, str, list[str], int, str]]:
    """Every figure line of tables A to F: unit, row, its columns, unit of euros, numbers."""
    unit, unit_of_euros, has_amended, found = "64000000", 1000, True, []
    for line in SEED.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"(64\d{6}) \D", line)
        label = next((label for label in LABELS if line.startswith(f"{label} ")), None)
        if heading:
            unit, unit_of_euros = heading[1], 1
        if line.strip() == "TP":
            has_amended = False
        if line.startswith("Muutettu"):
            has_amended = True
        if label and re.search(r"\d %", line):
            columns = ["actual_2022", "budget", *["amended"] * has_amended, "actual", "forecast"]
            numbers = line.removeprefix(label).strip()
            found.append((unit, LABELS[label], columns, unit_of_euros, numbers))
    return found


@pytest.mark.skipif(not SEED.exists(), reason="the report's text is not here")
def test_every_line_of_the_reports_tables_is_printed_the_same() -> None:
    lines = seed_lines()
    ours = [printed_line(*line[:4]) for line in lines]
    assert len(lines) == 88
    assert ours == [line[4] for line in lines]


def test_every_printed_figure_kept_with_the_example_comes_out() -> None:
    columns = ["TP 2022", "TA 2023", "Muutettu TA 2023", "Toteuma 1-6/2023", "TP-ennuste 2023"]
    wrong = []
    for line in lines_of("shape/printed.csv"):
        unit, row = line["Yksikkö"], line["Rivi"]
        ours = [rounded(figure(column, unit, row), int(line["Yksi on euroa"])) for column in FILES]
        if [*ours, percent(unit, row)] != [int(line[c]) for c in [*columns, "Toteuma-%"]]:
            wrong.append((line, ours))
    assert not wrong


@pytest.mark.parametrize(
    ("column", "unit", "row", "printed"),
    [
        ("actual_2022", "64000000", "operating_margin", -147_956_842),
        ("actual", "64000000", "operating_margin", -22_946_997),
        ("actual", "64200000", "operating_expenses", -4_840_228),
        ("budget", "64500000", "operating_expenses", -13_713_401),
        ("amended", "64110000", "operating_expenses", -2_961_576),
        ("amended", "64230000", "operating_margin", 801_022),
        ("forecast", "64000000", "operating_margin", -45_689_237),
        ("actual_2022", "64510000", "operating_revenue", -31),
        ("actual", "64150000", "operating_expenses", 119_284),
        ("actual", "64540100", "operating_revenue", 94_031),
        ("budget", "64540100", "operating_revenue", 84_000),
        ("actual", "64540300", "operating_revenue", 38_518),
        ("budget", "64540300", "operating_revenue", 117_000),
    ],
)
def test_figures_that_an_accountant_knows_by_heart(
    column: str, unit: str, row: str, printed: int
) -> None:
    assert rounded(figure(column, unit, row)) == printed


def test_the_result_for_2022_is_the_printed_deficit_in_thousands() -> None:
    assert rounded(figure("actual_2022", "64000000", "result"), 1000) == -3821


def test_the_chart_of_deviations_is_forecast_less_amended_budget() -> None:
    units = ["64100000", "64200000", "64300000", "64500000", "64000000"]
    deviations = []
    for unit in units:
        forecast, amended = (figure(c, unit, "operating_margin") for c in ("forecast", "amended"))
        assert forecast is not None
        assert amended is not None
        deviations.append(rounded(forecast - amended))
    assert deviations == [355_774, -498_626, -1_239_959, -170_001, -1_552_812]


def test_winter_upkeep_green_areas_and_boat_harbours_overrun_and_the_machine_centre_saves() -> None:
    def deviation(unit: str) -> Decimal:
        forecast = figure("forecast", unit, "operating_expenses")
        budget = figure("amended", unit, "operating_expenses")
        assert forecast is not None
        assert budget is not None
        return forecast - budget

    assert sum(deviation(unit) for unit in ("64520200", "64520300", "64520400")) == -270_000
    assert deviation("64520500") == 100_000
    assert deviation("64520000") == -170_000


@pytest.mark.parametrize("names", FILES.values(), ids=FILES)
def test_internal_items_net_to_zero_over_the_whole(names: list[str]) -> None:
    inner = [
        euros(line) for name in names for line in lines_of(name) if line["Sisäinen"] == "kyllä"
    ]
    assert sum(inner) == 0


def test_internal_items_are_in_the_tables_of_both_years() -> None:
    for name in ("actuals-2022.csv", "actuals-2023-06.csv", "budget-2023.csv"):
        assert any(line["Sisäinen"] == "kyllä" for line in lines_of(name))


def test_july_rents_of_about_650_000_are_in_the_wellbeing_divisions_june() -> None:
    july = [
        euros(line)
        for line in lines_of("actuals-2023-06.csv")
        if line["Selite"] == "Sisäinen vuokra, heinäkuu" and line["Yksikkö"].startswith("643")
    ]
    assert sum(july) == -650_000


@pytest.mark.parametrize(
    ("unit", "row", "booked"),
    [
        ("64400000", "operating_expenses", ["actual_2022"]),
        ("64550000", "operating_revenue", ["actual_2022"]),
        ("64150000", "operating_revenue", ["actual", "forecast"]),
        ("64150000", "operating_expenses", ["actual", "forecast"]),
        ("64210000", "operating_revenue", ["actual_2022"]),
        ("64510000", "operating_revenue", ["actual_2022"]),
        ("64310000", "operating_revenue", []),
        ("64000000", "extraordinary_items", ["actual_2022"]),
    ],
)
def test_a_printed_zero_is_nothing_booked(unit: str, row: str, booked: list[str]) -> None:
    assert [column for column in FILES if figure(column, unit, row) is not None] == booked


def test_no_line_of_any_file_is_zero() -> None:
    names = {name for names in FILES.values() for name in names}
    assert all(euros(line) for name in names for line in lines_of(name))


def test_every_line_stands_on_a_unit_and_on_either_an_account_or_a_row() -> None:
    own = {line["Tili"] for line in lines_of("accounts.csv")}
    for name in {name for names in FILES.values() for name in names}:
        for line in lines_of(name):
            assert line["Yksikkö"] in PARENTS
            assert bool(line["Tili"]) != bool(line.get("Rivi"))
            assert len(line["Tili"]) != 6 or line["Tili"] in own


def test_actuals_stand_on_cost_centres_that_were_valid() -> None:
    units = {unit["Koodi"]: unit for unit in lines_of("organization.csv")}
    for name, year in (("actuals-2022.csv", 2022), ("actuals-2023-06.csv", 2023)):
        for line in lines_of(name):
            unit = units[line["Yksikkö"]]
            assert unit["Taso"] == "kustannuspaikka"
            assert int(unit["Voimassa alkaen"] or 0) <= year <= int(unit["Voimassa asti"] or 9999)


@pytest.mark.skipif(not CHART.exists(), reason="the official chart is not here")
@pytest.mark.parametrize("year", ["2022", "2023"])
def test_every_account_is_official_or_under_an_official_one(year: str) -> None:
    with CHART.open(encoding="utf-8-sig", newline="") as file:
        official = {line["number"] for line in csv.DictReader(file) if line["year"] == year}
    own = {line["Tili"]: line["Virallinen tili"] for line in lines_of("accounts.csv")}
    used = {line["Tili"] for names in FILES.values() for name in names for line in lines_of(name)}
    assert {own.get(account, account) for account in used if account} <= official
    assert set(own.values()) <= official


def test_amendments_say_that_their_decisions_are_example_data() -> None:
    amendments = lines_of("amendments-2023.csv")
    assert [(line["Yksikkö"], line["Summa"]) for line in amendments] == [
        ("64110000", "-44000,00"),
        ("64230000", "-700000,00"),
    ]
    assert all(line["Selite"].startswith("esimerkkiaineistoa: ") for line in amendments)


@pytest.mark.parametrize("unit", ["summary", "64100000", "64200000", "64300000", "64500000"])
def test_each_text_is_a_short_account(unit: str) -> None:
    words = (KEMI / "texts" / f"{unit}.md").read_text(encoding="utf-8").split()
    assert 60 <= len(words) <= 140
