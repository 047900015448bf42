"""A scheme that a person writes: read, or refused with the place of the fault."""

from decimal import Decimal

import pytest

from katsaus.core.statements import SchemeError, Term
from katsaus.definitions.load import parse_scheme

HEAD = "id: own\nnames: {fi: Oma}\n"


def refusal(rows: str, head: str = HEAD) -> str:
    with pytest.raises(SchemeError) as refused:
        parse_scheme(head + "rows:\n" + rows, "own.yaml")
    return str(refused.value)


def row(row_id: str, content: str) -> str:
    return f"  - {{id: {row_id}, names: {{fi: Nimi}}, {content}}}\n"


def test_a_scheme_is_read_with_its_names_levels_and_emphasis() -> None:
    scheme = parse_scheme(
        HEAD
        + "rows:\n"
        + row("sales", "accounts: [3000-3199, '3295'], level: 1")
        + row("rate", "ratio: sales / double")
        + row("double", "sum: 2 * sales, emphasis: total"),
        "own.yaml",
    )
    sales, rate, double = scheme.rows
    assert (scheme.names.fi, sales.names.fi, sales.level) == ("Oma", "Nimi", 1)
    assert [selector.holds("3295") for selector in sales.selectors] == [False, True]
    assert rate.ratio == ("sales", "double")
    assert (double.terms, double.emphasis) == ((Term("sales", Decimal(2)),), "total")


def test_a_municipalitys_own_account_can_be_selected() -> None:
    text = HEAD + "rows:\n" + row("own", "accounts: '300510'")
    assert parse_scheme(text, "own.yaml", {"300510"}).rows[0].selectors[0].holds("300510")
    with pytest.raises(SchemeError, match="unknown account '300510'"):
        parse_scheme(text, "own.yaml")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("sum: __import__('os')", "rows 1 (a): unknown row \"__import__('os')\""),
        ("sum: __import__", "row a: unknown row '__import__'"),
        ("sum: b", "row a: unknown row 'b'"),
        ("ratio: a2 / a3", "row a: unknown row 'a2'"),
        ("ratio: x", "rows 1 (a): a ratio is two rows with a slash between them"),
        ("accounts: 9000-9999", "rows 1 (a): unknown account '9000-9999'"),
        ("accounts: '4001'", "rows 1 (a): unknown account '4001'"),
        ("accounts: 3199-3000", "a range goes from a smaller code to a larger one"),
        ("accounts: 3000..3199", "'3000..3199' is not an account"),
        ("accounts: 4000", "rows 1 (a): accounts: a text is needed, in quotes, not a number"),
        ("accounts: [4000]", "rows 1 (a): accounts: a text is needed, in quotes, not a number"),
        ("accounts: []", "rows 1 (a): a row has one of the three: accounts, sum, ratio"),
        ("level: 1", "rows 1 (a): a row has one of the three"),
        ("accounts: '4000', sum: a", "rows 1 (a): a row has one of the three"),
        ("accounts: '4000', acounts: '1'", "rows 1 (a): unknown key 'acounts'; known are id"),
        ("accounts: '4000', level: -1", "rows 1 (a): level: a whole number is needed"),
        ("accounts: '4000', level: true", "rows 1 (a): level: a whole number is needed"),
        ("accounts: '4000', emphasis: loud", "rows 1 (a): emphasis 'loud' is none of plain"),
        (
            "accounts: '4000', includes: [yes]",
            "rows 1 (a): includes: a text is needed, in quotes, not yes or no",
        ),
        ("accounts: '4000', includes: [nix]", "rows 1 (a): unknown row 'nix'"),
        ("sum: 0.00001 * a", "the rows go in a circle: a -> a"),
    ],
)
def test_a_faulty_row_is_refused_with_its_place(content: str, fault: str) -> None:
    said = refusal(row("a", content))
    assert said.startswith("own.yaml: ")
    assert fault in said


@pytest.mark.parametrize("row_id", ["1a", "a.b", "'row:a'", "ä", "''", "a b"])
def test_an_id_that_a_sum_could_not_name_is_refused(row_id: str) -> None:
    assert "an id has letters" in refusal(row(row_id, "accounts: '4000'"))


def test_rows_in_a_circle_are_refused_with_the_circle_named() -> None:
    said = refusal(
        row("A", "sum: C + x")
        + row("B", "sum: A + x")
        + row("C", "sum: B + x")
        + row("x", "accounts: '4000'")
    )
    assert said == "own.yaml: own: the rows go in a circle: A -> C -> B -> A"


def test_two_rows_of_one_id_are_refused() -> None:
    rows = row("a", "accounts: '4000'") + row("a", "accounts: '4060'")
    assert refusal(rows) == "own.yaml: own: a row id is there twice"


def test_a_scheme_that_loses_an_account_of_what_it_covers_is_refused() -> None:
    said = refusal(row("a", "accounts: 4000-4064"), HEAD + "covers: 4000-4099\n")
    assert said == "own.yaml: accounts on no row: 4065, 4090"


def test_a_scheme_that_doubles_an_account_of_what_it_covers_is_refused() -> None:
    rows = row("a", "accounts: 4000-4099") + row("b", "accounts: '4060'")
    assert refusal(rows, HEAD + "covers: 4000-4099\n") == "own.yaml: accounts on two rows: 4060"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "own.yaml: a mapping is needed, not nothing"),
        ("- a\n", "own.yaml: a mapping is needed, not a list"),
        ("id: [", "own.yaml: not YAML"),
        ("[" * 5000, "own.yaml: not YAML"),
        ("id: 2023-99-99\n", "own.yaml: not YAML"),
        ("id: !!python/object/apply:os.getcwd []\n", "own.yaml: not YAML"),
        ("id: a\nid: b\n", "'id' is there twice"),
        ("id: own\nnames: {fi: x}\n", "own.yaml: rows: a list is needed"),
        ("id: own\nnames: {fi: x}\nrows: [7]\n", "own.yaml: rows 1: a mapping is needed"),
        ("id: own\nrows: []\n", "own.yaml: names is missing"),
        ("id: own\nnames: {sv: x}\nrows: []\n", "own.yaml: names: fi is missing"),
        ("id: own\nnames: {fi: x, de: y}\nrows: []\n", "own.yaml: names: unknown key 'de'"),
        ("id: 7\nnames: {fi: x}\nrows: []\n", "own.yaml: id: a text is needed"),
        ("id: own\nnames: {fi: x}\nrows: []\nrow: 1\n", "own.yaml: unknown key 'row'"),
        ("id: own\nnames: {fi: x}\ncovers: x-y\nrows: []\n", "own.yaml: 'x-y' is not an account"),
        ("id: own\nnames: {fi: x}\nrows: [{names: {fi: x}}]\n", "own.yaml: rows 1: id is missing"),
    ],
)
def test_a_text_that_is_no_scheme_is_refused(text: str, fault: str) -> None:
    with pytest.raises(SchemeError) as refused:
        parse_scheme(text, "own.yaml")
    assert fault in str(refused.value)
