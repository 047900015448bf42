"""Goals, actions, indicators, measures, programmes and projects by code: name, place and state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from katsaus.core.names import Names
from katsaus.core.states import State, together
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the strategy as others point at it.

    `goals` are the codes and names of the goals that an action or an indicator is of; `state` is
    the newest that is known, of a goal without one that of its actions together.
    """

    kind: str
    code: str
    names: Names
    unit: str = ""
    state: State | None = None
    goals: tuple[tuple[str, Names], ...] = ()
    is_example: bool = False


Key = tuple[str, str]


def things(municipality: Municipality, wanted: Iterable[Key]) -> dict[Key, Thing]:
    """Return what pairs of a kind and a code point at.

    One query a kind, two for goals and for indicators. Kinds: "goal", "action", "indicator",
    "measure", "programme", "project".
    """
    codes: dict[str, set[str]] = {}
    for kind, code in wanted:
        codes.setdefault(kind, set()).add(code)
    return {
        (kind, each.code): each
        for kind, asked in codes.items()
        for each in _READ[kind](Q(municipality=municipality, code__in=asked))
    }


def _goals(condition: Q) -> Iterator[Thing]:
    rows = list(models.Goal.objects.filter(condition).annotate(newest=newest("goal")))
    below = states_below(row.pk for row in rows if not row.newest)
    for row in rows:
        yield of_goal(row, row.newest, below)


def of_goal(row: models.Goal, state: str | None, below: Mapping[int, list[State]]) -> Thing:
    """Return a goal with its state, or with that of the actions below it together."""
    told = State(state) if state else together(below.get(row.pk, ()))
    return Thing("goal", row.code, _names(row), state=told)


def states_below(goals: Iterable[int]) -> Mapping[int, list[State]]:
    """Return the states last told of the actions of goals. One query, none without goals."""
    actions = models.Action.objects.filter(goal__in=list(goals)).annotate(newest=newest("action"))
    below: dict[int, list[State]] = {}
    for goal, state in actions.values_list("goal_id", "newest"):
        if state:
            below.setdefault(goal, []).append(State(state))
    return below


def newest(field: str, at: str = "pk") -> Subquery:
    """Return the state last told of a goal or an action, of a goal in any of its units."""
    reports = models.StateReport.objects.filter(**{field: OuterRef(at)}, is_current=True)
    told = reports.exclude(state="") if field == "goal" else reports
    return Subquery(told.order_by("-year", "-month", "-pk").values("state")[:1])


def _names(row: models.Goal | models.Programme) -> Names:
    return Names(row.name_fi, row.name_sv, row.name_en)


def _actions(condition: Q) -> Iterator[Thing]:
    rows = models.Action.objects.filter(condition).annotate(newest=newest("action"))
    for row in rows.select_related("unit", "goal"):
        yield of_action(row, row.newest)


def of_action(row: models.Action, state: str | None) -> Thing:
    """Return an action, read with its unit and its goal."""
    unit = row.unit.code if row.unit else ""
    goal = (row.goal.code, _names(row.goal))
    told = State(state) if state else None
    return Thing("action", row.code, Names(row.name), unit, told, (goal,))


def _indicators(condition: Q) -> Iterator[Thing]:
    rows = models.Indicator.objects.filter(condition)
    names = models.IndicatorDefinition.objects.filter(indicator__in=rows, is_current=True)
    goals = _goals_of_indicators(condition)
    for row in names.select_related("indicator").order_by("indicator__position"):
        yield Thing(
            "indicator",
            row.indicator.code,
            Names(row.name_fi, row.name_sv, row.name_en),
            goals=tuple(goals.get(row.indicator_id, {}).items()),
        )


def _goals_of_indicators(condition: Q) -> Mapping[int, dict[str, Names]]:
    wanted = models.Indicator.objects.filter(condition)
    links = models.IndicatorLink.objects.filter(indicator__in=wanted)
    found: dict[int, dict[str, Names]] = {}
    for link in links.select_related("goal", "action__goal"):
        goal = link.goal or (link.action.goal if link.action else None)
        if goal:
            found.setdefault(link.indicator_id, {})[goal.code] = _names(goal)
    return found


def _measures(condition: Q) -> Iterator[Thing]:
    yield from map(of_measure, models.Measure.objects.filter(condition).select_related("unit"))


def of_measure(row: models.Measure) -> Thing:
    """Return a measure, read with its unit."""
    unit = row.unit.code if row.unit else ""
    state = State(row.state) if row.state else None
    return Thing("measure", row.code, Names(row.name), unit, state, is_example=row.is_example)


def _programmes(condition: Q) -> Iterator[Thing]:
    for row in models.Programme.objects.filter(condition):
        yield Thing("programme", row.code, _names(row), is_example=row.is_example)


def _projects(condition: Q) -> Iterator[Thing]:
    yield from map(of_project, models.Project.objects.filter(condition))


def of_project(row: models.Project) -> Thing:
    """Return a project."""
    return Thing("project", row.code, Names(row.name_fi), is_example=row.is_example)


_READ = {
    "goal": _goals,
    "action": _actions,
    "indicator": _indicators,
    "measure": _measures,
    "programme": _programmes,
    "project": _projects,
}
