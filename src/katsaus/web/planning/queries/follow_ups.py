"""What a report prints of a strategy and of performance figures, fetched once for all units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q

from katsaus.core.indicators import ValueScenario
from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.core.schedules import Schedule
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

Rows = Mapping[tuple[str, str], tuple["FollowUp", ...]]
Sdgs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of an action for the period, and why its state is what it is."""

    state: State | None
    text: str
    reason: str


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


# Read as values: a row of models for each unit and each SDG would take thrice the time.
_GOAL = ("pk", "code", "name_fi", "name_sv", "name_en", "is_binding", "year")
_THEME = ("theme__code", "theme__name_fi", "theme__name_sv", "theme__name_en")
_ACTION = ("goal_id", "goal__code", "code", "name", "unit__code", "responsible", "schedule")
_TOLD = ("told__state", "told__text", "told__reason")


def _goals(municipality: Municipality, year: int) -> dict[int, tuple[Theme, Goal, Sdgs]]:
    """Return the goals by id; one row of the query is a unit of a goal and an SDG of it."""
    rows = models.Goal.objects.filter(
        Q(theme__strategy__valid_from=None) | Q(theme__strategy__valid_from__lte=year),
        Q(theme__strategy__valid_to=None) | Q(theme__strategy__valid_to__gte=year),
        theme__strategy__municipality=municipality,
    ).order_by(
        F("theme__strategy__valid_from").desc(nulls_last=True),
        "theme__strategy__position",
        "theme__position",
        "position",
        "pk",
        "units__code",
    )
    told = (*_GOAL, *_THEME, "theme__strategy__code")
    goals: dict[tuple[Any, ...], list[tuple[str | None, str | None]]] = {}
    for *row, unit, sdg in rows.values_list(*told, "units__code", "sdgs__sdg"):
        goals.setdefault(tuple(row), []).append((unit, sdg))
    found = {row[0]: _goal(row, asked) for row, asked in goals.items()}
    newest = next((theme.strategy for theme, *_ in found.values()), "")
    return {pk: each for pk, each in found.items() if each[0].strategy == newest}


def _goal(
    row: tuple[Any, ...], asked: list[tuple[str | None, str | None]]
) -> tuple[Theme, Goal, Sdgs]:
    _, code, fi, sv, en, is_binding, year, *of_theme, strategy = row
    theme = Theme(of_theme[0], Names(*of_theme[1:]), strategy)
    units, sdgs = (_distinct(each) for each in zip(*asked, strict=True))
    return theme, Goal(code, Names(fi, sv, en), theme.code, is_binding, year, units), sdgs


def _actions(
    goals: Iterable[int], period: Period
) -> dict[int, list[tuple[Action, Told | None, Sdgs]]]:
    """Return the actions of goals by the goal's id, each with what was told of it."""
    of_period = Q(reports__is_current=True, reports__year=period.year, reports__month=period.month)
    rows = models.Action.objects.filter(goal__in=goals).annotate(
        told=FilteredRelation("reports", condition=of_period)
    )
    actions: dict[int, tuple[list[Any], list[str | None]]] = {}
    for pk, *row, sdg in rows.values_list("pk", *_ACTION, *_TOLD, "sdgs__sdg"):
        actions.setdefault(pk, (row, []))[1].append(sdg)
    found: dict[int, list[tuple[Action, Told | None, Sdgs]]] = {}
    for (goal, *of_action, state, text, reason), sdgs in actions.values():
        told = _told(state, text, reason)
        found.setdefault(goal, []).append((_action(*of_action), told, _distinct(sdgs)))
    return found


def _action(
    goal: str, code: str, name: str, unit: str | None, responsible: list[str], schedule: str
) -> Action:
    return Action(code, goal, name, unit or "", tuple(responsible), Schedule.parse(schedule))


def _told(state: str | None, text: str, reason: str) -> Told | None:
    """Return what was told of an action; nothing was of one without a report."""
    return None if state is None else Told(State(state) if state else None, text, reason)


def _distinct(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))


def _placed(municipality: Municipality, goals: Iterable[int], period: Period) -> tuple[Placed, ...]:
    """Return the indicators on units and on the actions of goals, in one go."""
    values = Q(year=period.year, month=period.month) | Q(scenario=ValueScenario.TARGET)
    places = Q(unit__isnull=False) | Q(action__goal__in=goals)
    return placed(municipality, places, values | performance_values(period))
