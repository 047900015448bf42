"""What a report prints of a strategy and of performance figures, fetched once for all units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, FilteredRelation, Model, Q

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

_Row = TypeVar("_Row", bound=Model)
Rows = Mapping[tuple[str, str], tuple["FollowUp", ...]]
Sdgs = tuple[str, ...]


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
    itself. Four queries, and those of `completed`.
    """
    goals = _goals(municipality, period.year)
    actions = _actions(goals, period)
    places = by_place(completed(_placed(municipality, list(goals), period)))
    found: dict[tuple[str, str], list[FollowUp]] = {}
    for pk, (theme, goal, of_goal) in goals.items():
        answers: dict[str, list[FollowUp]] = {division_of(unit): [] for unit in goal.units}
        for action, told, of_action in actions.get(pk, ()):
            served = dict.fromkeys((*of_action, *of_goal))
            measured = places.get(("action", action.code), ())
            row = FollowUp(goal, action, told, measured, tuple(served))
            answers.setdefault(division_of(action.unit) if action.unit else "", []).append(row)
        for division, rows in answers.items():
            unanswered = [FollowUp(goal, None, None, (), of_goal)]
            found.setdefault((theme.code, division), []).extend(rows or unanswered)
    on_units = (each for place, all in places.items() if place[0] == "unit" for each in all)
    return Reported(
        performance_rows(on_units, period),
        tuple(dict.fromkeys(theme for theme, *_ in goals.values())),
        {place: tuple(rows) for place, rows in found.items()},
    )


def _goals(municipality: Municipality, year: int) -> dict[int, tuple[Theme, Goal, Sdgs]]:
    """Return the goals by id; one row of the query is a unit of a goal and an SDG of it."""
    rows = models.Goal.objects.filter(
        Q(theme__strategy__valid_from=None) | Q(theme__strategy__valid_from__lte=year),
        Q(theme__strategy__valid_to=None) | Q(theme__strategy__valid_to__gte=year),
        theme__strategy__municipality=municipality,
    ).annotate(asked=F("units__code"), sdg=F("sdgs__sdg"))
    same = _grouped(
        rows.select_related("theme__strategy").order_by(
            F("theme__strategy__valid_from").desc(nulls_last=True),
            "theme__strategy__position",
            "theme__position",
            "position",
            "pk",
            "asked",
        )
    )
    found = {row.pk: _goal(row, own) for row, own in same.items()}
    newest = next((theme.strategy for theme, *_ in found.values()), "")
    return {pk: each for pk, each in found.items() if each[0].strategy == newest}


def _goal(row: models.Goal, rows: Iterable[Any]) -> tuple[Theme, Goal, Sdgs]:
    assert row.theme is not None  # noqa: S101 - asked for by its theme's strategy, for the types
    theme = theme_of(row.theme)
    units = _distinct(each.asked for each in rows)
    goal = Goal(row.code, names_of(row), theme.code, row.is_binding, row.year, units)
    return theme, goal, _distinct(each.sdg for each in rows)


def _actions(
    goals: Iterable[int], period: Period
) -> dict[int, list[tuple[Action, Told | None, Sdgs]]]:
    """Return the actions of goals by the goal's id, each with what was told of it."""
    of_period = Q(reports__is_current=True, reports__year=period.year, reports__month=period.month)
    rows = (
        models.Action.objects.filter(goal__in=goals)
        .select_related("goal", "unit")
        .annotate(
            told=FilteredRelation("reports", condition=of_period),
            state=F("told__state"),
            text=F("told__text"),
            sdg=F("sdgs__sdg"),
        )
    )
    found: dict[int, list[tuple[Action, Told | None, Sdgs]]] = {}
    for row, own in _grouped(rows).items():
        action = action_of(row, row.goal.code, ())
        sdgs = _distinct(each.sdg for each in own)
        found.setdefault(row.goal_id, []).append((action, _told(own[-1]), sdgs))
    return found


def _told(row: Any) -> Told | None:
    """Return what an action is annotated with; nothing was told of one without a state."""
    return None if row.state is None else Told(State(row.state) if row.state else None, row.text)


def _grouped(rows: Iterable[_Row]) -> dict[_Row, list[_Row]]:
    """Gather rows of the same model by the first of them: equal rows have the same id."""
    found: dict[_Row, list[_Row]] = {}
    for row in rows:
        found.setdefault(row, []).append(row)
    return found


def _distinct(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))


def _placed(municipality: Municipality, goals: Iterable[int], period: Period) -> tuple[Placed, ...]:
    """Return the indicators on units and on the actions of goals, in one go."""
    values = Q(year=period.year, month=period.month) | Q(scenario=ValueScenario.TARGET)
    places = Q(unit__isnull=False) | Q(action__goal__in=goals)
    return placed(municipality, places, values | performance_values(period))
