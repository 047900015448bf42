"""A goal in the terms before and after its own: what it continues, and what continues it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from katsaus.core.names import Names
from katsaus.web.planning import models


@dataclass(frozen=True, slots=True)
class TermGoal:
    """A goal in another term, whose years are None where open."""

    code: str
    names: Names
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class EarlierAction:
    """What an action continues: its code, and the code of its goal."""

    code: str
    goal: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The goal before and after, and what each action continues by the action's code."""

    before: TermGoal | None
    after: TermGoal | None
    actions: Mapping[str, EarlierAction]


_AFTER = {
    "after_code": F("continued_by__code"),
    "after_fi": F("continued_by__name_fi"),
    "after_sv": F("continued_by__name_sv"),
    "after_en": F("continued_by__name_en"),
    "after_first": F("continued_by__theme__strategy__valid_from"),
    "after_last": F("continued_by__theme__strategy__valid_to"),
}


def with_terms(goals: "QuerySet[models.Goal]") -> "QuerySet[models.Goal]":
    """Have goals be read with what they continue and with what continues them."""
    return goals.select_related("theme__strategy", "continues__theme__strategy").annotate(**_AFTER)


ACTIONS = Prefetch("actions", models.Action.objects.select_related("unit", "continues__goal"))


def terms_of(row: models.Goal) -> Terms:
    """Return the terms around a goal that was read `with_terms`, its actions by ACTIONS."""
    actions = {
        each.code: EarlierAction(each.continues.code, each.continues.goal.code)
        for each in row.actions.all()
        if each.continues
    }
    before = _term_goal(row.continues) if row.continues else None
    told = [getattr(row, name) for name in _AFTER]
    after = TermGoal(told[0], Names(*told[1:4]), *told[4:]) if told[0] else None
    return Terms(before, after, actions)


def _term_goal(row: models.Goal) -> TermGoal:
    strategy = row.theme.strategy if row.theme else None
    years = (strategy.valid_from, strategy.valid_to) if strategy else (None, None)
    return TermGoal(row.code, Names(row.name_fi, row.name_sv, row.name_en), *years)
