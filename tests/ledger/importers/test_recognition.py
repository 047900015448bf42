"""Encodings, delimiters, headers: what a file shows of itself."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from katsaus.ledger.importers import Kind, Mapping
from katsaus.ledger.problems import ProblemCode
from ledger.importers.desk import HEADER, Desk, codes, only

ROW = "6400;3000;1.6.2023;1 234,50;kyllä;A1;Päivähoito\n"
ENCODINGS = ["utf-8", "utf-8-sig", "windows-1252", "iso-8859-1", "utf-16", "utf-16-le"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), list(itertools.product(ENCODINGS, [";", "\t", "|", ","]))
)
def test_encoding_and_delimiter_are_recognised(desk: Desk, encoding: str, delimiter: str) -> None:
    text = (HEADER + ROW.replace("1 234,50", '"1 234,50"')).replace(";", delimiter)
    reading = desk.text(text, encoding=encoding)
    assert not reading.is_blocked, reading.problems
    assert desk.rows("cents, is_internal, text") == [(123450, True, "Päivähoito")]
    assert reading.recognition is not None
    assert reading.recognition.delimiter == delimiter


def test_windows_1252_is_told_from_iso_8859_1_by_its_dashes_and_euros(desk: Desk) -> None:
    for text, encoding in [("5 € – ä", "windows-1252"), ("ä", "iso-8859-1")]:
        reading = desk.text(HEADER + ROW.replace("Päivähoito", text), encoding="windows-1252")
        assert desk.column("text") == [text]
        assert reading.recognition is not None
        assert reading.recognition.encoding == encoding


def test_a_letter_far_down_the_file_still_tells_the_encoding(desk: Desk) -> None:
    plain = "Yksikko nro;Tili;Pvm;Summa;Selite\n".replace("Yksikko nro", "Kp")
    plain += "6400;3000;1.6.2023;1,00;x\n" * 40_000
    reading = desk.text(plain + "6400;3000;1.6.2023;1,00;ä\n", encoding="windows-1252")
    assert not reading.is_blocked
    assert desk.connection.execute("SELECT count(*) FROM incoming WHERE text='ä'").fetchall() == [
        (1,)
    ]


def test_a_broken_byte_in_utf_8_is_named_by_its_row(desk: Desk) -> None:
    broken = (HEADER + ROW).encode() + b"6400;3000;1.6.2023;1,00;ei;A2;P\xe4iv\xe4\n"
    problem = only(desk.text(broken))
    assert (problem.code, problem.row) == (ProblemCode.UNREADABLE_ENCODING, 3)


def test_a_file_that_ends_within_a_letter_is_cut(desk: Desk) -> None:
    text = (HEADER + ROW).encode()
    cut = text + "6400;3000;1.6.2023;1,00;ei;A2;ä".encode()[:-1]
    assert codes(desk.text(cut)) == [(ProblemCode.CUT_FILE, 3)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(desk: Desk, line_end: str) -> None:
    text = (HEADER + ROW + ROW).replace("\n", line_end)
    assert not desk.text(text).is_blocked
    assert desk.column("source_row") == [2, 3]


def test_mixed_line_ends_are_read(desk: Desk) -> None:
    assert not desk.text(HEADER + ROW.replace("\n", "\r\n") + ROW).is_blocked
    assert desk.column("text") == ["Päivähoito", "Päivähoito"]


@pytest.mark.parametrize("seed", range(6))
def test_columns_stand_in_any_order(desk: Desk, seed: int) -> None:
    order = random.Random(seed).sample(range(7), 7)
    text = "".join(
        ";".join(line.split(";")[place] for place in order) + "\n"
        for line in (HEADER + ROW).splitlines()
    )
    assert not desk.text(text).is_blocked
    assert desk.rows("unit, account, cents, voucher") == [("6400", "3000", 123450, "A1")]


@pytest.mark.parametrize(
    "header",
    [
        "Kustannuspaikka;Tilinumero;Kirjauspäivä;Rahamäärä",
        "KP;TILI NRO;PVM;SUMMA (€)",
        "Kustannuspaikan numero;Tilin nro.;Kausi;Euroa",
        "Kostnadsställe;Konto;Datum;Belopp",
        "Cost centre;Account;Posting date;Amount, EUR",
        '"Yksikkö";" Tili ";"Tosite pvm";"Summa, €"',
    ],
)
def test_usual_headers_are_known(desk: Desk, header: str) -> None:
    assert not desk.text(f"{header}\n6400;3000;1.6.2023;5,00\n").is_blocked
    assert desk.rows("unit, cents") == [("6400", 500)]


def test_amounts_in_thousands_are_not_taken_for_euros(desk: Desk) -> None:
    desk.text("Kp;Tili;Pvm;Summa 1000 €\n6400;3000;1.6.2023;5\n")
    assert desk.column("cents") == [500_000]
    unsure = desk.text("Kp;Tili;Pvm;Summa 1000\n6400;3000;1.6.2023;5\n")
    assert only(unsure).code is ProblemCode.MISSING_COLUMN


def test_titles_above_the_header_are_passed_over(desk: Desk) -> None:
    reading = desk.text("Kaupunki;;\nTulostettu 1.7.2023\n\n" + HEADER + ROW)
    assert desk.column("source_row") == [5]
    assert reading.recognition is not None
    assert reading.recognition.header_row == 4


def test_all_missing_columns_are_named_at_once(desk: Desk) -> None:
    reading = desk.text("Yksikkö;Selite;Jotain\n6400;x;y\n")
    assert [problem.field for problem in reading.problems] == ["account", "date", "amount"]
    assert {problem.value for problem in reading.problems} == {"Yksikkö, Selite, Jotain"}


def test_the_same_header_twice_is_asked_about(desk: Desk) -> None:
    problem = only(desk.text("Kp;Tili;Pvm;Summa;Summa\n6400;3000;1.6.2023;1;2\n"))
    assert (problem.code, problem.field) == (ProblemCode.DUPLICATE_COLUMN, "amount")


def test_two_headers_that_may_be_the_unit_are_asked_about_until_a_mapping_tells(desk: Desk) -> None:
    text = "Yksikkö;Kustannuspaikka;Tili;Pvm;Summa\n6400;6410;3000;1.6.2023;1,00\n"
    problem = only(desk.text(text))
    assert (problem.code, problem.value) == (
        ProblemCode.DUPLICATE_COLUMN,
        "Yksikkö, Kustannuspaikka",
    )
    assert not desk.text(text, mapping=Mapping(columns={"unit": "kustannuspaikka"})).is_blocked
    assert desk.column("unit") == ["6410"]


def test_the_date_of_the_voucher_goes_before_other_dates(desk: Desk) -> None:
    desk.text("Kp;Tili;Kausi;Tositepäivä;Summa\n6400;3000;202301;30.6.2023;1,00\n")
    assert str(desk.column("date")[0]) == "2023-06-30"


def test_a_file_without_header_is_read_by_positions(desk: Desk) -> None:
    text = "6400;3000;1.6.2023;5,00\n"
    assert only(desk.text(text)).code is ProblemCode.NO_HEADER
    columns = {"unit": 1, "account": 2, "date": 3, "amount": 4}
    assert not desk.text(text, mapping=Mapping(columns=columns, header_row=0)).is_blocked
    assert desk.rows("cents, source_row") == [(500, 1)]


def test_a_header_that_the_mapping_names_and_the_file_lacks_is_told(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW, mapping=Mapping(columns={"unit": "Osasto"}))
    assert (only(reading).code, only(reading).value) == (ProblemCode.UNKNOWN_HEADER, "Osasto")


def test_the_recognition_says_how_the_file_was_read(desk: Desk) -> None:
    reading = desk.text(HEADER + ROW, encoding="windows-1252")
    assert reading.recognition is not None
    assert reading.recognition.columns[:2] == (("unit", "Yksikkö"), ("account", "Tili"))
    assert reading.recognition.thousands == ("space",)
    assert reading.recognition.date_format == "d.m.yyyy"
    assert (reading.kind, reading.file, reading.table) == (Kind.POSTINGS, "file.csv", "incoming")


def _is_no_row(text: str) -> bool:
    """Whether no line within a text has the delimiters of a row: such is taken for a stray quote's.

    test_quotes tells what is said of those.
    """
    return all(line.count(";") < 4 for line in text.split("\n")[1:])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(texts=st.lists(st.text('ab"; \n,', max_size=8).filter(_is_no_row), min_size=1, max_size=6))
def test_a_quoted_text_comes_back_whole_with_the_line_it_began_on(
    desk: Desk, texts: list[str]
) -> None:
    line, lines, rows = 2, [], ""
    for text in texts:
        escaped = text.replace('"', '""')
        rows += f'6400;3000;1.6.2023;1,00;"{escaped}"\n'
        lines.append(line)
        line += 1 + text.count("\n")
    assert not desk.text("Kp;Tili;Pvm;Summa;Selite\n" + rows).is_blocked
    found = desk.rows("coalesce(text, ''), source_row")
    assert found == [(text.strip(" "), at) for text, at in zip(texts, lines, strict=True)]
