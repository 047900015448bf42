"""The matrix of a strategy: goals by divisions, with the states known by a period's end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery

from katsaus.core import strategies as core
from katsaus.core.organization import Level
from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.strategies import ActionState, Goal, Matrix, Strategy
from katsaus.web.organization.models import Municipality, Placement, Unit
from katsaus.web.organization.queries import in_force
from katsaus.web.planning import models


def divisions_of(municipality: Municipality, on: date) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """Return the divisions by code, and the division of each unit by the unit's id. One query.

    The tree is that of the hierarchy in force on a day. A unit that is in no division, such as the
    whole, stands for itself.
    """
    hierarchy = Subquery(in_force(municipality, on).values("pk")[:1])
    places = Placement.objects.filter(hierarchy=hierarchy, unit=OuterRef("pk"))
    rows = (
        Unit.objects.filter(municipality=municipality)
        .annotate(above=Subquery(places.values("parent_id")[:1]))
        .values_list("pk", "code", "level", "above")
    )
    units = {pk: (code, level, parent) for pk, code, level, parent in rows}
    found = {}
    for pk, (code, _level, _parent) in units.items():
        above: int | None = pk
        while above is not None and units[above][1] != Level.DIVISION:
            above = units[above][2]
        found[pk] = units[above][0] if above is not None else code
    divisions = sorted(code for code, level, _ in units.values() if level == Level.DIVISION)
    return tuple(divisions), found


@dataclass(frozen=True, slots=True)
class Frame:
    """What a matrix is of besides what is told: goals with the divisions that each is asked from.

    `divisions` are all there are, `division_of` and `codes` name units' and goals' ids by code.
    """

    goals: tuple[Goal, ...]
    divisions: tuple[str, ...]
    division_of: Mapping[int, str]
    codes: Mapping[int, str]


def frame(municipality: Municipality, on: date, strategy: Strategy) -> Frame:
    """Return the frame of a strategy that has its themes and goals, as on a day. Two queries."""
    divisions, division_of = divisions_of(municipality, on)
    goals = models.Goal.objects.filter(
        municipality=municipality, theme__strategy__code=strategy.code
    )
    codes: dict[int, str] = {}
    asked: dict[str, set[str]] = {}
    for pk, code, unit in goals.order_by().values_list("pk", "code", "units"):
        codes[pk] = code
        if unit is not None:
            asked.setdefault(code, set()).add(division_of[unit])
    found = (
        replace(goal, units=tuple(sorted(asked.get(goal.code, ()))))
        for theme in strategy.themes
        for goal in theme.goals
    )
    return Frame(tuple(found), divisions, division_of, codes)


def matrix(frame: Frame, period: Period) -> Matrix:
    """Return goals by divisions with the states known by a period's end. Two queries.

    Divisions that nothing is asked from and that answer nothing are left out.
    """
    states = _action_states(frame, period)
    used = {each.division for each in states}.union(*(goal.units for goal in frame.goals))
    columns = tuple(code for code in frame.divisions if code in used)
    others = tuple(sorted(code for code in used if code and code not in frame.divisions))
    return core.matrix(frame.goals, (*columns, *others), states, _goal_states(frame, period))


_STATES = {each.value: each for each in State}  # a look-up is quicker than a call for thousands


def _until(period: Period) -> Q:
    """Return the condition of reports that are not after a period."""
    return Q(year__lt=period.year) | Q(year=period.year, month__lte=period.month)


def _action_states(frame: Frame, period: Period) -> list[ActionState]:
    newest = models.StateReport.objects.filter(
        _until(period), action=OuterRef("pk"), is_current=True
    ).order_by("-year", "-month")
    counted = (
        models.Action.objects.filter(goal__in=frame.codes)
        .annotate(newest=Subquery(newest.values("state")[:1]))
        .order_by()
        .values_list("goal_id", "unit_id", "newest")
        .annotate(count=Count("pk", output_field=IntegerField()))
    )
    codes, division_of = frame.codes, frame.division_of
    return [
        ActionState(codes[goal], division_of[unit] if unit else "", _STATES.get(state), count)
        for goal, unit, state, count in counted
    ]


def _goal_states(frame: Frame, period: Period) -> dict[tuple[str, str], State]:
    reports = models.StateReport.objects.filter(
        _until(period), goal__in=frame.codes, is_current=True
    ).exclude(state="")
    return {
        (frame.codes[goal], frame.division_of[unit] if unit else ""): _STATES[state]
        for goal, unit, state in reports.order_by("year", "month", "pk").values_list(
            "goal_id", "unit_id", "state"
        )
    }
