"""Strategies without what belongs to them, goals of a budget, and how rows become core values."""

from django.db.models import F, Prefetch, QuerySet

from katsaus.core.names import Names
from katsaus.core.schedules import Schedule
from katsaus.core.strategies import Action, Goal, Strategy, Theme
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


def strategies(municipality: Municipality) -> tuple[Strategy, ...]:
    """Return the strategies without their themes, the newest first. One query."""
    rows = models.Strategy.objects.filter(municipality=municipality)
    newest = F("valid_from").desc(nulls_last=True)
    return tuple(strategy_of(row) for row in rows.order_by(newest, "position"))


def budget_goals(municipality: Municipality, year: int) -> tuple[Goal, ...]:
    """Return the goals that were decided with a year's budget. Five queries."""
    found = models.Goal.objects.filter(municipality=municipality, year=year)
    return tuple(goal_of(goal) for goal in goals_with_all(found))


def goals_with_all(found: "QuerySet[models.Goal]") -> "QuerySet[models.Goal]":
    """Have goals be read with all that `goal_of` and `action_of` tell of them."""
    return found.select_related("theme__strategy").prefetch_related(
        "units",
        Prefetch("actions", models.Action.objects.select_related("unit")),
        "actions__decisions",
        Prefetch("indicator_links", models.IndicatorLink.objects.select_related("indicator")),
    )


def strategy_of(row: models.Strategy) -> Strategy:
    """Return a strategy without its themes."""
    return Strategy(
        row.code,
        names_of(row),
        row.valid_from,
        row.valid_to,
        row.mission,
        row.vision,
        tuple(row.values),
    )


def names_of(row: models.Strategy | models.Theme | models.Goal) -> Names:
    """Return the names in three languages."""
    return Names(row.name_fi, row.name_sv, row.name_en)


def theme_of(row: models.Theme) -> Theme:
    """Return a theme, which was read with its strategy, without its goals."""
    return Theme(row.code, names_of(row), row.strategy.code)


def goal_of(row: models.Goal, indicators: tuple[str, ...] | None = None) -> Goal:
    """Return a goal with its actions; its indicators are read of the row unless given."""
    if indicators is None:
        indicators = tuple(link.indicator.code for link in row.indicator_links.all())
    return Goal(
        row.code,
        names_of(row),
        row.theme.code if row.theme else "",
        row.is_binding,
        row.year,
        tuple(unit.code for unit in row.units.all()),
        tuple(action_of(each, row.code) for each in row.actions.all()),
        indicators,
    )


def action_of(row: models.Action, goal: str, decisions: tuple[str, ...] | None = None) -> Action:
    """Return an action of a goal; its decisions are read of the row unless they are given."""
    if decisions is None:
        decisions = tuple(each.code for each in row.decisions.all())
    return Action(
        row.code,
        goal,
        row.name,
        row.unit.code if row.unit else "",
        tuple(row.responsible),
        Schedule.parse(row.schedule),
        decisions,
    )
