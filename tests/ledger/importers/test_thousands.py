"""Amounts in thousands of euros: said in a header or a mapping, asked where a title says so."""

from decimal import Decimal

import pytest

from katsaus.ledger.importers import Kind, Mapping
from katsaus.ledger.importers.mapping import AmountsIn, MappingError, Wanted, mapping_of
from katsaus.ledger.importers.spreadsheet_child import number_text
from katsaus.ledger.importers.thousands import says_thousands
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import KNOWN, Desk, codes, only

THOUSANDS = Mapping(amounts_in=AmountsIn.THOUSAND, decimal=",")
EUROS = Mapping(amounts_in=AmountsIn.EURO)
HEADER = "Yksikkö;Tili;TA 2026"
ROW = "6400;4000;-25 865,5\n"


@pytest.mark.parametrize(
    "header",
    [
        *("TA 2026 (1000 €)", "TA 2026, t€", "TA 2026 1 000 euroa", "TA 2026 tuhatta euroa"),
        *("TA 2026 (1\N{NO-BREAK SPACE}000 €)", "TA 2026, te", "TA 2026 (te)", "TA 2026 k€"),
        *("TA 2026 (teur)", "Budget 2026, tusen euro", "Budget 2026 (€ thousand)"),
    ],
)
def test_a_header_says_that_its_amounts_are_thousands(desk: Desk, header: str) -> None:
    reading = desk.text(f"Yksikkö;Tili;{header}\n{ROW}".replace(header, f'"{header}"'), Kind.BUDGET)
    assert codes(reading) == []
    assert desk.rows("year, cents") == [(2026, -2_586_550_000)]
    assert reading.recognition is not None
    assert reading.recognition.amounts_in is AmountsIn.THOUSAND


@pytest.mark.parametrize(
    "text",
    [
        *("TA 2026", "TA 2026 (€)", "TA 2026 te", "TE 2026", "1 000 000 €", "11 000 €", "2000 €"),
        *("Tiedot €", "Tuhatta asukasta", "Summa tkr", "Kate €", "10 t", "TA 1000"),
    ],
)
def test_only_what_is_certain_is_of_thousands(text: str) -> None:
    assert not says_thousands(text)


@pytest.mark.parametrize("header", ["t€", "1 000 €", "Summa (1000 €)"])
def test_thousands_alone_are_a_header_of_amounts(desk: Desk, header: str) -> None:
    reading = desk.text(f"Yksikkö;Tili;Vuosi;{header}\n6400;4000;2026;-1,5\n", Kind.BUDGET)
    assert (codes(reading), desk.column("cents")) == ([], [-150_000])


def test_thousands_are_exact_to_the_cent_and_no_further(desk: Desk) -> None:
    texts = {
        "-25,865": -2_586_500,
        "0,00001": 1,
        "-0,12345": -12_345,
        "1 234,5678900": 123_456_789,
        "(3)": -300_000,
        "12": 1_200_000,
        "9999999999,99999": 999_999_999_999_999,
    }
    desk.amounts(*texts, mapping=THOUSANDS)
    assert desk.column("cents") == [*texts.values()]
    reading = desk.amounts("1,00", "0,000001", "999999999999999999", mapping=THOUSANDS)
    assert codes(reading) == [(Code.TOO_PRECISE_AMOUNT, 3), (Code.BAD_AMOUNT, 4)]


def test_a_title_alone_is_asked_about(desk: Desk) -> None:
    text = f"Talousarvio 2026 (t€)\n{HEADER}\n{ROW}"
    reading = desk.text(text, Kind.BUDGET)
    problem = only(reading)
    told = (problem.code, problem.row, problem.value, problem.hint)
    assert told == (Code.MAYBE_THOUSANDS, 1, "Talousarvio 2026 (t€)", "amounts_in")
    assert not reading.is_blocked
    assert desk.column("cents") == [-2_586_550], "in euros, until it is said"
    assert codes(desk.text(text, Kind.BUDGET, EUROS)) == []
    assert codes(desk.text(text, Kind.BUDGET, THOUSANDS)) == []
    assert desk.column("cents") == [-2_586_550_000]


def test_a_header_of_another_column_is_asked_about(desk: Desk) -> None:
    text = "Yksikkö;Tili;TP 2024 (t€);TA 2026\n6400;4000;-1;-2,0\n"
    assert codes(desk.text(text, Kind.BUDGET)) == [(Code.MAYBE_THOUSANDS, 1)]


def test_what_a_mapping_says_goes_before_the_header(desk: Desk) -> None:
    reading = desk.text(f"{HEADER} (t€)\n{ROW}", Kind.BUDGET, EUROS)
    assert (codes(reading), desk.column("cents")) == ([], [-2_586_550])


def test_units_are_not_asked_about(desk: Desk) -> None:
    text = "Luettelo (t€)\nKoodi;Nimi;Taso\n6400;Koulut;yksikkö\n"
    reading = desk.text(text, Kind.ORGANIZATION, known=KNOWN)
    assert codes(reading) == []
    assert reading.recognition is not None
    assert reading.recognition.amounts_in is None


def test_cells_of_a_workbook_may_be_thousands(desk: Desk) -> None:
    head = ("Yksikkö", "Tili", "TA 2026 (1000 €)")
    book = desk.book([head, (6400, 4000, -25.865), (6410, 4000, 0.1 + 0.025)])
    reading = desk.workbook(book, kind=Kind.BUDGET)
    assert (codes(reading), desk.column("cents")) == ([], [-2_586_500, 12_500])


def test_the_noise_of_a_computed_cell_of_thousands_is_rounded_away() -> None:
    assert number_text(Decimal("25.865000000000002")) == "25.8650"
    assert number_text(Decimal("25.8650001")) == "25.8650001"


def test_months_in_thousands_may_differ_from_their_total_as_rounded_ones_do(desk: Desk) -> None:
    names = "Tammi;Helmi;Maalis;Huhti;Touko;Kesä;Heinä;Elo;Syys;Loka;Marras;Joulu;Yhteensä"
    header = ";".join(f"{name} t€" for name in names.split(";"))
    mapping = Mapping(year=2026)
    for whole, code in (("15", False), ("19", True)):
        row = f"6400;3000;{';'.join('1' * 12)};{whole}\n"
        reading = desk.text(f"Yksikkö;Tili;{header}\n{row}", Kind.BUDGET, mapping)
        assert codes(reading) == [(Code.MONTHS_DIFFER, 2)]
        assert reading.is_blocked is code
    assert desk.column("cents") == [100_000] * 12


def test_a_mapping_says_euros_or_thousands_only() -> None:
    with pytest.raises(MappingError) as caught:
        mapping_of({"amounts_in": "million"})
    error = caught.value
    told = (error.wanted, error.key, error.possible)
    assert told == (Wanted.KNOWN, "amounts_in", ("euro", "thousand"))
