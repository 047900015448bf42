"""Kemi's interim report January-June 2023: every printed figure of tables A to F."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from katsaus.core.formats import DASH, MINUS, NO_BREAK_SPACE
from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.core.tables import Cell
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.compose import compose

GOLDEN = Path(__file__).parents[2] / "golden" / "kemi-2023-06.csv"
AMOUNTS = (
    "actual_2022",
    "budget_2023",
    "amended_budget_2023",
    "actual_2023_06",
    "forecast_2023",
)


def golden_rows() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def report(kemi: Municipality) -> Report:
    return compose(kemi, Period(2023, 6))


def cells_of(report: Report) -> dict[tuple[str, str, str, str], Cell]:
    return {
        (table.id, row.unit, row.id, column.id): cell
        for table in report.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }


def plain(shown: str) -> str:
    return shown.replace(NO_BREAK_SPACE, "").replace(MINUS, "-")


def test_all_88_rows_of_tables_a_to_f_print_as_in_the_published_report(report: Report) -> None:
    cells = cells_of(report)
    printed = {}
    expected = {}
    for row in golden_rows():
        place = (row["table"], row["unit"], row["row"])
        for column in AMOUNTS:
            if row[column]:
                expected[*place, column] = row[column]
                printed[*place, column] = plain(cells[*place, column].shown)
    assert len(golden_rows()) == 88
    assert printed == expected


def test_realization_rates_print_as_published_and_a_zero_base_prints_a_dash(
    report: Report,
) -> None:
    cells = cells_of(report)
    for row in golden_rows():
        cell = cells[row["table"], row["unit"], row["row"], "realization_rate"]
        has_base = (row["amended_budget_2023"] or row["budget_2023"]) != "0"
        assert plain(cell.shown) == (f"{row['realization_rate']}%" if has_base else DASH)


def test_the_tables_hold_no_rows_beside_the_published_ones(report: Report) -> None:
    published = [(row["table"], row["unit"], row["row"]) for row in golden_rows()]
    tables = [table for table in report.tables if table.letter and table.id != "deviation_chart"]
    assert [(t.id, row.unit, row.id) for t in tables for row in t.rows] == published


def test_two_divisions_print_no_amended_budget(report: Report) -> None:
    lettered = [table for table in report.tables if table.letter]
    with_it = [t.letter for t in lettered if "amended_budget_2023" in {c.id for c in t.columns}]
    assert with_it == ["A", "B", "C", "D"]


def test_the_deviation_chart_has_the_four_divisions_and_the_whole(report: Report) -> None:
    [chart] = [table for table in report.tables if table.id == "deviation_chart"]
    assert [(row.label, plain(row.cells[0].shown)) for row in chart.rows] == [
        ("Keskusvirasto", "356"),
        ("Elinvoima", "-499"),
        ("Hyvinvointi", "-1240"),
        ("Ympäristö", "-170"),
        ("Yhteensä", "-1553"),
    ]
    exact = [row.cells[0].value for row in chart.rows]
    assert [
        value.quantize(Decimal(1), ROUND_HALF_UP) for value in exact if isinstance(value, Decimal)
    ] == [
        355_774,
        -498_626,
        -1_239_959,
        -170_001,
        -1_552_812,
    ]


def test_nothing_booked_is_null_though_kemi_prints_a_zero(report: Report) -> None:
    cell = cells_of(report)["division:64100000", "64150000", "operating_revenue", "budget_2023"]
    assert (cell.value, cell.shown) == (None, "0")


def test_a_service_area_without_revenue_has_no_revenue_row(report: Report) -> None:
    assert not any(
        unit == "64310000" and row == "operating_revenue" for _, unit, row, _ in cells_of(report)
    )


def test_an_ended_division_stands_in_table_b_with_its_last_accounts_only(report: Report) -> None:
    cells = cells_of(report)
    row = [cells["divisions", "64400000", "operating_margin", column].value for column in AMOUNTS]
    assert row[0] is not None
    assert row[1:] == [None] * 4


def test_the_finding_and_the_lead_say_what_the_figures_say(report: Report) -> None:
    assert "1,55" in report.finding
    assert f"52{NO_BREAK_SPACE}%" in report.lead
    assert "Hyvinvointitoimiala" in report.lead


def test_amendments_after_the_period_do_not_count(kemi: Municipality) -> None:
    march = cells_of(compose(kemi, Period(2023, 3)))
    june = cells_of(compose(kemi, Period(2023, 6)))
    place = ("divisions", "64200000", "operating_expenses")
    assert march[*place, "amended_budget_2023"].value == march[*place, "budget_2023"].value
    assert june[*place, "amended_budget_2023"].value != june[*place, "budget_2023"].value
    # The forecast of the June round is not known in March.
    assert (*place, "forecast_2023") not in march
    assert june[*place, "forecast_2023"].value is not None


def test_composing_takes_few_queries(
    kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Whatever the number of units, goals and indicators.
    with django_assert_max_num_queries(15):
        compose(kemi, Period(2023, 6))


def test_the_report_can_be_had_in_swedish_and_english(kemi: Municipality) -> None:
    swedish = compose(kemi, Period(2023, 6), "sv")
    english = compose(kemi, Period(2023, 6), "en")
    assert [table.rows.__next__().label for table in swedish.tables][1] == "Verksamhetsintäkter"
    assert [table.rows.__next__().label for table in english.tables][1] == "Operating revenue"
