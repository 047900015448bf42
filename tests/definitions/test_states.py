"""The rule that proposes states, as data."""

from decimal import Decimal

import pytest

from katsaus.definitions.states import StateRuleError, parse, state_rule


def test_the_rule_is_nine_tenths_of_the_times_share() -> None:
    assert state_rule().behind_below == Decimal("0.9")
    assert state_rule().report_days > 184  # a half-year


def test_a_misspelt_threshold_is_refused() -> None:
    with pytest.raises(StateRuleError, match="behind_percent"):
        parse("behind_percent: 80", "states.yaml")
