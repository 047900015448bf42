"""What a report prints of a strategy and of performance figures, fetched once for all units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import F, FilteredRelation, Q

from katsaus.core.indicators import ValueScenario
from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.strategies import Action, Goal, Theme
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import Placed, by_place, placed
from katsaus.web.planning.queries.indicators import (
    Completed,
    PerformanceRow,
    performance_rows,
    performance_values,
)
from katsaus.web.planning.queries.strategies import action_of, names_of, theme_of

Rows = Mapping[tuple[str, str], tuple["FollowUp", ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of an action for the period."""

    state: State | None
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One row of a division's follow-up; an unanswered goal has no action."""

    goal: Goal
    action: Action | None
    told: Told | None
    indicators: tuple[Placed, ...]
    sdgs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """Performance figures by unit, the themes with goals, the follow-up by theme and division."""

    figures: Mapping[str, tuple[PerformanceRow, ...]]
    themes: tuple[Theme, ...]
    rows: Rows


def reported(
    municipality: Municipality,
    period: Period,
    division_of: Callable[[str], str],
    completed: Completed = tuple,
) -> Reported:
    """Return what is told for a period, of the newest strategy that is valid in its year.

    `division_of` says which division a unit is in, "" for none; `completed` adds what is computed
    to the indicators. A goal that is asked from a
    division and has no action there is a row without one. Reports and values are of the period
    itself. Six queries.
    """
    goals = _goals(municipality, period.year)
    actions = _actions(goals, period)
    places = by_place(completed(_placed(municipality, list(goals), period)))
    sdgs = _sdgs(list(goals))
    found: dict[tuple[str, str], list[FollowUp]] = {}
    for pk, (theme, goal) in goals.items():
        answers: dict[str, list[FollowUp]] = {division_of(unit): [] for unit in goal.units}
        of_goal = sdgs.get(("goal", goal.code), ())
        for action, told in actions.get(pk, ()):
            served = dict.fromkeys((*sdgs.get(("action", action.code), ()), *of_goal))
            measured = places.get(("action", action.code), ())
            row = FollowUp(goal, action, told, measured, tuple(served))
            answers.setdefault(division_of(action.unit) if action.unit else "", []).append(row)
        for division, rows in answers.items():
            unanswered = [FollowUp(goal, None, None, (), of_goal)]
            found.setdefault((theme.code, division), []).extend(rows or unanswered)
    on_units = (each for place, all in places.items() if place[0] == "unit" for each in all)
    return Reported(
        performance_rows(on_units, period),
        tuple(dict.fromkeys(theme for theme, _ in goals.values())),
        {place: tuple(rows) for place, rows in found.items()},
    )


def _goals(municipality: Municipality, year: int) -> dict[int, tuple[Theme, Goal]]:
    """Return the goals by id, each with its theme; one row of the query is a unit of a goal."""
    rows = models.Goal.objects.filter(
        Q(theme__strategy__valid_from=None) | Q(theme__strategy__valid_from__lte=year),
        Q(theme__strategy__valid_to=None) | Q(theme__strategy__valid_to__gte=year),
        theme__strategy__municipality=municipality,
    ).annotate(asked=F("units__code"))
    found: dict[int, tuple[Theme, Goal]] = {}
    for row in rows.select_related("theme__strategy").order_by(
        F("theme__strategy__valid_from").desc(nulls_last=True),
        "theme__strategy__position",
        "theme__position",
        "position",
        "pk",
        "asked",
    ):
        theme, goal = found.get(row.pk) or _goal(row)
        units = (*goal.units, row.asked) if row.asked else goal.units
        found[row.pk] = (theme, replace(goal, units=units))
    newest = next((theme.strategy for theme, _ in found.values()), "")
    return {pk: each for pk, each in found.items() if each[0].strategy == newest}


def _goal(row: models.Goal) -> tuple[Theme, Goal]:
    assert row.theme is not None  # noqa: S101 - asked for by its theme's strategy, for the types
    theme = theme_of(row.theme)
    return theme, Goal(row.code, names_of(row), theme.code, row.is_binding, row.year)


def _actions(goals: Iterable[int], period: Period) -> dict[int, list[tuple[Action, Told | None]]]:
    """Return the actions of goals by the goal's id, each with what was told of it."""
    of_period = Q(reports__is_current=True, reports__year=period.year, reports__month=period.month)
    rows = (
        models.Action.objects.filter(goal__in=goals)
        .select_related("goal", "unit")
        .annotate(
            told=FilteredRelation("reports", condition=of_period),
            state=F("told__state"),
            text=F("told__text"),
        )
    )
    found: dict[int, list[tuple[Action, Told | None]]] = {}
    for row in {row.pk: row for row in rows}.values():
        told = (
            None if row.state is None else Told(State(row.state) if row.state else None, row.text)
        )
        action = action_of(row, row.goal.code, ())
        found.setdefault(row.goal_id, []).append((action, told))
    return found


def _placed(municipality: Municipality, goals: Iterable[int], period: Period) -> tuple[Placed, ...]:
    """Return the indicators on units and on the actions of goals, in one go."""
    values = Q(year=period.year, month=period.month) | Q(scenario=ValueScenario.TARGET)
    places = Q(unit__isnull=False) | Q(action__goal__in=goals)
    return placed(municipality, places, values | performance_values(period))


def _sdgs(goals: Iterable[int]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the SDGs by the kind and the code of what they are linked to."""
    found: dict[tuple[str, str], list[str]] = {}
    links = models.SdgLink.objects.filter(Q(goal__in=goals) | Q(action__goal__in=goals))
    for goal, action, sdg in links.values_list("goal__code", "action__code", "sdg"):
        place = ("action", action) if action else ("goal", goal)
        found.setdefault(place, []).append(sdg)
    return {place: tuple(each) for place, each in found.items()}
