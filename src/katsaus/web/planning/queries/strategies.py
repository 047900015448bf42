"""The strategy as core values: the whole, the matrix, a goal with its history, the follow-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery

from katsaus.core import strategies as core
from katsaus.core.names import Names
from katsaus.core.organization import Level
from katsaus.core.periods import Period
from katsaus.core.schedules import Schedule
from katsaus.core.states import State
from katsaus.core.strategies import Action, ActionState, Goal, Matrix, Strategy, Theme
from katsaus.web.organization.models import Municipality, Placement, Unit
from katsaus.web.organization.queries import in_force
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import Placed, by_place, placed


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
    """

    goal: Goal
    theme: Theme | None
    reports: tuple[Report, ...]
    indicators: tuple[Placed, ...]
    sdgs: tuple[tuple[str, str, str], ...]
    strategy: Strategy | None
    decisions: Mapping[str, DecisionName]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One row of a division's follow-up; an unanswered goal has no action."""

    goal: Goal
    action: Action | None
    report: Report | None
    indicators: tuple[Placed, ...]
    sdgs: tuple[str, ...]


def strategies(municipality: Municipality) -> tuple[Strategy, ...]:
    """Return the strategies without their themes, the newest first. One query."""
    rows = models.Strategy.objects.filter(municipality=municipality)
    return tuple(_strategy(row, ()) for row in rows.order_by("-valid_from", "position"))


def strategy(municipality: Municipality, code: str = "") -> Strategy | None:
    """Return a whole strategy by its code, or the newest; None where there is none.

    Seven queries.
    """
    row = _newest(municipality, code)
    if row is None:
        return None
    goals: dict[int | None, list[Goal]] = {}
    for goal in _goals(models.Goal.objects.filter(theme__strategy=row)):
        goals.setdefault(goal.theme_id, []).append(_goal(goal))
    themes = (_theme(each, tuple(goals.get(each.pk, ()))) for each in row.themes.all())
    return _strategy(row, tuple(themes))


def _newest(municipality: Municipality, code: str) -> models.Strategy | None:
    """Return the strategy of a code, or the newest without one."""
    rows = models.Strategy.objects.filter(municipality=municipality)
    if code:
        rows = rows.filter(code=code)
    return rows.order_by(F("valid_from").desc(nulls_last=True), "position").first()


def budget_goals(municipality: Municipality, year: int) -> tuple[Goal, ...]:
    """Return the goals that were decided with a year's budget. Five queries."""
    found = models.Goal.objects.filter(municipality=municipality, year=year)
    return tuple(_goal(goal) for goal in _goals(found))


_IN_GOAL = (
    "units",
    Prefetch("actions", models.Action.objects.select_related("unit")),
    "actions__decisions",
)


def _goals(found: "QuerySet[models.Goal]") -> "QuerySet[models.Goal]":
    return found.select_related("theme__strategy").prefetch_related(
        *_IN_GOAL,
        Prefetch("indicator_links", models.IndicatorLink.objects.select_related("indicator")),
    )


def _strategy(row: models.Strategy, themes: tuple[Theme, ...]) -> Strategy:
    return Strategy(
        row.code,
        _names(row),
        row.valid_from,
        row.valid_to,
        row.mission,
        row.vision,
        tuple(row.values),
        themes,
    )


def _names(row: models.Strategy | models.Theme | models.Goal) -> Names:
    return Names(row.name_fi, row.name_sv, row.name_en)


def _theme(row: models.Theme, goals: tuple[Goal, ...] = ()) -> Theme:
    return Theme(row.code, _names(row), row.strategy.code, goals)


def _goal(row: models.Goal, indicators: tuple[str, ...] | None = None) -> Goal:
    if indicators is None:
        indicators = tuple(link.indicator.code for link in row.indicator_links.all())
    return Goal(
        row.code,
        _names(row),
        row.theme.code if row.theme else "",
        row.is_binding,
        row.year,
        tuple(unit.code for unit in row.units.all()),
        tuple(_action(each, row.code) for each in row.actions.all()),
        indicators,
    )


def _action(row: models.Action, goal: str) -> Action:
    return Action(
        row.code,
        goal,
        row.name,
        row.unit.code if row.unit else "",
        tuple(row.responsible),
        Schedule.parse(row.schedule),
        tuple(each.code for each in row.decisions.all()),
    )


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


def matrix(municipality: Municipality, period: Period, strategy: str = "") -> Matrix:
    """Return goals by divisions with the states known by a period's end. Six queries.

    The strategy is the one of the code, or the newest. Divisions that nothing is asked from and
    that answer nothing are left out.
    """
    chosen = _newest(municipality, strategy)
    goals = models.Goal.objects.filter(theme__strategy=chosen)
    divisions, division_of = divisions_of(municipality, period.ends_on)
    asked = _asked(goals, division_of)
    found = {
        pk: Goal(code, Names(fi, sv, en), theme, is_binding, None, tuple(asked.get(pk, ())))
        for pk, code, fi, sv, en, theme, is_binding in goals.order_by(
            "theme__position", "position", "pk"
        ).values_list("pk", "code", "name_fi", "name_sv", "name_en", "theme__code", "is_binding")
    }
    states = _action_states(goals, period, found, division_of)
    used = {each.division for each in states} | {code for each in asked.values() for code in each}
    columns = tuple(code for code in divisions if code in used)
    others = tuple(sorted(code for code in used if code and code not in divisions))
    set_states = _goal_states(goals, period, found, division_of)
    return core.matrix(tuple(found.values()), (*columns, *others), states, set_states)


def _asked(goals: "QuerySet[models.Goal]", division_of: Mapping[int, str]) -> dict[int, list[str]]:
    asked: dict[int, list[str]] = {}
    for goal, unit in models.Goal.units.through.objects.filter(
        goal__in=goals.values("pk")
    ).values_list("goal_id", "unit_id"):
        division = division_of[unit]
        if division not in asked.setdefault(goal, []):
            asked[goal].append(division)
    return asked


def _until(period: Period) -> Q:
    """Return the condition of reports that are not after a period."""
    return Q(year__lt=period.year) | Q(year=period.year, month__lte=period.month)


def _action_states(
    goals: "QuerySet[models.Goal]",
    period: Period,
    found: Mapping[int, Goal],
    division_of: Mapping[int, str],
) -> list[ActionState]:
    newest = models.StateReport.objects.filter(
        _until(period), action=OuterRef("pk"), is_current=True
    ).order_by("-year", "-month")
    counted = (
        models.Action.objects.filter(goal__in=goals.values("pk"))
        .annotate(newest=Subquery(newest.values("state")[:1]))
        .order_by()
        .values_list("goal_id", "unit_id", "newest")
        .annotate(count=Count("pk", output_field=IntegerField()))
    )
    return [
        ActionState(
            found[goal].code,
            division_of[unit] if unit else "",
            State(state) if state else None,
            count,
        )
        for goal, unit, state, count in counted
    ]


def _goal_states(
    goals: "QuerySet[models.Goal]",
    period: Period,
    found: Mapping[int, Goal],
    division_of: Mapping[int, str],
) -> dict[tuple[str, str], State]:
    reports = models.StateReport.objects.filter(
        _until(period), goal__in=goals.values("pk"), is_current=True
    ).exclude(state="")
    return {
        (found[goal].code, division_of[unit] if unit else ""): State(state)
        for goal, unit, state in reports.order_by("year", "month", "pk").values_list(
            "goal_id", "unit_id", "state"
        )
    }


def goal(municipality: Municipality, code: str) -> GoalView | None:
    """Return a goal with its history; None where there is none. Nine queries."""
    return _goal_view(municipality, Q(code=code))


def goal_of(municipality: Municipality, action: str) -> GoalView | None:
    """Return the goal of an action; None where there is no such action. Nine queries."""
    return _goal_view(municipality, Q(actions__code=action))


def _goal_view(municipality: Municipality, condition: Q) -> GoalView | None:
    goals = models.Goal.objects.filter(condition, municipality=municipality)
    row = _goals(goals).prefetch_related(None).prefetch_related(*_IN_GOAL).first()
    if row is None:
        return None
    of_goal = Q(goal=row) | Q(action__goal=row)
    sdgs = models.SdgLink.objects.filter(of_goal).select_related("goal", "action")
    indicators = placed(municipality, of_goal)
    on_goal = tuple(each.indicator.code for each in indicators if each.kind == "goal")
    decisions = (each for action in row.actions.all() for each in action.decisions.all())
    return GoalView(
        _goal(row, on_goal),
        _theme(row.theme) if row.theme else None,
        _reports(of_goal),
        indicators,
        tuple(
            ("action", each.action.code, each.sdg) if each.action else ("goal", row.code, each.sdg)
            for each in sdgs
        ),
        _strategy(row.theme.strategy, ()) if row.theme else None,
        {each.code: _decision_name(each) for each in decisions},
    )


def _decision_name(row: models.Decision) -> DecisionName:
    day, section = row.decided_on, row.section.removeprefix("§").strip()
    text = f"{row.body} {day.day}.{day.month}.{day.year}{f' § {section}' if section else ''}"
    return DecisionName(text, row.title, row.link)


def _reports(condition: Q) -> tuple[Report, ...]:
    rows = models.StateReport.objects.filter(condition)
    return tuple(
        _report(row)
        for row in rows.select_related("action", "goal", "unit", "given_by").order_by(
            "-year", "-month", "-is_current", "-pk"
        )
    )


def _report(row: models.StateReport) -> Report:
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


def follow_up(
    municipality: Municipality, theme: str, division: str, period: Period
) -> tuple[FollowUp, ...]:
    """Return the rows of a theme's follow-up in a division and the units below it.

    A goal that is asked from the division and has no action there is a row without one. Reports
    and values are of the period itself. Twelve queries.
    """
    _divisions, division_of = divisions_of(municipality, period.ends_on)
    of_goals = Q(theme__code=theme)
    found = follow_ups(municipality, period, of_goals, lambda unit: division_of[unit.pk])
    return found.get((theme, division), ())


def follow_ups(
    municipality: Municipality,
    period: Period,
    of_goals: Q,
    division_of: Callable[[Unit], str],
) -> dict[tuple[str, str], tuple[FollowUp, ...]]:
    """Return the rows of `follow_up` by theme and division, "" for what names no unit.

    `of_goals` chooses the goals, `division_of` says which division a unit is in. Twelve queries.
    """
    goals = models.Goal.objects.filter(of_goals, municipality=municipality)
    here = Q(action__goal__in=goals.values("pk"))
    told = _reports(here & Q(is_current=True, year=period.year, month=period.month))
    reports = {each.action: each for each in told}
    values = Q(year=period.year, month=period.month) | Q(scenario="target")
    places = by_place(placed(municipality, here, values))
    sdgs = _sdgs(here | Q(goal__in=goals.values("pk")))
    found: dict[tuple[str, str], list[FollowUp]] = {}
    for row in _goals(goals):
        goal = _goal(row)
        of_goal = sdgs.get(("goal", goal.code), ())
        asked = dict.fromkeys(division_of(unit) for unit in row.units.all())
        answers: dict[str, list[FollowUp]] = {division: [] for division in asked}
        for action in row.actions.all():
            division = division_of(action.unit) if action.unit else ""
            code = action.code
            answers.setdefault(division, []).append(
                FollowUp(
                    goal,
                    _action(action, goal.code),
                    reports.get(code),
                    places.get(("action", code), ()),
                    tuple(dict.fromkeys((*sdgs.get(("action", code), ()), *of_goal))),
                )
            )
        for division, rows in answers.items():
            unanswered = [FollowUp(goal, None, None, (), of_goal)]
            found.setdefault((goal.theme, division), []).extend(rows or unanswered)
    return {place: tuple(rows) for place, rows in found.items()}


def _sdgs(condition: Q) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the SDGs by the kind and the code of what they are linked to."""
    found: dict[tuple[str, str], list[str]] = {}
    links = models.SdgLink.objects.filter(condition)
    for goal, action, sdg in links.values_list("goal__code", "action__code", "sdg"):
        place = ("action", action) if action else ("goal", goal)
        found.setdefault(place, []).append(sdg)
    return {place: tuple(each) for place, each in found.items()}


def themes_of_year(municipality: Municipality, year: int) -> tuple[Theme, ...]:
    """Return the themes, without their goals, of the newest strategy that is valid in a year."""
    rows = models.Theme.objects.filter(
        Q(strategy__valid_from=None) | Q(strategy__valid_from__lte=year),
        Q(strategy__valid_to=None) | Q(strategy__valid_to__gte=year),
        strategy__municipality=municipality,
    )
    newest = F("strategy__valid_from").desc(nulls_last=True)
    ordered = rows.select_related("strategy").order_by(newest, "strategy__position", "position")
    themes = [_theme(row) for row in ordered]
    return tuple(each for each in themes if each.strategy == themes[0].strategy)
