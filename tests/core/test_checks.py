"""The checks find what is lost, doubled or unexplained."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.accounts import Selector
from katsaus.core.checks import accounts_off_scheme, accounts_twice, unexplained
from katsaus.core.names import Names
from katsaus.core.statements import Row, Scheme, parse_sum

SCHEME = Scheme(
    "s",
    Names("s"),
    (
        Row("sales", Names("sales"), (Selector.parse("3000-3199"),)),
        Row("revenue", Names("revenue"), (Selector.parse("3100-3299"),)),
        Row("sum", Names("sum"), terms=parse_sum("sales + revenue")),
    ),
)
ACCOUNTS = ["3005", "3150", "3250", "3300"]


def test_an_account_on_no_row_is_named() -> None:
    assert accounts_off_scheme(SCHEME, ACCOUNTS) == ("3300",)


def test_an_account_on_two_rows_is_named_and_a_sum_is_no_second_row() -> None:
    assert accounts_twice(SCHEME, ACCOUNTS) == ("3150",)


def test_a_control_total_tells_what_its_rows_leave_unexplained() -> None:
    rows = [Decimal("10.10"), None, Decimal("-3.05")]
    assert unexplained(Decimal("7.05"), rows) == 0
    assert unexplained(Decimal("7.00"), rows) == Decimal("-0.05")
    assert unexplained(None, []) == 0
    assert unexplained(None, rows) == Decimal("-7.05")


@given(st.lists(st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2))))
def test_a_whole_made_of_its_parts_is_explained(parts: list[Decimal | None]) -> None:
    assert unexplained(sum((part for part in parts if part is not None), Decimal(0)), parts) == 0
