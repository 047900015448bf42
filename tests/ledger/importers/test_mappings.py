"""Saved mappings: what they may say, and what is refused."""

from pathlib import Path

import pytest

from katsaus.ledger.importers import Mapping, MappingError, load_mapping
from ledger.importers.desk import Desk

WHOLE = """
columns: {unit: Osasto, account: 2, date: Aika, amount: Arvo}
sign: expense_positive
encoding: windows-1252
delimiter: "|"
decimal: "."
date_format: yyyymm
sheet: Viennit
header_row: 3
skip_rows: [4, 5]
skip_when: {unit: Yhteensä}
"""


def saved(folder: Path, text: str) -> Path:
    path = folder / "kirjanpito.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_is_loaded_whole(tmp_path: Path) -> None:
    assert load_mapping(saved(tmp_path, WHOLE)) == Mapping(
        columns={"unit": "Osasto", "account": 2, "date": "Aika", "amount": "Arvo"},
        sign="expense_positive",
        encoding="windows-1252",
        delimiter="|",
        decimal=".",
        date_format="yyyymm",
        sheet="Viennit",
        header_row=3,
        skip_rows=(4, 5),
        skip_when={"unit": ("Yhteensä",)},
    )


def test_a_file_is_read_as_its_mapping_says(desk: Desk) -> None:
    text = "Raportti\n\nOsasto|Numero|Aika|Arvo\nkate|||\nalku|||\n"
    text += "6400|4000|202306|12.50\nyhteensä||x|y\n"
    mapping = load_mapping(saved(desk.folder, WHOLE))
    reading = desk.text(text, mapping=mapping, encoding="windows-1252")
    assert not reading.is_blocked, reading.problems
    assert desk.rows("unit, account, cents, source_row") == [("6400", "4000", -1250, 6)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- decimal", "keys"),
        ("desimaali: ','", "desimaali"),
        ("columns: {osasto: Yksikkö}", "osasto"),
        ("columns: Yksikkö", "columns"),
        ("columns: {unit: 0}", "columns"),
        ("sign: negative", "sign"),
        ("encoding: klingon", "klingon"),
        ("encoding: base64", "base64"),
        ("delimiter: ';;'", "delimiter"),
        ("decimal: ';'", "decimal"),
        ("decimal: 5", "decimal"),
        ("date_format: dd.mm", "d.m.yyyy"),
        ("header_row: kolme", "header_row"),
        ("skip_rows: 4", "skip_rows"),
        ("year: 25", "year"),
        ("year: ensi", "year"),
        ("skip_when: [a]", "skip_when"),
        ("columns: {unit: [", "kirjanpito.yaml"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_by_name(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(MappingError, match=told) as refused:
        load_mapping(saved(tmp_path, text))
    assert "kirjanpito.yaml" in str(refused.value)
