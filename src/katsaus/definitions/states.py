"""The rule by which the state of a goal or an action is proposed."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from katsaus.core.states import Rule
from katsaus.definitions.places import Place

_FILE = Path(__file__).parent / "states.yaml"


class StateRuleError(ValueError):
    """The rule cannot be read; the message says where."""


def parse(text: str, source: str) -> Rule:
    """Read the rule from YAML; raises StateRuleError."""
    whole = Place.of(text, source, StateRuleError)
    whole.refuse_others("behind_below_percent", "report_days")
    return Rule(
        Decimal(whole.number("behind_below_percent", 90)).scaleb(-2),
        whole.number("report_days", 215),
    )


@cache
def state_rule() -> Rule:
    """Return the rule of every municipality."""
    return parse(_FILE.read_text("utf-8"), _FILE.name)
