"""A goal with its history: its actions, all that was told of them, its indicators and SDGs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.strategies import Goal, Strategy, Theme
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import Placed, placed
from katsaus.web.planning.queries.strategies import goal_of, strategy_of, theme_of
from katsaus.web.planning.queries.terms import ACTIONS, Terms, terms_of, with_terms


@dataclass(frozen=True, slots=True)
class Report:
    """What was said of an action, or of a goal in a unit, for a period; `given_by` is a name."""

    action: str
    goal: str
    unit: str
    period: Period
    state: State | None
    reason: str
    text: str
    reported_on: date | None
    given_by: str
    given_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class DecisionName:
    """A decision as it is told: its body, day and section, its title and its address."""

    text: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its theme, every report of it and its actions (newest first), its indicators.

    `indicators` stand on the goal or on one of its actions; `sdgs` are pairs of the kind and code
    of what is linked, with the SDG; `decisions` are those that its actions rest on, by code.
    `terms` tells what it all continues, and `earlier` the reports of those actions.
    """

    goal: Goal
    theme: Theme | None
    reports: tuple[Report, ...]
    indicators: tuple[Placed, ...]
    sdgs: tuple[tuple[str, str, str], ...]
    strategy: Strategy | None
    decisions: Mapping[str, DecisionName]
    terms: Terms
    earlier: tuple[Report, ...]


def goal(municipality: Municipality, code: str) -> GoalView | None:
    """Return a goal with its history; None where there is none. Nine queries."""
    return _goal_view(municipality, Q(code=code))


def goal_with(municipality: Municipality, action: str) -> GoalView | None:
    """Return the goal of an action; None where there is no such action. Nine queries."""
    return _goal_view(municipality, Q(actions__code=action))


def _goal_view(municipality: Municipality, condition: Q) -> GoalView | None:
    goals = models.Goal.objects.filter(condition, municipality=municipality)
    row = with_terms(goals).prefetch_related("units", ACTIONS, "actions__decisions").first()
    if row is None:
        return None
    # Their ids are looked up in indexes; "of an action of the goal" would be looked for in all.
    of_goal = Q(goal=row) | Q(action__in=[each.pk for each in row.actions.all()])
    sdgs = models.SdgLink.objects.filter(of_goal).select_related("goal", "action")
    indicators = placed(municipality, of_goal)
    on_goal = tuple(each.indicator.code for each in indicators if each.kind == "goal")
    continued = [each.continues_id for each in row.actions.all() if each.continues_id]
    reports = _reports(of_goal | Q(action__in=continued) if continued else of_goal)
    own = {"", *(each.code for each in row.actions.all())}
    decisions = (each for action in row.actions.all() for each in action.decisions.all())
    return GoalView(
        goal_of(row, on_goal),
        theme_of(row.theme) if row.theme else None,
        tuple(each for each in reports if each.action in own),
        indicators,
        tuple(
            ("action", each.action.code, each.sdg) if each.action else ("goal", row.code, each.sdg)
            for each in sdgs
        ),
        strategy_of(row.theme.strategy) if row.theme else None,
        {each.code: _decision_name(each) for each in decisions},
        terms_of(row),
        tuple(each for each in reports if each.action not in own),
    )


def _decision_name(row: models.Decision) -> DecisionName:
    day, section = row.decided_on, row.section.removeprefix("§").strip()
    text = f"{row.body} {day.day}.{day.month}.{day.year}{f' § {section}' if section else ''}"
    return DecisionName(text, row.title, row.link)


def _reports(condition: Q) -> tuple[Report, ...]:
    rows = models.StateReport.objects.filter(condition)
    return tuple(
        report_of(row)
        for row in rows.select_related("action", "goal", "unit", "given_by").order_by(
            "-year", "-month", "-is_current", "-pk"
        )
    )


def report_of(row: models.StateReport) -> Report:
    """Return what was told, read with whatever it is of and with who told it."""
    return Report(
        action=row.action.code if row.action else "",
        goal=row.goal.code if row.goal else "",
        unit=row.unit.code if row.unit else "",
        period=Period(row.year, row.month),
        state=State(row.state) if row.state else None,
        reason=row.reason,
        text=row.text,
        reported_on=row.reported_on,
        given_by=row.given_by.shown_name if row.given_by else "",
        given_at=row.given_at,
        is_current=row.is_current,
    )
