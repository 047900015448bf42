"""Plans with columns of months: a figure a month, faults by column, totals as checks."""

from datetime import date
from pathlib import Path

import pytest

from katsaus.ledger.importers import Kind, Mapping, load_mapping, read
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import KNOWN, Desk, codes, only

NAMES = """
tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu
jan feb mars april maj juni juli aug sep okt nov dec
January February March April May June July August September October November December
"""
SHORT, SWEDISH, ENGLISH = (line.split() for line in NAMES.strip().splitlines())
LONG = [f"{name}kuu" for name in SHORT]
NUMBERS = range(1, 13)
CELLS = ";".join(f"-{number},00" for number in NUMBERS)


def _text(headers: list[str], *, row: str = f"6400;4000;{CELLS}", before: str = "") -> str:
    return f"Kustannuspaikka;Tili;{before}{';'.join(headers)}\n{row}\n"


@pytest.mark.parametrize(
    "headers",
    [
        SHORT,
        LONG,
        SWEDISH,
        ENGLISH,
        [name.capitalize() for name in SHORT],
        [str(number) for number in NUMBERS],
        [f"{number:02}" for number in NUMBERS],
        [f"kk {number}" for number in NUMBERS],
    ],
)
def test_months_are_known_by_name_and_number_in_three_languages(
    desk: Desk, headers: list[str]
) -> None:
    reading = desk.text(_text(headers), Kind.BUDGET, Mapping(year=2026))
    assert reading.problems == ()
    assert desk.rows("month, cents") == [(number, -100 * number) for number in NUMBERS]
    assert desk.rows("DISTINCT unit, account, year, source_row") == [("6400", "4000", 2026, 2)]


@pytest.mark.parametrize(
    "spelling",
    ["{0}/2026", "{0:02}/2026", "2026-{0:02}", "2026{0:02}", "kk {0}/2026", "2026-{0:02}-01"],
)
def test_a_year_beside_the_numbers_of_months_is_that_of_all_rows(desk: Desk, spelling: str) -> None:
    headers = [spelling.format(number) for number in NUMBERS]
    reading = desk.text(_text(headers), Kind.FORECASTS)
    assert reading.problems == ()
    assert desk.rows("DISTINCT year") == [(2026,)]
    assert desk.column("month") == [*NUMBERS]


@pytest.mark.parametrize("year", ["2026", "26"])
def test_a_year_beside_the_names_of_months_is_that_of_all_rows(desk: Desk, year: str) -> None:
    reading = desk.text(_text([f"{name}-{year}" for name in SHORT]), Kind.BUDGET)
    assert reading.problems == ()
    assert desk.rows("DISTINCT year") == [(2026,)]


def test_an_empty_cell_is_no_figure_and_a_zero_is_one(desk: Desk) -> None:
    text = "Kp;Tili;Vuosi;Tammi;Helmi;Maalis\n6400;4000;2026;-1,00;;0\n6400;3000;2026;;;\n"
    reading = desk.text(text, Kind.BUDGET)
    assert reading.problems == ()
    assert desk.rows("account, month, cents") == [("4000", 1, -100), ("4000", 3, 0)]
    assert reading.totals is not None
    assert reading.totals.by_month == ((202601, -100), (202603, 0))


def test_a_fault_is_told_by_row_and_month(desk: Desk) -> None:
    text = "Kp;Tili;Vuosi;Tammi;Helmi\n6400;4000;2026;-1,00;-2,00\n6400;4000;2026;1;kaksi\n"
    problem = only(desk.text(text, Kind.BUDGET))
    assert (problem.code, problem.row, problem.field, problem.value) == (
        Code.BAD_AMOUNT,
        3,
        "month_2",
        "kaksi",
    )


def test_unknown_units_are_counted_as_rows_of_the_file(desk: Desk) -> None:
    problem = only(
        desk.text(_text(SHORT, row=f"9999;4000;{CELLS}"), Kind.BUDGET, Mapping(year=2026))
    )
    assert (problem.code, problem.count, problem.cents) == (Code.UNKNOWN_UNIT, 1, -7_800)


@pytest.mark.parametrize("header", ["Yhteensä", "TA 2026", "Koko vuosi", "Summa", "Totalt"])
def test_the_total_beside_the_months_is_a_check_and_no_figure(desk: Desk, header: str) -> None:
    text = f"Kp;Tili;Vuosi;Tammi;Helmi;{header}\n6400;4000;2026;-1,00;-2,00;-3,00\n"
    assert desk.text(text, Kind.BUDGET).problems == ()
    assert desk.rows("month, cents") == [(1, -100), (2, -200)]


def test_a_row_whose_months_do_not_add_up_to_its_total_is_told(desk: Desk) -> None:
    text = (
        "Kp;Tili;Vuosi;Tammi;Helmi;Yhteensä\n6400;4000;2026;-100,00;-200,00;-300,00\n"
        "6400;3000;2026;100,00;200,00;3000,00\n6410;4000;2026;;;-50,00\n6410;3000;2026;;;0\n"
    )
    reading = desk.text(text, Kind.BUDGET)
    assert [(p.code, p.row, p.field, p.cents, p.other_cents) for p in reading.problems] == [
        (Code.MONTHS_DIFFER, 3, "total", 300_000, 30_000),
        (Code.MONTHS_DIFFER, 4, "total", -5_000, None),
    ]
    assert reading.is_blocked


def test_what_rounding_explains_is_told_once_and_prevents_nothing(desk: Desk) -> None:
    rows = "6400;4000;2026;-333;-333;-333;-1000\n6410;4000;2026;-333;-333;-333;-1000\n"
    reading = desk.text(f"Kp;Tili;Vuosi;Tammi;Helmi;Maalis;Yhteensä\n{rows}", Kind.BUDGET)
    problem = only(reading)
    assert (problem.code, problem.row, problem.count, problem.is_blocking) == (
        Code.MONTHS_DIFFER,
        2,
        2,
        False,
    )
    assert reading.totals is not None
    assert reading.totals.cents == -199_800


def test_expenses_with_a_plus_are_turned_in_every_month_and_in_the_total(desk: Desk) -> None:
    text = "Kp;Tili;Vuosi;Tammi;Helmi;Yhteensä\n6400;4000;2026;1,00;2,00;3,00\n"
    assert desk.text(text, Kind.BUDGET, Mapping(sign="expense_positive")).problems == ()
    assert desk.column("cents") == [-100, -200]


def test_the_row_of_totals_under_the_months_is_left_out(desk: Desk) -> None:
    text = (
        "Kp;Tili;Vuosi;Tammi;Helmi;Yhteensä\n6400;4000;2026;-1,00;-2,00;-3,00\n"
        "6410;4000;2026;-1,00;;-1,00\nYhteensä;;;-2,00;-2,00;-4,00\n"
    )
    reading = desk.text(text, Kind.BUDGET)
    assert codes(reading) == [(Code.TOTAL_ROW_SKIPPED, 4)]
    assert desk.column("cents") == [-100, -200, -100]


def test_months_of_two_years_are_asked_about_once(desk: Desk) -> None:
    text = "Kp;Tili;1/2025;2/2025;1/2026;2/2026\n6400;4000;-1,00;-2,00;-3,00;-4,00\n"
    problem = only(desk.text(text, Kind.BUDGET))
    assert (problem.code, problem.field, problem.value, problem.hint) == (
        Code.DUPLICATE_COLUMN,
        "year",
        "2025, 2026",
        "year",
    )
    assert desk.text(text, Kind.BUDGET, Mapping(year=2026)).problems == ()
    assert desk.rows("year, month, cents") == [(2026, 1, -300), (2026, 2, -400)]


def test_the_total_of_another_year_is_not_held_against_the_months(desk: Desk) -> None:
    text = "Kp;Tili;TA 2025;1/2026;2/2026;TA 2026\n6400;4000;-9,00;-1,00;-2,00;-3,00\n"
    assert desk.text(text, Kind.BUDGET).problems == ()
    assert desk.rows("year, cents") == [(2026, -100), (2026, -200)]


def test_the_mapping_names_the_columns_of_months_and_of_the_total(desk: Desk) -> None:
    text = "Kp;Tili;A;B;Koko\n6400;4000;-1,00;-2,00;-3,00\n"
    said = Mapping(columns={"month_1": "A", "month_2": 4, "total": "Koko"}, year=2026)
    assert desk.text(text, Kind.BUDGET, said).problems == ()
    assert desk.rows("month, cents") == [(1, -100), (2, -200)]


def test_of_months_of_two_years_the_mapping_may_name_some(desk: Desk) -> None:
    text = "Kp;Tili;1/2025;2/2025;1/2026;2/2026\n6400;4000;-1,00;-2,00;-3,00;-4,00\n"
    said = Mapping(columns={"month_1": "1/2025", "month_2": "2/2025"}, year=2025)
    assert desk.text(text, Kind.BUDGET, said).problems == ()
    assert desk.rows("year, month, cents") == [(2025, 1, -100), (2025, 2, -200)]


def test_an_amount_that_the_mapping_names_is_that_of_the_year(desk: Desk) -> None:
    text = "Kp;Tili;Vuosi;Tammi;Helmi;TA 2026\n6400;4000;2026;-1,00;-2,00;-5,00\n"
    assert desk.text(text, Kind.BUDGET, Mapping(columns={"amount": "TA 2026"})).problems == ()
    assert desk.rows("month, cents") == [(0, -500)]


def test_a_month_alone_and_a_few_numbers_are_no_columns_of_months(desk: Desk) -> None:
    text = "Kp;Tili;Vuosi;Summa;Tammi;1;2;3\n6400;4000;2026;-1,00;x;5;6;7\n"
    assert desk.text(text, Kind.BUDGET).problems == ()
    assert desk.rows("month, cents") == [(0, -100)]


def test_amounts_from_one_to_twelve_are_not_taken_for_headers(desk: Desk) -> None:
    row = ";".join(map(str, NUMBERS))
    reading = desk.text(_text(SHORT, row=f"6400;3000;{row}"), Kind.BUDGET, Mapping(year=2026))
    assert reading.problems == ()
    assert reading.recognition is not None
    assert reading.recognition.header_row == 1


def test_months_without_a_year_ask_for_it(desk: Desk) -> None:
    problem = only(desk.text(_text(SHORT), Kind.BUDGET))
    assert (problem.code, problem.field, problem.hint) == (Code.MISSING_COLUMN, "year", "year")


@pytest.mark.parametrize("is_date", [True, False])
def test_a_workbook_may_have_days_or_numbers_for_its_months(desk: Desk, is_date: bool) -> None:
    heads = [date(2026, number, 1) if is_date else float(number) for number in NUMBERS]
    path = desk.book([["Kp", "Tili", *heads], ["6400", "4000", *map(float, NUMBERS)]])
    said = Mapping(year=2026, sign="expense_positive")
    reading = read(desk.connection, path, Kind.BUDGET, known=KNOWN, mapping=said)
    assert reading.problems == ()
    assert desk.rows("year, month, cents") == [(2026, n, -100 * n) for n in NUMBERS]


def test_a_mapping_of_the_command_names_months_too(desk: Desk, tmp_path: Path) -> None:
    said = tmp_path / "lukuohje.yaml"
    said.write_text("year: 2026\ncolumns:\n  month_1: A\n  month_2: 4\n", "utf-8")
    text = "Kp;Tili;A;B\n6400;4000;-1,00;-2,00\n"
    assert desk.text(text, Kind.BUDGET, load_mapping(said)).problems == ()
    assert desk.rows("month, cents") == [(1, -100), (2, -200)]
