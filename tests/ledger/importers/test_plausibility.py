"""Amounts that would count twice, and amounts whose signs or years are hardly meant."""

from dataclasses import replace

import pytest

from katsaus.ledger.importers import Kind, Mapping
from katsaus.ledger.problems import Problem
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import HEADER, KNOWN, Desk, codes, only

ROWS = ("operating_expenses", "operating_revenue", "operating_margin", "personnel_expenses")
TOWN = replace(
    KNOWN,
    units=frozenset({"1", "11", "12"}),
    accounts=frozenset({"3000", "4000", "4300"}),
    rows={name: name for name in ROWS},
    parts={
        "row:operating_margin": {
            *("row:operating_expenses", "row:operating_revenue", "row:personnel_expenses"),
            *("3000", "4000", "4300"),
        },
        "row:operating_expenses": {"row:personnel_expenses", "4000", "4300"},
        "row:operating_revenue": {"3000"},
        "row:personnel_expenses": {"4000"},
    },
    under=(("1", "11"), ("1", "12")),
)
PLAN = "Yksikkö;Tili;Rivi;Vuosi;Kuukausi;Summa;Sisäinen\n"
AMENDMENTS = "Yksikkö;Rivi;Vuosi;Summa;Toimielin;Päätöspäivä;Pykälä\n"


def _budget(desk: Desk, *rows: str) -> tuple[Problem, ...]:
    return desk.text(PLAN + "".join(f"{row}\n" for row in rows), Kind.BUDGET, known=TOWN).problems


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (";operating_expenses", [";personnel_expenses"]),
        (";operating_expenses", ["4000;", "4300;"]),
        (";operating_margin", [";operating_revenue", ";operating_expenses"]),
        (";operating_margin", ["3000;"]),
    ],
)
def test_a_row_beside_its_parts_is_a_fault_that_names_both(
    desk: Desk, whole: str, parts: list[str]
) -> None:
    found = _budget(
        desk, *(f"11;{part};2023;;-40,00;" for part in parts), f"11;{whole};2023;;-100,00;"
    )
    problem = next(each for each in found if each.code is Code.ROW_AND_PART)
    assert problem.is_blocking
    assert (problem.row, problem.other_row, problem.count) == (2 + len(parts), 2, len(parts))
    assert problem.value == f"11 row:{whole.strip(';')}"


@pytest.mark.parametrize(
    "part",
    [
        "12;4000;;2023;;-40,00;",  # of another unit
        "11;4000;;2024;;-40,00;",  # of another year
        "11;4000;;2023;;-40,00;kyllä",  # internal, when the row is external
        "11;4000;;2023;;0,00;",  # nothing
        "11;3000;;2023;;40,00;",  # no part of it
    ],
)
def test_what_is_no_part_of_the_same_figure_stands_beside_a_row(desk: Desk, part: str) -> None:
    assert _budget(desk, "11;;operating_expenses;2023;;-100,00;", part) == ()


def test_other_months_are_no_part_of_a_month_but_all_are_of_the_year(desk: Desk) -> None:
    of_may = "11;;operating_expenses;2023;5;-100,00;"
    assert _budget(desk, of_may, "11;4000;;2023;6;-40,00;") == ()
    found = _budget(desk, "11;;operating_expenses;2023;0;-100,00;", "11;4000;;2023;6;-40,00;")
    assert [each.code for each in found] == [Code.ROW_AND_PART]


def test_a_year_beside_its_months_is_a_fault(desk: Desk) -> None:
    months = [f"11;4000;;2023;{month};-10,00;" for month in range(1, 13)]
    [problem] = _budget(desk, *months, "11;4000;;2023;;-120,00;")
    assert (problem.code, problem.is_blocking) == (Code.YEAR_AND_MONTH, True)
    assert (problem.row, problem.other_row, problem.count) == (14, 2, 12)
    assert _budget(desk, *months) == ()


def test_a_unit_that_has_the_sum_of_those_under_it_is_a_fault(desk: Desk) -> None:
    below = ["11;4000;;2023;;-40,00;", "12;4300;;2023;;-60,00;", "12;3000;;2023;;5,00;"]
    [problem] = _budget(desk, "1;;operating_expenses;2023;;-100,00;", *below)
    assert (problem.code, problem.value, problem.is_blocking) == (Code.UNIT_AND_UNDER, "1", True)
    assert (problem.cents, problem.other_cents) == (-10_000, -10_000)
    assert (problem.row, problem.other_row, problem.count) == (2, 3, 2)


def test_a_unit_with_euros_of_its_own_beside_those_under_it_is_a_remark(desk: Desk) -> None:
    [problem] = _budget(desk, "1;4000;;2023;;-7,00;", "11;4000;;2023;;-40,00;")
    assert (problem.code, problem.is_blocking) == (Code.UNIT_AND_UNDER, False)
    assert (problem.cents, problem.other_cents) == (-700, -4000)


def test_a_unit_and_those_under_it_may_have_different_rows(desk: Desk) -> None:
    assert _budget(desk, "1;3000;;2023;;7,00;", "11;4000;;2023;;-40,00;") == ()


def test_decisions_may_change_a_row_and_its_part_but_one_that_does_both_is_told(
    desk: Desk,
) -> None:
    row = "11;operating_expenses;2023;-100,00;Valtuusto;2.5.2023;5\n"
    part = "11;personnel_expenses;2023;-100,00;Valtuusto;2.5.2023;"
    two = desk.text(AMENDMENTS + row + part + "6\n", Kind.AMENDMENTS, known=TOWN)
    assert two.problems == ()
    problem = only(desk.text(AMENDMENTS + row + part + "5\n", Kind.AMENDMENTS, known=TOWN))
    assert (problem.code, problem.is_blocking) == (Code.ROW_AND_PART, False)


@pytest.mark.parametrize("kind", [Kind.BUDGET, Kind.FORECASTS])
def test_expenses_that_are_positive_as_a_whole_are_asked_about(desk: Desk, kind: Kind) -> None:
    rows = "11;;operating_expenses;2023;;100,00;\n12;4000;;2023;;-30,00;\n"
    problem = only(desk.text(PLAN + rows, kind, known=TOWN))
    assert (problem.code, problem.is_blocking) == (Code.EXPENSES_POSITIVE, False)
    assert (problem.cents, problem.row, problem.hint) == (7_000, 2, "sign")
    turned = Mapping(sign="expense_positive")
    assert desk.text(PLAN + rows, kind, turned, known=TOWN).problems == ()


@pytest.mark.parametrize("account", ["3000;", ";operating_revenue"])
def test_revenue_that_is_negative_as_a_whole_is_asked_about(desk: Desk, account: str) -> None:
    row = f"11;{account};2023;;-100,00;\n"
    problem = only(desk.text(PLAN + row, Kind.BUDGET, known=TOWN))
    assert (problem.code, problem.cents, problem.hint) == (Code.REVENUE_NEGATIVE, -10_000, "sign")


def test_postings_with_turned_signs_are_asked_about_too(desk: Desk) -> None:
    row = "11;4000;1.6.2023;10,00;;;\n"
    assert only(desk.text(HEADER + row, known=TOWN)).code is Code.EXPENSES_POSITIVE
    assert desk.text(HEADER + row.replace("10,00", "-10,00"), known=TOWN).problems == ()


def test_an_amendment_may_take_expenses_away(desk: Desk) -> None:
    row = "11;operating_expenses;2023;100,00;Valtuusto;2.5.2023;5\n"
    assert desk.text(AMENDMENTS + row, Kind.AMENDMENTS, known=TOWN).problems == ()


def test_a_forecast_of_another_year_than_its_round_is_a_fault(desk: Desk) -> None:
    rows = "11;4000;;2023;;-1,00;\n11;4000;;2024;;-2,00;\n11;4000;;2025;;-3,00;\n"
    problem = only(desk.text(PLAN + rows, Kind.FORECASTS, known=replace(TOWN, year=2023)))
    assert (problem.code, problem.is_blocking) == (Code.YEAR_OF_OTHER_ROUND, True)
    assert (problem.row, problem.count, problem.cents) == (3, 2, -500)
    assert (problem.value, problem.possible) == ("2024, 2025", ("2023",))
    assert codes(desk.text(PLAN + rows, Kind.FORECASTS, known=TOWN)) == []


def test_a_total_of_the_parts_alone_is_not_said_to_lack_a_row(desk: Desk) -> None:
    rows = (
        "1;;operating_expenses;2023;;-100,00;",
        "11;4000;;2023;;-40,00;",
        "12;4300;;2023;;-60,00;",
        "Yhteensä;;;;;-100,00;",
    )
    assert [each.code for each in _budget(desk, *rows)] == [Code.UNIT_AND_UNDER]


def test_a_posting_that_is_there_three_times_is_a_remark_that_names_the_first(desk: Desk) -> None:
    thrice = "11;4000;1.6.2023;-10,00;;123;Paperia\n"
    others = "11;4000;1.6.2023;-10,00;;124;Paperia\n11;4300;1.6.2023;0,00;;1;\n"
    nothing = "11;4300;1.6.2023;0,00;;1;\n"  # nothing is added up
    problem = only(desk.text(HEADER + others + nothing + thrice * 3, known=TOWN))
    assert (problem.code, problem.is_blocking) == (Code.REPEATED_POSTING, False)
    assert (problem.row, problem.other_row) == (5, 7)
    assert (problem.count, problem.cents, problem.value) == (2, -2_000, "11 4000")


@pytest.mark.parametrize("kind", [Kind.BUDGET, Kind.FORECASTS])
def test_a_figure_that_is_given_twice_is_a_remark(desk: Desk, kind: Kind) -> None:
    alike = "11;;operating_expenses;2023;;-100,00;\n12;4000;;2023;5;-30,00;\n"
    again = alike.replace("-100", "-70") + "12;4000;;2023;5;-1,00;kyllä\n"
    problem = only(desk.text(PLAN + alike + again, kind, known=TOWN))
    assert (problem.code, problem.is_blocking) == (Code.REPEATED_FIGURE, False)
    assert (problem.row, problem.other_row) == (2, 4)
    assert (problem.count, problem.cents) == (2, -10_000)
    assert problem.value == "11 row:operating_expenses"


def test_months_in_columns_repeat_only_those_that_are_given_again(desk: Desk) -> None:
    head = "Yksikkö;Tili;Vuosi;Tammi;Helmi\n"
    known = desk.text(head + "11;4000;2023;-1;\n11;4000;2023;;-2\n", Kind.BUDGET, known=TOWN)
    assert known.problems == ()
    problem = only(
        desk.text(head + "11;4000;2023;-1;\n11;4000;2023;-3;-2\n", Kind.BUDGET, known=TOWN)
    )
    assert (problem.count, problem.cents, problem.other_row) == (1, -300, 3)


def test_only_the_same_decision_repeats_its_change(desk: Desk) -> None:
    row = "11;operating_expenses;2023;-100,00;Valtuusto;2.5.2023;"
    two = desk.text(AMENDMENTS + f"{row}5\n{row}6\n", Kind.AMENDMENTS, known=TOWN)
    assert two.problems == ()
    problem = only(desk.text(AMENDMENTS + f"{row}5\n{row}5\n", Kind.AMENDMENTS, known=TOWN))
    assert problem.code is Code.REPEATED_FIGURE
