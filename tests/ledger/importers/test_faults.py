"""Faults: all at once, with row, field and text; and what a file may look like at its worst."""

from dataclasses import replace
from datetime import date

import pytest

from katsaus.ledger.importers import ControlTotals, Kind, Known, Mapping
from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import HEADER, KNOWN, Desk, codes, only

ROW = "6400;3000;1.6.2023;1,50;ei;A1;a\n"
BUDGET = "Yksikkö;Tili;Rivi;Vuosi;Kuukausi;Summa;Sisäinen;Selite\n"
UNITS = "Koodi;Nimi;Ylempi yksikkö;Taso;Voimassa alkaen;Voimassa asti;Seuraaja\n"


def test_a_sound_file_has_no_problems_and_its_control_totals(desk: Desk) -> None:
    reading = desk.text(
        HEADER + "6400;3000;31.1.2023;100,00;ei;1;a\n"
        "6410;4000;28.2.2023;-30,10;kyllä;2;b\n"
        "6410;4000;28.2.2023;0,00;;3;c\n"
    )
    assert reading.problems == ()
    assert reading.totals == ControlTotals(
        rows=3,
        cents=6990,
        internal_cents=-3010,
        first_month=202301,
        last_month=202302,
        by_month=((202301, 10000), (202302, -3010)),
    )
    assert desk.rows()[1] == ("6410", "4000", date(2023, 2, 28), -3010, True, "2", "b", 3)


def test_all_faults_of_all_rows_are_listed_at_once(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW + "6400;3000;32.6.2023;x;ehkä;A1;a\n" + ";3000;;;ei;A1;a\n")
    assert [(p.row, p.field, p.code, p.value) for p in reading.problems] == [
        (3, "date", Code.BAD_DATE, "32.6.2023"),
        (3, "amount", Code.BAD_AMOUNT, "x"),
        (3, "is_internal", Code.BAD_BOOLEAN, "ehkä"),
        (4, "unit", Code.MISSING_VALUE, None),
        (4, "date", Code.MISSING_VALUE, None),
        (4, "amount", Code.MISSING_VALUE, None),
    ]
    assert reading.is_blocked
    assert {problem.file for problem in reading.problems} == {"file.csv"}


def test_unknown_units_and_accounts_are_listed_once_with_their_sum(desk: Desk) -> None:
    reading = desk.text(
        HEADER
        + "9999;3000;1.6.2023;1,50;ei;A1;a\n" * 3
        + "6400;7777;1.6.2023;-10,00;ei;A1;a\n"
        + "9999;7777;1.6.2023;5,00;ei;A1;a\n"
    )
    assert [(p.code, p.value, p.row, p.count, p.cents) for p in reading.problems] == [
        (Code.UNKNOWN_UNIT, "9999", 2, 4, 950),
        (Code.UNKNOWN_ACCOUNT, "7777", 5, 2, -500),
    ]


def test_a_long_list_of_faults_is_cut_and_the_rest_counted(desk: Desk) -> None:
    reading = desk.text(HEADER + "6400;3000;1.6.2023;x;ei;A1;a\n" * 2500)
    assert len(reading.problems) == 1001
    assert (reading.problems[-1].code, reading.problems[-1].count) == (Code.MORE_PROBLEMS, 1500)


def test_a_long_list_of_unknown_units_is_cut_too(desk: Desk) -> None:
    rows = "".join(f"{unit};3000;1.6.2023;1;ei;A1;a\n" for unit in range(10_000, 11_500))
    reading = desk.text(HEADER + rows)
    assert len(reading.problems) == 1001
    assert reading.problems[-1].count == 500


@pytest.mark.parametrize(
    "total", ["Yhteensä;;;3,00;;;", ";;;3,00", "Summa:;;;3,00;;;", "Totalt;;;3,00"]
)
def test_a_total_as_last_row_is_left_out_and_told(desk: Desk, total: str) -> None:
    other = ROW.replace("6400", "6410")
    reading = desk.text(HEADER + ROW + other + total + "\n;;;;;;\n\n")
    assert not reading.is_blocked
    assert codes(reading) == [(Code.TOTAL_ROW_SKIPPED, 4)]
    assert reading.problems[0].cents == 300
    assert len(desk.rows()) == 2


def test_a_total_that_is_not_the_sum_of_the_rows_is_blocking(desk: Desk) -> None:
    problem = only(desk.text(HEADER + ROW + ROW + "Yhteensä;;;3,10;;;\n"))
    assert (problem.code, problem.is_blocking) == (Code.CONTROL_TOTAL_DIFFERS, True)
    assert (problem.cents, problem.other_cents) == (310, 300)


def test_blank_rows_and_blank_columns_are_nothing_and_lines_keep_their_numbers(desk: Desk) -> None:
    reading = desk.text(
        HEADER.replace("\n", ";;\n")
        + "\n;;;;;;;;\n"
        + ROW
        + "\n"
        + ROW.replace("\n", ";;\n")
        + "\n\n"
    )
    assert not reading.is_blocked, reading.problems
    assert desk.column("source_row") == [4, 6]


def test_a_mapping_leaves_rows_out(desk: Desk) -> None:
    mapping = Mapping(skip_rows=(3,), skip_when={"unit": ("Välisumma", "loppusumma")})
    text = HEADER + ROW + "6400;3000;1.6.2023;x;;;\n" + "välisumma;;;1,50;;;\n" + ROW
    assert not desk.text(text, mapping=mapping).is_blocked
    assert desk.column("source_row") == [2, 5]


def test_a_row_with_more_fields_than_the_header_is_ragged(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW + "\n" + ROW.replace("\n", ";ylimääräinen\n") + ROW)
    assert codes(reading) == [(Code.RAGGED_ROW, 4)]
    assert desk.column("source_row") == [2, 5]


def test_a_quote_that_never_ends_is_a_cut_file_wherever_it_stands(desk: Desk) -> None:
    opened = '6400;3000;1.6.2023;1,50;ei;A1;"auki\n'
    assert codes(desk.text(HEADER + opened + ROW + ROW)) == [(Code.CUT_FILE, 2)]
    assert codes(desk.text(HEADER + ROW + opened)) == [(Code.CUT_FILE, 3)]
    assert codes(desk.text(HEADER + ROW + opened.rstrip())) == [(Code.CUT_FILE, 3)]


def test_a_last_line_that_stops_half_way_is_a_cut_file(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW + ROW + "6400;3000;1.6.2")
    assert (Code.CUT_FILE, 4) in codes(reading)


def test_a_last_line_without_line_end_is_whole(desk: Desk) -> None:
    assert not desk.text(HEADER + ROW + ROW.rstrip()).is_blocked


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (HEADER.encode(), Code.NO_ROWS),
        (bytes(range(256)) * 50, Code.NOT_A_TABLE),
        (b"hei\nmaailma\n", Code.NOT_A_TABLE),
        (b"\xef\xbb\xbf", Code.NOT_A_TABLE),
        ((HEADER + ROW).encode() + b"6400;3000\0;1.6.2023;1\n", Code.NOT_A_TABLE),
        (b"%PDF-1.7 ...", Code.UNSUPPORTED_FORMAT),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Code.UNSUPPORTED_FORMAT),
        (b"PK\x03\x04rubbish", Code.BROKEN_SPREADSHEET),
    ],
)
def test_what_is_no_table_is_said_to_be_none(desk: Desk, content: bytes, code: Code) -> None:
    reading = desk.text(content)
    assert only(reading).code is code
    assert reading.is_blocked


def test_a_line_of_two_megabytes_is_refused(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW + "x" * 2_000_000 + "\n" + ROW)
    assert codes(reading) == [(Code.LINE_TOO_LONG, 3)]


def test_formulas_and_markup_stay_text(desk: Desk) -> None:
    texts = ["=1+1", "<script>alert(1)</script>", "@SUM(A1)", "'; DROP TABLE incoming; --"]
    rows = "".join(f'6400;3000;1.6.2023;1,00;;;"{text}"\n' for text in texts)
    assert not desk.text(HEADER + rows).is_blocked
    assert desk.column("text") == texts


def test_rows_keep_the_order_of_a_large_file(desk: Desk) -> None:
    rows = "".join(
        f"6400;3000;1.6.2023;1,00;{'ei' if i % 3 else 'K'};{i};{'teksti' * 20}\n"
        for i in range(150_000)
    )
    assert not desk.text(HEADER + rows).is_blocked
    found = desk.connection.execute("SELECT voucher::INTEGER, source_row FROM incoming").fetchall()
    assert found == [(i, i + 2) for i in range(150_000)]


def test_postings_outside_the_open_days_are_one_problem(desk: Desk) -> None:
    known = Known(KNOWN.units, KNOWN.accounts, {}, date(2023, 1, 1), date(2023, 6, 30))
    rows = ROW + "6400;3000;31.12.2022;2,00;;;\n6400;3000;1.7.2023;3,00;;;\n"
    problem = only(desk.text(HEADER + rows, known=known))
    assert (problem.code, problem.row, problem.count, problem.cents) == (
        Code.OUTSIDE_PERIOD,
        3,
        2,
        500,
    )


def test_a_budget_stands_on_an_account_or_on_a_row_by_any_of_its_names(desk: Desk) -> None:
    reading = desk.text(
        BUDGET + "6400;4000;;2023;;-5 000,00;;\n"
        "6400;;operating_revenue;2023;6;1,00;x;a\n"
        "6400;;TOIMINTAKULUT;2023;12;-2,00;;\n",
        Kind.BUDGET,
    )
    assert not reading.is_blocked, reading.problems
    assert desk.rows() == [
        ("6400", "4000", 2023, 0, -500000, False, None, 2),
        ("6400", "row:operating_revenue", 2023, 6, 100, True, "a", 3),
        ("6400", "row:operating_expenses", 2023, 12, -200, False, None, 4),
    ]
    assert reading.totals is not None
    assert reading.totals.by_month == ((202300, -500000), (202306, 100), (202312, -200))


def test_the_faults_of_a_budget_are_named(desk: Desk) -> None:
    reading = desk.text(
        BUDGET + "6400;4000;Toimintakulut;2023;;1;;\n"
        "6400;;;2023;;1;;\n"
        "6400;;Katerivi;2023;;1;;\n"
        "6400;4000;;23;13;1;;\n",
        Kind.BUDGET,
    )
    assert codes(reading) == [
        (Code.UNKNOWN_ROW, 4),
        (Code.ACCOUNT_AND_ROW, 2),
        (Code.ACCOUNT_OR_ROW_MISSING, 3),
        (Code.BAD_YEAR, 5),
        (Code.BAD_MONTH, 5),
    ]


def test_amendments_and_forecasts_have_their_decision_and_their_giver(desk: Desk) -> None:
    amendment = "Yksikkö;Tili;Vuosi;Summa;Toimielin;Päätöspäivä;Pykälä;Selite\n"
    amendment += "6400;4000;2023;-5;Valtuusto;31.1.2023;§ 3;lisä\n"
    assert not desk.text(amendment, Kind.AMENDMENTS).is_blocked
    columns = "cents, decision_body, decided_on, decision_section, text"
    assert desk.rows(columns) == [(-500, "Valtuusto", date(2023, 1, 31), "§ 3", "lisä")]
    forecast = "Yksikkö;Rivi;Vuosi;Summa;Ennustepäivä;Antaja;Perustelu\n"
    forecast += "6400;Toimintakulut;2023;-5;15.7.2023;palvelualuejohtaja;sijaiset\n"
    assert not desk.text(forecast, Kind.FORECASTS).is_blocked
    assert desk.rows("account, given_on, given_by, reason") == [
        ("row:operating_expenses", date(2023, 7, 15), "palvelualuejohtaja", "sijaiset")
    ]


def test_an_organisation_is_read_with_its_levels_and_years(desk: Desk) -> None:
    reading = desk.text(
        UNITS + "1;Kaupunki;;kaupunki;2010;;\n"
        "2;Sivistys;1;Toimiala;1.1.2010;31.12.2022;3\n"
        "3;Hyvinvointi;1;division;2023;;\n",
        Kind.ORGANIZATION,
    )
    assert not reading.is_blocked, reading.problems
    assert desk.rows("code, parent, level, valid_from, valid_to, successor") == [
        ("1", None, "municipality", 2010, None, None),
        ("2", "1", "division", 2010, 2022, "3"),
        ("3", "1", "division", 2023, None, None),
    ]
    assert reading.totals == ControlTotals(rows=3)


def test_the_faults_of_an_organisation_are_named(desk: Desk) -> None:
    reading = desk.text(
        UNITS + "1;A;2;toimiala;;;\n"
        "2;B;1;toimiala;2023;2022;99\n"
        "3;C;77;keksitty;;;\n"
        "3;D;;toimiala;;;\n"
        "4;E;4;toimiala;;;\n",
        Kind.ORGANIZATION,
    )
    found = {(p.code, p.row, p.value) for p in reading.problems}
    assert found == {
        (Code.DUPLICATE_CODE, 5, "3"),
        (Code.UNKNOWN_PARENT, 4, "77"),
        (Code.UNKNOWN_SUCCESSOR, 3, "99"),
        (Code.UNIT_CYCLE, 2, "1 -> 2 -> 1"),
        (Code.UNIT_CYCLE, 6, "4 -> 4"),
        (Code.BAD_LEVEL, 4, "keksitty"),
        (Code.YEARS_REVERSED, 3, "2023-2022"),
    }


def test_texts_that_are_longer_than_what_is_kept_are_faults(desk: Desk) -> None:
    head = "Koodi;Nimi;Lyhyt nimi;Ylempi yksikkö;Taso;Vastuuhenkilö\n"
    lines = f"1;{'ä' * 200};{'x' * 40};;kunta;\n2;{'ä' * 201};{'x' * 41};1;toimiala;{'y' * 301}\n"
    reading = desk.text(head + lines, Kind.ORGANIZATION)
    assert {(p.code, p.row, p.field, p.value) for p in reading.problems} == {
        (Code.TEXT_TOO_LONG, 3, "name_fi", "201 > 200"),
        (Code.TEXT_TOO_LONG, 3, "short_name", "41 > 40"),
        (Code.TEXT_TOO_LONG, 3, "responsible", "301 > 300"),
    }


def test_what_is_no_number_of_an_account_is_a_fault_and_what_hardly_is_a_remark(
    desk: Desk,
) -> None:
    numbers = ("12", "40005", "4000-4999", "abc", "P400.1", "4000 Palkat")
    text = "Tili;Nimi;Virallinen tili\n" + "".join(f"{each};Nimi;3200\n" for each in numbers)
    known = replace(KNOWN, accounts=frozenset({"3200"}))
    problems = desk.text(text, Kind.ACCOUNTS, known=known).problems
    assert [(p.code, p.row, p.value, p.is_blocking) for p in problems] == [
        (Code.BAD_ACCOUNT_NUMBER, 4, "4000-4999", True),
        (Code.BAD_ACCOUNT_NUMBER, 7, "4000 Palkat", True),
        (Code.UNUSUAL_ACCOUNTS, 2, "12, abc", False),
    ]
    assert problems[-1].count == 2


def test_accounts_are_read_and_a_number_twice_is_a_fault(desk: Desk) -> None:
    text = "Tili;Nimi;Namn;Name;Virallinen tili\n3001;Maksut;Avgifter;Fees;3200\n"
    known = replace(KNOWN, accounts=frozenset({"3200"}))
    assert not desk.text(text, Kind.ACCOUNTS, known=known).is_blocked
    assert desk.rows() == [("3001", "Maksut", "Avgifter", "Fees", "3200", 2)]
    doubled = only(desk.text(text + "3001;Toinen;;;\n", Kind.ACCOUNTS, known=known))
    assert (doubled.code, doubled.row) == (Code.DUPLICATE_CODE, 3)
