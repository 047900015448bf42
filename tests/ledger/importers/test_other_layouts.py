"""Files as other systems lay them out: year and month apart or in a header, code with name."""

from dataclasses import replace
from datetime import date

import pytest

from katsaus.ledger.importers import Kind, Mapping
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import KNOWN, Desk, codes, only


@pytest.mark.parametrize("month", ["Kuukausi", "kk", "Kausi", "Kirjauskausi"])
def test_year_and_month_in_two_columns_are_the_first_of_the_month(desk: Desk, month: str) -> None:
    reading = desk.text(
        f"Vuosi;{month};Kustannuspaikka;Tili;Summa\n"
        "2023;1;6400;4000;-1,00\n2023;06;6400;4000;-2,00\n2022;12;6410;3000;3,00\n"
    )
    assert not reading.is_blocked, reading.problems
    assert desk.column("date") == [date(2023, 1, 1), date(2023, 6, 1), date(2022, 12, 1)]
    assert reading.totals is not None
    assert (reading.totals.first_month, reading.totals.last_month) == (202212, 202306)


def test_a_whole_period_beside_a_year_is_read_as_it_is(desk: Desk) -> None:
    reading = desk.text("Vuosi;Kausi;Kp;Tili;Summa\n2023;202306;6400;4000;-1,00\n")
    assert not reading.is_blocked, reading.problems
    assert desk.column("date") == [date(2023, 6, 1)]


def test_the_date_of_the_voucher_goes_before_year_and_month(desk: Desk) -> None:
    reading = desk.text("Vuosi;Kk;Pvm;Kp;Tili;Summa\n2023;6;15.6.2023;6400;4000;-1,00\n")
    assert not reading.is_blocked, reading.problems
    assert desk.column("date") == [date(2023, 6, 15)]
    said = Mapping(columns={"year": "Vuosi", "month": "Kk"})
    desk.text("Vuosi;Kk;Pvm;Kp;Tili;Summa\n2023;6;15.6.2023;6400;4000;-1,00\n", mapping=said)
    assert desk.column("date") == [date(2023, 6, 1)]


def test_a_bad_year_or_month_of_a_posting_is_one_fault(desk: Desk) -> None:
    reading = desk.text(
        "Vuosi;Kk;Kp;Tili;Summa\n2023;1;6400;4000;1,00\n2023;13;6400;4000;1,00\n"
        "23;2;6400;4000;1,00\n2023;0;6400;4000;1,00\n2023;;6400;4000;1,00\n"
    )
    assert codes(reading) == [
        (Code.BAD_MONTH, 3),
        (Code.BAD_YEAR, 4),
        (Code.BAD_MONTH, 5),
        (Code.MISSING_VALUE, 6),
    ]


def test_a_year_alone_is_no_date(desk: Desk) -> None:
    reading = desk.text("Vuosi;Kp;Tili;Summa\n2023;6400;4000;1,00\n")
    assert [(p.code, p.field) for p in reading.problems] == [(Code.MISSING_COLUMN, "date")]


@pytest.mark.parametrize(
    "period", ["2023-06", "2023/06", "202306", "6/2023", "06/2023", "6.2023", "06-2023"]
)
def test_a_period_in_one_column_is_the_first_of_its_month(desk: Desk, period: str) -> None:
    reading = desk.text(f"Kausi;Kp;Tili;Summa\n{period};6400;4000;-1,00\n")
    assert not reading.is_blocked, reading.problems
    assert desk.column("date") == [date(2023, 6, 1)]


def test_code_and_name_in_one_cell_are_told_apart(desk: Desk) -> None:
    reading = desk.text(
        "Kustannuspaikka;Tili;Pvm;Summa\n"
        "6400 Konsernipalvelut;4000 Palkat;1.6.2023;-1,00\n"
        "6410 - Perusopetus;3000: Myyntituotot;1.6.2023;2,00\n"
        "6400\u00a0Konsernipalvelut;4000;1.6.2023;-3,00\n"
    )
    assert not reading.is_blocked, reading.problems
    assert desk.rows("unit, account") == [("6400", "4000"), ("6410", "3000"), ("6400", "4000")]
    assert [(p.code, p.field, p.row, p.value, p.count) for p in reading.problems] == [
        (Code.NAME_LEFT_OUT, "unit", 2, "6400 Konsernipalvelut", 3),
        (Code.NAME_LEFT_OUT, "account", 2, "4000 Palkat", 2),
    ]


def test_an_unknown_code_with_its_name_is_named_whole(desk: Desk) -> None:
    reading = desk.text("Kp;Tili;Pvm;Summa\n9999 Olematon;4000;1.6.2023;-1,00\n")
    assert [(p.code, p.value) for p in reading.problems] == [(Code.UNKNOWN_UNIT, "9999 Olematon")]


BODIES = {
    "Kunnanvaltuusto": "Kunnanvaltuusto",
    "Kommunfullmäktige": "Kunnanvaltuusto",
    "Sivistyslautakunta": "Sivistyslautakunta",
}


def test_another_spelling_of_a_governing_body_is_that_body_and_an_unknown_one_is_told(
    desk: Desk,
) -> None:
    known = ("Kunnanvaltuusto", "kunnanvaltuusto", "Kommunfullmäktige", "SIVISTYSLAUTAKUNTA")
    rows = "".join(
        f"6400;4000;2023;-1,00;{body};{day}.6.2023\n"
        for day, body in enumerate((*known, "Kunnanvaltusto", "Kunnanvaltusto", ""), 1)
    )
    head = "Yksikkö;Tili;Vuosi;Summa;Toimielin;Päätöspäivä\n"
    problem = only(desk.text(head + rows, Kind.AMENDMENTS, known=replace(KNOWN, bodies=BODIES)))
    assert desk.column("decision_body") == [
        *["Kunnanvaltuusto"] * 3,
        "Sivistyslautakunta",
        *["Kunnanvaltusto"] * 2,
        None,
    ]
    assert (problem.code, problem.row, problem.value, problem.count, problem.is_blocking) == (
        Code.UNKNOWN_BODY,
        6,
        "Kunnanvaltusto",
        2,
        False,
    )
    assert problem.possible == ("Kunnanvaltuusto", "Sivistyslautakunta")


def test_a_unit_answers_to_the_body_that_is_known_in_another_spelling(desk: Desk) -> None:
    text = (
        "Koodi;Nimi;Taso;Toimielin\n1;Kunta;kunta;KUNNAN VALTUUSTO\n2;Koulut;kunta;"
        " kunnanvaltuusto\n"
    )
    desk.text(text, Kind.ORGANIZATION, known=replace(KNOWN, bodies=BODIES))
    assert desk.column("governing_body") == ["KUNNAN VALTUUSTO", "Kunnanvaltuusto"]


WIDE = "Kustannuspaikka;Tili;{};Selite\n6400;4000;-100,00;koe\n6410;3000;50,00;\n"


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (Kind.BUDGET, "TA 2025"),
        (Kind.BUDGET, "Talousarvio 2025, €"),
        (Kind.BUDGET, "Budget 2025"),
        (Kind.FORECASTS, "TP-ennuste 2025"),
        (Kind.FORECASTS, "2025 Ennuste"),
        (Kind.BUDGET, "TA2025"),
    ],
)
def test_a_column_of_amounts_may_have_its_year_in_its_header(
    desk: Desk, kind: Kind, header: str
) -> None:
    reading = desk.text(WIDE.format(header), kind)
    assert reading.problems == ()
    assert desk.rows("unit, account, year, month, cents") == [
        ("6400", "4000", 2025, 0, -10_000),
        ("6410", "3000", 2025, 0, 5_000),
    ]
    assert reading.recognition is not None
    assert reading.recognition.year == 2025


@pytest.mark.parametrize(
    "header",
    [
        *("Muutos 2025", "Määrärahamuutos 2025", "Lisätalousarvio 2025", "TA-muutos 2025, €"),
        *("Ändring 2025", "Tilläggsbudget 2025", "Amendment 2025"),
    ],
)
def test_a_column_of_amendments_may_have_its_year_in_its_header(desk: Desk, header: str) -> None:
    text = f"Yksikkö;Tili;Päätöspäivä;TA 2025;{header};Muutettu TA 2025\n"
    row = "6400;4000;29.9.2025;-9,00;-1,00;-10,00\n"
    reading = desk.text(text + row, Kind.AMENDMENTS)
    assert reading.problems == ()
    assert desk.rows("year, cents, decided_on") == [(2025, -100, date(2025, 9, 29))]


def test_of_two_years_the_person_says_which(desk: Desk) -> None:
    text = "Yksikkö;Tili;TA 2024;TA 2025\n6400;4000;-1,00;-2,00\n"
    problem = only(desk.text(text, Kind.BUDGET))
    assert (problem.code, problem.field) == (Code.DUPLICATE_COLUMN, "amount")
    assert desk.text(text, Kind.BUDGET, Mapping(columns={"amount": "TA 2024"})).problems == ()
    assert desk.rows("year, cents") == [(2024, -100)]


def test_a_budget_without_a_year_asks_for_it_and_the_mapping_gives_it(desk: Desk) -> None:
    text = "Yksikkö;Tili;Summa\n6400;4000;-1,00\n"
    problem = only(desk.text(text, Kind.BUDGET))
    assert (problem.code, problem.field, problem.hint) == (
        Code.MISSING_COLUMN,
        "year",
        "year",
    )
    assert desk.text(text, Kind.BUDGET, Mapping(year=2026)).problems == ()
    assert desk.column("year") == [2026]


def test_rows_of_another_year_than_their_header_are_told_at_once(desk: Desk) -> None:
    text = (
        "Yksikkö;Tili;Vuosi;TA 2025\n6400;4000;2025;-1,00\n6400;4000;2024;-2,00\n"
        "6400;4000;2026;-4,00\n"
    )
    problem = only(desk.text(text, Kind.BUDGET))
    assert (problem.code, problem.row, problem.field, problem.value) == (
        Code.YEAR_UNLIKE_HEADER,
        3,
        "year",
        "2024, 2026",
    )
    assert (problem.count, problem.cents, problem.possible) == (2, -600, ("2025",))
    assert problem.is_blocking


def test_a_column_of_years_that_the_mapping_names_goes_before_the_header(desk: Desk) -> None:
    text = "Yksikkö;Tili;Vuosi;TA 2025\n6400;4000;2024;-1,00\n"
    assert desk.text(text, Kind.BUDGET, Mapping(columns={"year": "Vuosi"})).problems == ()
    assert desk.column("year") == [2024]


def test_years_that_agree_with_their_header_are_as_they_should(desk: Desk) -> None:
    text = "Yksikkö;Tili;Vuosi;TA 2025\n6400;4000;2025;-1,00\n"
    assert desk.text(text, Kind.BUDGET, Mapping(year=2026)).problems == ()
    assert desk.column("year") == [2025]


def test_a_year_that_the_mapping_gives_does_not_deny_the_header(desk: Desk) -> None:
    text = "Yksikkö;Tili;TA 2025\n6400;4000;-1,00\n"
    problem = only(desk.text(text, Kind.BUDGET, Mapping(year=2024)))
    assert (problem.code, problem.value, problem.possible, problem.hint) == (
        Code.SAID_YEAR_UNLIKE_HEADER,
        "2024",
        ("2025",),
        "year",
    )


def test_the_year_of_a_budget_is_none_of_postings(desk: Desk) -> None:
    text = "Yksikkö;Tili;Pvm;TA 2025\n6400;4000;1.6.2025;-1,00\n"
    assert only(desk.text(text)).field == "amount"
