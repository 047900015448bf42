"""The list of personal accounts, and the thresholds of deviations."""

import pytest

from katsaus.core.organization import Level
from katsaus.definitions import load, personal, thresholds


@pytest.mark.parametrize("account", ["4000", "400030", "4110", "4712"])
def test_pay_and_benefits_are_personal(account: str) -> None:
    assert personal.is_personal(account)


@pytest.mark.parametrize("account", ["4300", "3295", "4740", "row:wages_and_salaries", ""])
def test_other_accounts_are_not(account: str) -> None:
    assert not personal.is_personal(account)


@pytest.mark.parametrize("text", ["accounts: [4-3]", "acounts: []", "accounts: [a b]", "- x"])
def test_a_list_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(personal.PersonalAccountsError):
        personal.parse(text, "personal.yaml")


def test_every_level_of_budgeting_has_both_limits() -> None:
    found = thresholds.thresholds()
    levels = {Level.MUNICIPALITY, Level.DIVISION, Level.SERVICE_AREA, Level.UNIT, Level.COST_CENTER}
    assert set(found.forecast) == set(found.pace) == levels


def test_thresholds_are_held_against_rows_that_there_are() -> None:
    rows = {row.id for row in load.scheme("income_statement").rows}
    assert set(thresholds.thresholds().rows) <= rows


@pytest.mark.parametrize(
    "text", ["forecast: {city: {}}", "pace: {unit: {percent: -1}}", "limits: 1"]
)
def test_thresholds_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(thresholds.ThresholdsError):
        thresholds.parse(text, "thresholds.yaml")
