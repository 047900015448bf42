"""Postings as other systems lay them out: year and month apart, code and name together."""

from datetime import date

import pytest

from katsaus.ledger.importers import Mapping
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import Desk, codes


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
