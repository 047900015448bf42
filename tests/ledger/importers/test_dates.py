"""Dates and periods as Finnish systems write them."""

from datetime import date

import pytest

from katsaus.ledger.importers import Mapping
from katsaus.ledger.problems import ProblemCode
from ledger.importers.desk import Desk, codes, only

SPELLINGS = {
    "5.6.2023": date(2023, 6, 5),
    "05.06.2023": date(2023, 6, 5),
    "5.6.23": date(2023, 6, 5),
    "2023-06-05": date(2023, 6, 5),
    "2023-06-05T00:00:00": date(2023, 6, 5),
    "2023-06-05 13:45:00": date(2023, 6, 5),
    "20230605": date(2023, 6, 5),
    "202306": date(2023, 6, 1),
    "2023-06": date(2023, 6, 1),
    "6/2023": date(2023, 6, 1),
    "06.2023": date(2023, 6, 1),
    "29.2.2024": date(2024, 2, 29),
}


@pytest.mark.parametrize(("spelling", "day"), SPELLINGS.items())
def test_a_spelling_of_a_date_is_read(desk: Desk, spelling: str, day: date) -> None:
    assert not desk.dates(spelling).is_blocked
    assert desk.column("date") == [day]


def test_one_file_may_mix_spellings_that_are_certain(desk: Desk) -> None:
    assert not desk.dates(*SPELLINGS).is_blocked
    assert desk.column("date") == list(SPELLINGS.values())


@pytest.mark.parametrize(
    "text", ["31.2.2023", "2023-13-01", "0.6.2023", "kesäkuu", "45000", "1.6.0023", "1.6.2023 x"]
)
def test_what_is_no_date_is_refused_with_its_row_and_text(desk: Desk, text: str) -> None:
    problem = only(desk.dates("1.6.2023", text))
    assert (problem.code, problem.row, problem.value) == (ProblemCode.BAD_DATE, 3, text)


def test_days_and_months_that_cannot_be_told_apart_are_asked_about(desk: Desk) -> None:
    problem = only(desk.dates("1/2/2023", "3/4/2023"))
    assert problem.code is ProblemCode.AMBIGUOUS_DATES
    assert (problem.value, problem.hint) == ("1/2/2023", "date_format")


def test_one_day_over_twelve_tells_the_order_of_all(desk: Desk) -> None:
    desk.dates(*["1/2/2023"] * 3000, "13/2/2023")
    assert set(desk.column("date")) == {date(2023, 2, 1), date(2023, 2, 13)}


@pytest.mark.parametrize(
    ("format_", "day"), [("d/m/yyyy", date(2023, 2, 1)), ("m/d/yyyy", date(2023, 1, 2))]
)
def test_a_mapping_tells_the_order(desk: Desk, format_: str, day: date) -> None:
    desk.dates("1/2/2023", mapping=Mapping(date_format=format_))
    assert desk.column("date") == [day]


def test_a_mapping_lets_no_other_format_pass(desk: Desk) -> None:
    reading = desk.dates("202306", "1.6.2023", mapping=Mapping(date_format="yyyymm"))
    assert codes(reading) == [(ProblemCode.BAD_DATE, 3)]
