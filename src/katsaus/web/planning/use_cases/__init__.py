"""What a person does to plan figures, and to a strategy."""

from katsaus.web.planning.use_cases.plans import (
    DecisionKey,
    PlanRow,
    give_note,
    keep_plan,
    set_current,
)

__all__ = ["DecisionKey", "PlanRow", "give_note", "keep_plan", "set_current"]
