"""What is written out is read back unchanged, as CSV, as a workbook and as JSON."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katsaus.definitions.tables import CellKind, Column, Table, strategy_table, strategy_tables
from katsaus.web.planning.exchange.cells import CellError, canonical, decimal_text, default
from katsaus.web.planning.exchange.faults import SENTENCES, FaultCode
from katsaus.web.planning.exchange.reading import Given, read, read_json
from katsaus.web.planning.exchange.records import SHELVES, Record, Tables
from katsaus.web.planning.exchange.writing import as_csv, as_json, as_xlsx

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], include_characters="\n\t"), max_size=30
).map(str.strip) | st.sampled_from(["=1+1", "'=x", "-", "+31 %", "@a", "a;b", 'sanoi "ei"', "a\nb"])
NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(decimal_text)
OF_KIND: dict[CellKind, st.SearchStrategy[str]] = {
    CellKind.YES_NO: st.sampled_from(["yes", "no"]),
    CellKind.WHOLE: st.integers(0, 9).map(str),
    CellKind.DECIMAL: st.just("") | NUMBERS,
    CellKind.MONEY: st.just("") | NUMBERS,
    CellKind.YEARS: st.just("") | NUMBERS,
    CellKind.YEAR: st.just("") | st.integers(1990, 2050).map(str),
    CellKind.DATE: st.just("") | st.dates().map(lambda day: day.isoformat()),
    CellKind.PERIOD: st.sampled_from(["2022", "2023-06"]),
    CellKind.SCHEDULE: st.sampled_from(["", "continuous", "2023-", "months:2,3"]),
    CellKind.COMPUTED: st.sampled_from(["", "sum_of_units", "ratio:a/b"]),
    CellKind.SDG: st.sampled_from(["1", "13.2", "17"]),
    CellKind.LINK: st.sampled_from(["", "https://example.org/a"]),
    CellKind.ROW: st.sampled_from(["", "operating_expenses"]),
    CellKind.REFERENCES: st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(" | ".join),
    CellKind.TEXTS: st.lists(st.sampled_from(["yksi", "kaksi osaa"]), unique=True).map(" | ".join),
}


def cells(column: Column) -> st.SearchStrategy[str]:
    if column.kind is CellKind.CHOICE:
        return st.sampled_from(column.choices)
    if column.kind in OF_KIND:
        return OF_KIND[column.kind]
    return TEXTS if column.kind is CellKind.TEXT else st.sampled_from(["a", "b", "c"])


def records(table: Table) -> st.SearchStrategy[list[Record]]:
    record = st.fixed_dictionaries({column.name: cells(column) for column in table.columns})
    return st.lists(record, max_size=3, unique_by=lambda each: tuple(each[k] for k in table.key))


WHOLES = st.fixed_dictionaries({table.name: records(table) for table in strategy_tables()})


def read_back(given: Given) -> Tables:
    """Return what was read in its canonical form, whatever stood empty."""
    assert not given.faults
    assert not given.problems
    found: Tables = {}
    for table in strategy_tables():
        empty = {column.name: default(column) for column in table.columns}
        lines = given.lines.get(table.name, [])
        found[table.name] = [
            empty | {name: read_cell(table, name, text) for name, text in line.cells.items()}
            for line in lines
        ]
    return found


def read_cell(table: Table, name: str, text: str) -> str:
    try:
        return canonical(table.column(name), text)
    except CellError as error:
        assert error.code is FaultCode.EMPTY  # noqa: PT017 - a generated name may be empty
        return ""


@settings(max_examples=25, deadline=None)
@given(WHOLES)
def test_csv_files_are_read_back_as_they_were_written(whole: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in as_csv(whole).items():
            (Path(folder) / name).write_bytes(content)
        assert read_back(read(Path(folder))) == whole


@settings(max_examples=3, deadline=None)
@given(WHOLES)
def test_a_workbook_is_read_back_as_it_was_written(whole: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "strategia.xlsx"
        file.write_bytes(as_xlsx(whole))
        assert read_back(read(file)) == whole


@settings(max_examples=50, deadline=None)
@given(WHOLES)
def test_json_is_read_back_as_it_was_written(whole: Tables) -> None:
    """Rows stand inside those that they belong to, so each must belong to one that is there."""
    whole = connected(whole)
    found = read_back(read_json(as_json(whole, "fi")))
    for name, rows in whole.items():
        assert in_order(found[name]) == in_order(rows), name


def in_order(rows: list[Record]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)


def connected(whole: Tables) -> Tables:
    themes = {each["code"] for each in whole["themes"]}
    goals = [each | {"theme": each["theme"] if each["theme"] in themes else ""}
             for each in whole["goals"]]  # fmt: skip
    codes = {each["code"] for each in goals}
    return whole | {
        "goals": goals,
        "actions": [each for each in whole["actions"] if each["goal"] in codes],
        "indicator_links": [
            each
            for each in whole["indicator_links"]
            if each["to"] != "goal" or each["code"] in codes
        ],
    }


def test_finnish_headers_and_sheet_names_are_understood(tmp_path: Path) -> None:
    (tmp_path / "tavoitteet.csv").write_text("Koodi;Teema;Nimi;Sitova\na;b;Nimi;kyllä\n", "utf-8")
    [line] = read(tmp_path).lines["goals"]
    assert line.cells == {"code": "a", "theme": "b", "name_fi": "Nimi", "is_binding": "kyllä"}
    assert canonical(strategy_table("goals").column("is_binding"), "kyllä") == "yes"


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"goals": [1]}', b'{"x": []}'])
def test_what_is_no_json_of_a_strategy_is_a_fault(content: bytes) -> None:
    assert read_json(content).faults


def test_every_table_has_its_place_and_every_fault_its_sentence() -> None:
    assert SHELVES.keys() == {table.name for table in strategy_tables()}
    assert SENTENCES.keys() == set(FaultCode)
