"""Schemes: rows that resolve to weights, and definitions that are refused."""

import sys
from decimal import Decimal

import pytest

from katsaus.core.accounts import Account, Selector
from katsaus.core.names import Names
from katsaus.core.statements import Row, Scheme, SchemeError, Term, parse_sum


def of_accounts(row_id: str, *selectors: str) -> Row:
    return Row(row_id, Names(row_id), tuple(map(Selector.parse, selectors)))


def of_rows(row_id: str, text: str) -> Row:
    return Row(row_id, Names(row_id), terms=parse_sum(text))


def scheme(*rows: Row) -> Scheme:
    return Scheme("s", Names("s"), rows)


def weights(made: Scheme, row: str, *accounts: str) -> dict[str, Decimal]:
    return {weight.account: weight.weight for weight in made.weights(accounts) if weight.row == row}


def test_a_sum_is_read_as_rows_with_signs_and_weights() -> None:
    assert parse_sum("a + b - 0.8 * c") == (
        Term("a"),
        Term("b"),
        Term("c", Decimal("-0.8")),
    )
    assert parse_sum("-a") == (Term("a", Decimal(-1)),)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("__import__('os')", "__import__('os')"),
        ("a + __import__('os').system('x')", "__import__('os').system('x')"),
        ("a b", "a b"),
        ("a * b", "a * b"),
        ("a + + b", ""),
        ("a +", ""),
        ("", ""),
        ("2", "2"),
        ("a / b", "a / b"),
        ("1e9 * a", "1e9 * a"),
    ],
)
def test_what_is_not_a_sum_of_rows_is_refused_as_an_unknown_row(text: str, named: str) -> None:
    with pytest.raises(SchemeError) as refused:
        parse_sum(text)
    assert str(refused.value) == f"unknown row {named!r}"


def test_a_name_of_python_is_an_unknown_row_like_any_other() -> None:
    with pytest.raises(SchemeError, match="s: row a: unknown row '__import__'"):
        scheme(of_rows("a", "__import__"))


def test_rows_that_go_in_a_circle_are_refused_with_the_circle_named() -> None:
    with pytest.raises(SchemeError, match=r"A -> C -> B -> A$"):
        scheme(
            of_rows("A", "C + x"),
            of_rows("B", "A + x"),
            of_rows("C", "B + x"),
            of_accounts("x", "1"),
        )


def test_a_circle_is_named_from_its_first_row_in_print() -> None:
    with pytest.raises(SchemeError, match=r"circle: B -> C -> B$"):
        scheme(of_rows("A", "B"), of_rows("B", "C"), of_rows("C", "B"))


def test_a_row_that_uses_itself_is_refused() -> None:
    with pytest.raises(SchemeError, match=r"circle: A -> A$"):
        scheme(of_rows("A", "A"))


def test_a_circle_through_a_ratio_is_refused() -> None:
    with pytest.raises(SchemeError, match=r"A -> B -> A"):
        scheme(
            Row("A", Names("A"), ratio=("B", "x")),
            Row("B", Names("B"), ratio=("A", "x")),
            of_accounts("x", "1"),
        )


def test_two_rows_of_one_id_are_refused() -> None:
    with pytest.raises(SchemeError, match="twice"):
        scheme(of_accounts("a", "1"), of_accounts("a", "2"))


def test_a_ratio_cannot_be_a_part_of_a_sum() -> None:
    with pytest.raises(SchemeError, match="row b: a ratio cannot be summed"):
        scheme(of_accounts("x", "1"), Row("a", Names("a"), ratio=("x", "x")), of_rows("b", "a + x"))


def test_an_account_reaches_every_row_above_the_row_it_is_on() -> None:
    made = scheme(
        of_rows("margin", "revenue + expenses"),
        of_accounts("revenue", "3000-3999"),
        of_rows("expenses", "wages"),
        of_accounts("wages", "4000"),
    )
    assert weights(made, "margin", "3005", "4000", "5000") == {
        "3005": 1,
        "4000": 1,
        "row:margin": 1,
        "row:revenue": 1,
        "row:expenses": 1,
        "row:wages": 1,
    }


def test_weights_multiply_down_the_rows_and_stay_exact() -> None:
    made = scheme(of_rows("a", "0.8 * b"), of_rows("b", "x - 0.25 * y"), *xy())
    assert weights(made, "a", "X", "Y")["Y"] == Decimal("-0.2")


def xy() -> tuple[Row, Row]:
    return of_accounts("x", "X"), of_accounts("y", "Y")


def test_a_row_taken_and_taken_away_weighs_nothing() -> None:
    made = scheme(of_rows("a", "b - x"), of_rows("b", "x + y"), *xy())
    assert weights(made, "a", "X", "Y")["X"] == 0


@pytest.mark.parametrize("text", ["0.00001 * x", "0.015 * b", "1001 * x"])
def test_a_weight_that_would_not_stay_exact_in_cents_is_refused(text: str) -> None:
    # 0.015 of a row that is 0.015 of another would be 0.000225: six decimals.
    with pytest.raises(SchemeError, match=r"row a: the weight .* decimals"):
        scheme(of_rows("a", text), of_rows("b", "0.015 * x"), *xy())


def test_rows_that_double_each_other_are_refused_and_do_not_run_for_ever() -> None:
    doubling = [of_rows(f"r{n}", f"r{n + 1} + r{n + 1}") for n in range(60)]
    with pytest.raises(SchemeError, match="over 1000"):
        scheme(*doubling, of_accounts("r60", "X"))


def test_a_long_chain_of_rows_is_computed() -> None:
    length = sys.getrecursionlimit() + 50
    chain = [of_rows(f"r{n}", f"r{n + 1}") for n in range(length)]
    assert weights(scheme(*chain, of_accounts(f"r{length}", "X")), "r0", "X")["X"] == 1


def test_a_budget_on_a_finer_row_belongs_to_the_row_that_includes_it() -> None:
    expenses = Row(
        "expenses", Names("e"), (Selector.parse("4000-4999"),), includes=("wages", "grants")
    )
    made = scheme(expenses, of_rows("margin", "expenses"))
    held = {"4000", "row:expenses", "row:wages", "row:grants"}
    assert weights(made, "expenses", "4000").keys() == held
    assert weights(made, "margin", "4000").keys() == held | {"row:margin"}


def test_a_row_cannot_include_another_of_the_same_scheme() -> None:
    with pytest.raises(SchemeError, match="'b' is a row of this scheme"):
        scheme(Row("a", Names("a"), includes=("b",)), of_accounts("b", "1"))


def test_a_ratio_has_no_weights() -> None:
    made = scheme(of_accounts("x", "X"), Row("share", Names("share"), ratio=("x", "x")))
    assert {weight.row for weight in made.weights(["X"])} == {"x"}


def test_an_own_account_is_on_the_row_of_its_official_account_whatever_its_number() -> None:
    made = scheme(of_accounts("sales", "3000-3199"), of_accounts("pay", "4000-4099"))
    weights = made.weights(["4000", "3005", "9001"], officials={"9001": "3005", "3005": ""})
    assert {(w.row, w.account) for w in weights if not w.account.startswith("row:")} == {
        ("sales", "3005"),
        ("sales", "9001"),
        ("pay", "4000"),
    }


def test_account_detail_puts_each_account_under_its_row() -> None:
    made = scheme(of_rows("sum", "x"), of_accounts("x", "30*")).with_accounts(
        [
            Account("3005", Names("Myynti")),
            Account("300510", Names("Oma")),
            Account("4000", Names("Palkat")),
        ]
    )
    assert [(row.id, row.names.fi, row.level) for row in made.rows] == [
        ("sum", "sum", 0),
        ("x", "x", 0),
        ("x.3005", "Myynti", 1),
        ("x.300510", "Oma", 1),
    ]


def test_an_unknown_row_is_asked_for_in_vain() -> None:
    with pytest.raises(SchemeError, match="s: unknown row 'zzz'"):
        scheme(of_accounts("a", "1")).row("zzz")
