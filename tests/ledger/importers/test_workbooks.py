"""Workbooks: exact cells, named faults, and files made to bring the reader down."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from katsaus.ledger.importers import Mapping
from katsaus.ledger.importers.spreadsheet_child import number_text
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import Desk, codes, only

HEADER = ("Kp", "Tili", "Pvm", "Summa", "Selite")
DAY = date(2023, 6, 30)
ROW = (6400, 3000, DAY, 5.0, "a")


def test_cells_arrive_exactly_with_the_row_of_the_sheet(desk: Desk) -> None:
    book = desk.book(
        [
            ("Kaupunki",),
            (),
            HEADER,
            (6400, 3000, DAY, 1234.56, "=1+1"),
            ("6400", "3000", "30.6.2023", "-1 234,50", 'kaksi\nriviä "x"'),
            (),
            (6410, 4000, 202306, 0.1 + 0.2, None),
            ("Yhteensä", None, None, 0.36, None),
        ]
    )
    reading = desk.workbook(book)
    assert codes(reading) == [(Code.TOTAL_ROW_SKIPPED, 8)]
    assert desk.rows("unit, account, date, cents, text, source_row") == [
        ("6400", "3000", DAY, 123456, "=1+1", 4),
        ("6400", "3000", DAY, -123450, 'kaksi riviä "x"', 5),
        ("6410", "4000", date(2023, 6, 1), 30, None, 7),
    ]
    assert reading.recognition is not None
    assert (reading.recognition.sheet, reading.recognition.encoding) == ("Taul1", None)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("64000000.0", "64000000"),
        ("1234.5", "1234.50"),
        ("0.30000000000000004", "0.30"),
        ("1234.5600000001", "1234.56"),
        ("-0.005", "-0.0050"),
        ("12345678901.23", "12345678901.23"),
        ("1E+16", "10000000000000000"),
    ],
)
def test_only_the_noise_of_binary_arithmetic_is_rounded_away(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


def test_parts_of_a_cent_in_a_cell_are_refused(desk: Desk) -> None:
    reading = desk.workbook(desk.book([HEADER, ROW, (6400, 3000, DAY, 1.005, None)]))
    assert codes(reading) == [(Code.TOO_PRECISE_AMOUNT, 3)]


def test_an_error_cell_is_named(desk: Desk) -> None:
    path = desk.folder / "error.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Viennit")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, (6400, 3000, 202306))
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
    assert (Code.ERROR_CELL, "Viennit!D2") in [
        (problem.code, problem.value) for problem in desk.workbook(path).problems
    ]


def test_a_formula_without_a_stored_value_is_named_and_one_with_it_is_read(desk: Desk) -> None:
    path = desk.folder / "formula.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append((6400, 3000, 202306, "=1+1", "x"))
    book.save(path)
    assert (Code.FORMULA_WITHOUT_VALUE, "Sheet!D2") in [
        (problem.code, problem.value) for problem in desk.workbook(path).problems
    ]
    with xlsxwriter.Workbook(path) as other:
        page = other.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, (6400, 3000, 202306))
        page.write_formula("D2", "=1+1", None, 2)
    assert not desk.workbook(path).is_blocked
    assert desk.column("cents") == [200]


def test_of_several_filled_sheets_one_must_be_named(desk: Desk) -> None:
    book = desk.book([HEADER, ROW], sheets=("2022", "2023"))
    problem = only(desk.workbook(book))
    assert (problem.code, problem.value) == (Code.AMBIGUOUS_SHEET, "2022, 2023")
    assert not desk.workbook(book, Mapping(sheet="2023")).is_blocked
    assert only(desk.workbook(book, Mapping(sheet="2024"))).code is Code.UNKNOWN_SHEET


def test_an_empty_sheet_is_no_choice(desk: Desk) -> None:
    path = desk.folder / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Ohje")
        sheet = book.add_worksheet("Viennit")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, (6400, 3000, 202306, 5))
    assert not desk.workbook(path).is_blocked


def sparse(path: Path, cell: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Kp"
    sheet[cell] = 1
    book.save(path)
    return path


def test_a_sheet_whose_corners_lie_far_apart_is_refused_by_its_corner(desk: Desk) -> None:
    problem = only(desk.workbook(sparse(desk.folder / "far.xlsx", "XFD1048576")))
    assert (problem.code, problem.value) == (Code.TOO_LARGE_SPREADSHEET, "Sheet!XFD1048576")


def test_a_reader_that_aborts_takes_nothing_down_with_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("katsaus.ledger.importers.workbooks.MAX_CELLS", 10**12)
    problem = only(desk.workbook(sparse(desk.folder / "far.xlsx", "XFD1048576")))
    assert problem.code is Code.TOO_LARGE_SPREADSHEET


def test_a_zip_bomb_is_refused_before_it_is_unpacked(desk: Desk) -> None:
    path = desk.folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    assert path.stat().st_size < 100_000
    assert only(desk.workbook(path)).code is Code.TOO_LARGE_SPREADSHEET


def test_another_archive_is_no_workbook(desk: Desk) -> None:
    path = desk.folder / "taulukko.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    problem = only(desk.workbook(path))
    assert (problem.code, problem.value) == (Code.UNSUPPORTED_FORMAT, ".ods")


def test_a_damaged_workbook_is_said_to_be_broken(desk: Desk) -> None:
    path = desk.book([HEADER, ROW])
    path.write_bytes(path.read_bytes()[:-200])
    assert only(desk.workbook(path)).code is Code.BROKEN_SPREADSHEET
