"""The kind that a file's headers show, and the rows that a person is shown of it."""

from pathlib import Path

import pytest

from katsaus.ledger import engine
from katsaus.ledger.importers import Kind, Known, Mapping, fitting_kinds, read
from katsaus.ledger.problems import ProblemCode as Code


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        ("Koodi;Nimi;Ylempi yksikkö;Taso", (Kind.ORGANIZATION,)),
        ("Tili;Nimi;Virallinen tili", (Kind.ACCOUNTS,)),
        ("Yksikkö;Tili;Vuosi;Summa;Toimielin;Päätöspäivä", (Kind.AMENDMENTS,)),
        ("Yksikkö;Tili;Vuosi;Summa;Antaja;Perustelu", (Kind.FORECASTS,)),
        ("Kustannuspaikka,Tili,Tositepäivä,Debet,Kredit", (Kind.POSTINGS,)),
        ("Yksikkö;Tili;Vuosi;Summa", (Kind.BUDGET, Kind.FORECASTS)),
        ("Nimi;Osoite", ()),
    ],
)
def test_the_kinds_are_known_by_the_headers(
    headers: str, kinds: tuple[Kind, ...], tmp_path: Path
) -> None:
    file = tmp_path / "vienti.csv"
    file.write_text(f"{headers}\n", "utf-8")
    assert fitting_kinds(file, Mapping(), file.name) == (kinds, ())


def test_what_is_no_table_of_any_kind_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "kuva.png"
    for content, code in ((b"\x89PNG\0\0", Code.NOT_A_TABLE), (b"", Code.EMPTY_FILE)):
        file.write_bytes(content)
        kinds, found = fitting_kinds(file, Mapping(), "oma.png")
        assert kinds == ()
        assert [(problem.code, problem.file) for problem in found] == [(code, "oma.png")]


def test_the_sample_has_the_headers_and_the_first_rows_also_when_columns_are_missing(
    tmp_path: Path,
) -> None:
    file = tmp_path / "vienti.csv"
    file.write_text("Paikka;Luku\n" + "1;2,50\n" * 9, "utf-8")
    with engine.cursor() as cursor:
        reading = read(cursor, file, Kind.POSTINGS, known=Known())
    assert reading.is_blocked
    assert reading.sample is not None
    assert reading.sample.headers == ("Paikka", "Luku")
    assert reading.sample.rows == (("1", "2,50"),) * 5


@pytest.mark.parametrize(
    "title", ["Posion kunta, talousarvio 2025", "Posion kunta;;;", "\n;2025;;"]
)
def test_titles_above_unknown_headers_are_not_taken_for_them(title: str, tmp_path: Path) -> None:
    file = tmp_path / "talousarvio.csv"
    rows = f"{title}\n\nPaikka;Konto;Kausi;Talousarvio 2025\n" + "11;4000;2025;-1,00\n" * 3
    file.write_text(rows, "utf-8")
    with engine.cursor() as cursor:
        reading = read(cursor, file, Kind.BUDGET, known=Known())
    assert reading.sample is not None
    assert reading.sample.headers == ("Paikka", "Konto", "Kausi", "Talousarvio 2025")
    assert reading.sample.header_row == rows[: rows.index("Paikka")].count("\n") + 1
    assert len(reading.sample.rows) == 3
