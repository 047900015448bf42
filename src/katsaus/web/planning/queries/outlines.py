"""A strategy in outline: its themes and goals, how much is in each, and when it was reported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.core.strategies import Goal, Strategy, Theme
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions a goal has, and indicators that stand on it or on its actions."""

    actions: int
    indicators: int


def outline(municipality: Municipality, strategy: Strategy) -> Strategy:
    """Return a strategy with its themes and goals, these without their actions. Two queries."""
    goals = _goals(municipality, strategy.code)
    return replace(strategy, themes=_themes(municipality, strategy.code, goals))


def counts(municipality: Municipality, strategy: str) -> dict[str, Counts]:
    """Return how much is in each goal of a strategy, by the goal's code. Two queries."""
    indicators = indicator_counts(municipality, strategy)
    goals = models.Goal.objects.filter(municipality=municipality, theme__strategy__code=strategy)
    rows = goals.order_by().annotate(count=Count("actions")).values_list("code", "count")
    return {code: Counts(actions, indicators.get(code, 0)) for code, actions in rows}


def _goals(municipality: Municipality, strategy: str) -> dict[str, list[Goal]]:
    """Return the goals by theme."""
    found: dict[str, list[Goal]] = {}
    goals = models.Goal.objects.filter(municipality=municipality, theme__strategy__code=strategy)
    for code, fi, sv, en, theme, is_binding in goals.order_by("position", "pk").values_list(
        "code", "name_fi", "name_sv", "name_en", "theme__code", "is_binding"
    ):
        found.setdefault(theme, []).append(Goal(code, Names(fi, sv, en), theme, is_binding))
    return found


def _themes(
    municipality: Municipality, strategy: str, goals: Mapping[str, list[Goal]]
) -> tuple[Theme, ...]:
    rows = models.Theme.objects.filter(municipality=municipality, strategy__code=strategy)
    return tuple(
        Theme(
            row.code,
            Names(row.name_fi, row.name_sv, row.name_en),
            strategy,
            tuple(goals.get(row.code, ())),
        )
        for row in rows
    )


def indicator_counts(municipality: Municipality, strategy: str) -> dict[str, int]:
    """Count the indicators of each goal; one that stands in it twice counts once. One query."""
    links = models.IndicatorLink.objects.filter(
        Q(goal__theme__strategy__code=strategy) | Q(action__goal__theme__strategy__code=strategy),
        indicator__municipality=municipality,
    )
    by_goal = links.order_by().values_list(Coalesce("action__goal__code", "goal__code"))
    return dict(by_goal.annotate(Count("indicator", distinct=True)))


def reported_periods(municipality: Municipality) -> tuple[Period, ...]:
    """Return the periods that states were reported for, the newest first. One query."""
    rows = models.StateReport.objects.filter(municipality=municipality).order_by()
    found = rows.values_list("year", "month").distinct()
    return tuple(Period(year, month) for year, month in sorted(found, reverse=True))
