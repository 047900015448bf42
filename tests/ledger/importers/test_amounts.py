"""Amounts as Finnish systems write them, and those that nobody can be sure of."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katsaus.ledger.importers import Mapping
from katsaus.ledger.importers.amounts import NumberFormat, cents_sql, quoted
from katsaus.ledger.problems import ProblemCode
from ledger.importers.desk import Desk, codes, only

# Beside a certain "0,01", which shows that the comma is the decimal mark.
SPELLINGS = {
    "1234,56": 123456,
    "1 234,56": 123456,
    "1\u00a0234,56": 123456,
    "1\u202f234,56": 123456,
    "1'234,56": 123456,
    "1\u2019234,56": 123456,
    "1.234,56": 123456,
    "12 345 678,90": 1234567890,
    "475.378": 47537800,
    "1234": 123400,
    "0": 0,
    "-0,00": 0,
    "7,5": 750,
    ",50": 50,
    "1,500": 150,
    "+12,00": 1200,
    "12,00+": 1200,
    "-179": -17900,
    "- 179": -17900,
    "\u2013179,00": -17900,
    "\u2212179,00": -17900,
    "\u2212 1 179,05": -117905,
    "179,00-": -17900,
    "179,00 -": -17900,
    "(179,00)": -17900,
    "12,50 €": 1250,
    "-1 012,50 EUR": -101250,
    "  5,00  ": 500,
    "90071992547409,93": 9007199254740993,
}
REFUSED = ["-", "\u2212", "abc", "12 34", "1 2345,00", "5,", "--5", "-5-", "1,2,3", "1.23", "1e5"]
REFUSED += [
    "0x10",
    "1_000",
    "99999999999999999999",
    "(5",
    "5)",
    "100,-",
    "1 234.567,00",
    "1.234 567",
]


@pytest.mark.parametrize(("spelling", "cents"), SPELLINGS.items(), ids=ascii)
def test_a_spelling_of_an_amount_is_read_to_the_cent(desk: Desk, spelling: str, cents: int) -> None:
    reading = desk.amounts("0,01", spelling)
    assert not reading.is_blocked, reading.problems
    assert desk.column("cents") == [1, cents]


@pytest.mark.parametrize("spelling", REFUSED, ids=ascii)
def test_what_is_no_amount_is_refused_with_its_row_and_text(desk: Desk, spelling: str) -> None:
    problem = only(desk.amounts("0,01", "0,02", spelling))
    assert (problem.code, problem.row, problem.field) == (ProblemCode.BAD_AMOUNT, 4, "amount")
    assert problem.value == spelling


def test_parts_of_a_cent_are_refused_and_zeros_after_the_cents_are_not(desk: Desk) -> None:
    reading = desk.amounts("1,00", "1,005", "1,0500")
    assert codes(reading) == [(ProblemCode.TOO_PRECISE_AMOUNT, 3)]


def test_an_empty_amount_is_missing_and_not_zero(desk: Desk) -> None:
    assert codes(desk.amounts("1,00", "")) == [(ProblemCode.MISSING_VALUE, 3)]
    assert desk.column("cents") == [100, None]


def test_a_dot_is_the_decimal_mark_where_no_comma_says_otherwise(desk: Desk) -> None:
    reading = desk.amounts("123.45", "-1 234.5", "1,234.00", "7")
    assert desk.column("cents") == [12345, -123450, 123400, 700]
    assert reading.recognition is not None
    assert reading.recognition.decimal == "."


@pytest.mark.parametrize("amount", ["1.234", "1,234", "-475.378"])
def test_an_amount_that_can_be_read_in_two_ways_is_asked_about(desk: Desk, amount: str) -> None:
    problem = only(desk.amounts(amount, "500"))
    assert problem.code is ProblemCode.AMBIGUOUS_NUMBERS
    assert (problem.value, problem.hint) == (amount, "decimal")


@pytest.mark.parametrize(("decimal", "cents"), [(",", 123400), (".", None)])
def test_a_mapping_answers_the_question(desk: Desk, decimal: str, cents: int | None) -> None:
    desk.amounts("1.234", mapping=Mapping(decimal=decimal))
    assert desk.column("cents") == [cents]


def test_two_thousands_dots_say_that_the_dot_is_no_decimal_mark(desk: Desk) -> None:
    desk.amounts("1.234", "1.234.567")
    assert desk.column("cents") == [123400, 123456700]


def test_evidence_far_down_the_file_counts(desk: Desk) -> None:
    reading = desk.amounts(*["1.234"] * 5000, "0,50")
    assert not reading.is_blocked
    assert reading.totals is not None
    assert reading.totals.cents == 5000 * 123400 + 50


def test_expenses_written_as_plus_are_turned(desk: Desk) -> None:
    desk.amounts("10,00", "-3,00", mapping=Mapping(sign="expense_positive"))
    assert desk.column("cents") == [-1000, 300]


def test_credit_is_revenue_and_debit_is_expense(desk: Desk) -> None:
    reading = desk.text(
        "Kp;Tili;Pvm;Debet;Kredit\n"
        "6400;3000;1.6.2023;;1 000,00\n"
        "6400;4000;1.6.2023;250,00;\n"
        "6400;4000;1.6.2023;250,00;50,00\n"
        "6400;4000;1.6.2023;;\n"
        "6400;4000;1.6.2023;x;1,00\n"
    )
    assert desk.column("cents") == [100000, -25000, -20000, None, None]
    assert codes(reading) == [(ProblemCode.MISSING_VALUE, 5), (ProblemCode.BAD_AMOUNT, 6)]


def written(cents: int, thousands: str, decimal: str, minus: str) -> str:
    euros = f"{abs(cents) // 100:,}".replace(",", thousands)
    number = f"{euros}{decimal}{abs(cents) % 100:02d}"
    if cents >= 0:
        return number
    return minus.format(number)


@settings(deadline=None)
@given(
    cents=st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=5),
    thousands=st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "."]),
    minus=st.sampled_from(["-{}", "- {}", "\u2013{}", "\u2212{}", "{}-", "({})"]),
)
def test_any_amount_in_any_spelling_reads_back_the_same(
    cents: list[int], thousands: str, minus: str
) -> None:
    decimal = "," if thousands else "."
    texts = [written(amount, thousands, decimal, minus) for amount in cents]
    sql = cents_sql("t", NumberFormat(decimal, ()))
    values = ", ".join(f"({quoted(text)})" for text in texts)
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT {sql} FROM (VALUES {values}) AS v(t)").fetchall()
    assert [row[0] for row in rows] == cents


@pytest.mark.parametrize("mark", ["space", ".", "'"])
def test_the_quick_way_reads_as_the_slow_one(mark: str) -> None:
    amounts = [0, 5, -123456, 99999999, -100000000000]
    sign = " " if mark == "space" else mark
    texts = [written(amount, sign, ",", "-{}") for amount in amounts] + ["12 34,00", "1.2,00"]
    values = ", ".join(f"({quoted(text)})" for text in texts)
    quick = cents_sql("t", NumberFormat(",", (mark,)))
    slow = cents_sql("t", NumberFormat(",", ()))
    with duckdb.connect() as connection:
        query = f"SELECT {quick}, {slow} FROM (VALUES {values}) AS v(t)"
        rows = connection.execute(query).fetchall()
    assert [row[0] for row in rows] == [row[1] for row in rows] == [*amounts, None, None]
