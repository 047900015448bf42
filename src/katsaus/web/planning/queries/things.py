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
    rows = list(models.Goal.objects.filter(condition).annotate(newest=_newest("goal")))
    actions = models.Action.objects.filter(goal__in=rows).annotate(newest=_newest("action"))
    below: dict[int, list[State]] = {}
    for goal, newest in actions.values_list("goal_id", "newest"):
        if newest:
            below.setdefault(goal, []).append(State(newest))
    for row in rows:
        state = State(row.newest) if row.newest else together(below.get(row.pk, ()))
        yield Thing("goal", row.code, _names(row), state=state)


def _newest(field: str) -> Subquery:
    """Return the state last told of a goal or an action, of a goal in any of its units."""
    reports = models.StateReport.objects.filter(**{field: OuterRef("pk")}, is_current=True)
    told = reports.exclude(state="") if field == "goal" else reports
    return Subquery(told.order_by("-year", "-month", "-pk").values("state")[:1])


def _names(row: models.Goal | models.Programme) -> Names:
    return Names(row.name_fi, row.name_sv, row.name_en)


def _actions(condition: Q) -> Iterator[Thing]:
    rows = models.Action.objects.filter(condition).annotate(newest=_newest("action"))
    for row in rows.select_related("unit", "goal"):
        unit = row.unit.code if row.unit else ""
        state = State(row.newest) if row.newest else None
        goal = (row.goal.code, _names(row.goal))
        yield Thing("action", row.code, Names(row.name), unit, state, (goal,))


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
    for row in models.Measure.objects.filter(condition).select_related("unit"):
        unit = row.unit.code if row.unit else ""
        state = State(row.state) if row.state else None
        yield Thing("measure", row.code, Names(row.name), unit, state, is_example=row.is_example)


def _programmes(condition: Q) -> Iterator[Thing]:
    for row in models.Programme.objects.filter(condition):
        yield Thing("programme", row.code, _names(row), is_example=row.is_example)


def _projects(condition: Q) -> Iterator[Thing]:
    for row in models.Project.objects.filter(condition):
        yield Thing("project", row.code, Names(row.name_fi), is_example=row.is_example)


_READ = {
    "goal": _goals,
    "action": _actions,
    "indicator": _indicators,
    "measure": _measures,
    "programme": _programmes,
    "project": _projects,
}
