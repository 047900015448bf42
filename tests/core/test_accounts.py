"""Selectors of accounts."""

import pytest

from katsaus.core.accounts import Selector, SelectorError


@pytest.mark.parametrize(
    ("selector", "account", "is_held"),
    [
        ("3000-3199", "3000", True),
        ("3000-3199", "3199", True),
        ("3000-3199", "3200", False),
        ("3000-3199", "2999", False),
        # A municipality's own accounts under the official ones: equal lengths are compared.
        ("3000-3199", "300510", True),
        ("3000-3199", "319999", True),
        ("3000-3199", "320000", False),
        ("3000-3199", "310", False),
        ("4000", "4000", True),
        ("4000", "400030", False),
        ("40*", "400030", True),
        ("40*", "4100", False),
        ("IN*", "IN2", True),
        ("Food", "FoodBank", False),
    ],
)
def test_a_selector_holds_the_accounts_it_says(selector: str, account: str, is_held: bool) -> None:
    assert Selector.parse(selector).holds(account) is is_held


def test_a_pseudo_account_of_a_row_is_in_no_selection() -> None:
    assert not Selector.parse("r*").holds("x:row")
    assert not Selector.parse("3000-3199").holds("row:sales_revenue")


@pytest.mark.parametrize(
    "text", ["", "*", "3199-3000", "300-3199", "3000-", "30**", "3000,3001", "__import__('os')"]
)
def test_what_is_no_selector_is_refused(text: str) -> None:
    with pytest.raises(SelectorError):
        Selector.parse(text)
