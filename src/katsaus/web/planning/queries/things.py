"""Goals, actions, indicators, measures, programmes and projects by code: name, place and state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

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


class _Row(NamedTuple):
    """A row of any kind; a thing that is in no goal has "" for the goal's code and names."""

    kind: str
    pk: int
    code: str
    fi: str
    sv: str
    en: str
    unit: str | None
    state: str | None
    is_example: bool
    goal: str
    goal_fi: str
    goal_sv: str
    goal_en: str


def things(municipality: Municipality, wanted: Iterable[Key]) -> dict[Key, Thing]:
    """Return what pairs of a kind and a code point at.

    One query for all kinds, one more where a goal has no state of its own and one for indicators.
    Kinds: "goal", "action", "indicator", "measure", "programme", "project".
    """
    codes: dict[str, set[str]] = {}
    for kind, code in wanted:
        codes.setdefault(kind, set()).add(code)
    rows = _rows(
        [_READ[kind](Q(municipality=municipality, code__in=of)) for kind, of in codes.items()]
    )
    below = _below(row.pk for row in rows if row.kind == "goal" and not row.state)
    goals = _goals_of(row.pk for row in rows if row.kind == "indicator")
    return {(row.kind, row.code): _thing(row, below, goals) for row in rows}


def _rows(parts: list["QuerySet[Any, Any]"]) -> list[_Row]:
    if not parts:
        return []
    first, *others = parts
    return [_Row(*row) for row in (first.union(*others, all=True) if others else first)]


def _thing(
    row: _Row, below: Mapping[int, list[State]], goals: Mapping[int, dict[str, Names]]
) -> Thing:
    state = State(row.state) if row.state else None
    of: tuple[tuple[str, Names], ...] = ()
    if row.kind == "goal":
        state = state or together(below.get(row.pk, ()))
    elif row.kind == "indicator":
        of = tuple(goals.get(row.pk, {}).items())
    elif row.goal:
        of = ((row.goal, Names(row.goal_fi, row.goal_sv, row.goal_en)),)
    names = Names(row.fi, row.sv, row.en)
    return Thing(row.kind, row.code, names, row.unit or "", state, of, row.is_example)


def _below(goals: Iterable[int]) -> Mapping[int, list[State]]:
    """Return the states last told of the actions of goals."""
    if not (wanted := list(goals)):
        return {}
    actions = models.Action.objects.filter(goal__in=wanted).annotate(newest=_newest("action"))
    below: dict[int, list[State]] = {}
    for goal, state in actions.values_list("goal_id", "newest"):
        if state:
            below.setdefault(goal, []).append(State(state))
    return below


def _goals_of(indicators: Iterable[int]) -> Mapping[int, dict[str, Names]]:
    """Return the goals that indicators are of, or their actions are, by code."""
    if not (wanted := list(indicators)):
        return {}
    links = models.IndicatorLink.objects.filter(indicator__in=wanted)
    found: dict[int, dict[str, Names]] = {}
    for link in links.select_related("goal", "action__goal"):
        goal = link.goal or (link.action.goal if link.action else None)
        if goal:
            names = Names(goal.name_fi, goal.name_sv, goal.name_en)
            found.setdefault(link.indicator_id, {})[goal.code] = names
    return found


def _newest(field: str) -> Subquery:
    """Return the state last told of a goal or an action, of a goal in any of its units."""
    reports = models.StateReport.objects.filter(**{field: OuterRef("pk")}, is_current=True)
    told = reports.exclude(state="") if field == "goal" else reports
    return Subquery(told.order_by("-year", "-month", "-pk").values("state")[:1])


_NONE = Value("")
_NAMES = {"fi": "name_fi", "sv": "name_sv", "en": "name_en"}
_GOAL = {"goal": "goal__code"} | {f"goal_{each}": f"goal__name_{each}" for each in _NAMES}


def _read(kind: str, rows: "QuerySet[Any]", **columns: str | Subquery) -> "QuerySet[Any, Any]":
    """Have rows be read as `_Row`; what `columns` does not name is empty."""
    chosen: dict[str, str | Value | Subquery] = dict.fromkeys(_Row._fields, _NONE)
    chosen |= {"kind": Value(kind), "is_example": Value(False), "pk": "pk", "code": "code"}
    return rows.order_by().values_list(*(chosen | columns).values())


def _goals(here: Q) -> "QuerySet[Any, Any]":
    return _read("goal", models.Goal.objects.filter(here), **_NAMES, state=_newest("goal"))


def _actions(here: Q) -> "QuerySet[Any, Any]":
    rows = models.Action.objects.filter(here)
    return _read("action", rows, fi="name", unit="unit__code", state=_newest("action"), **_GOAL)


def _indicators(here: Q) -> "QuerySet[Any, Any]":
    current = models.IndicatorDefinition.objects.filter(is_current=True)
    rows = current.filter(indicator__in=models.Indicator.objects.filter(here))
    return _read("indicator", rows, pk="indicator_id", code="indicator__code", **_NAMES)


def _measures(here: Q) -> "QuerySet[Any, Any]":
    rows = models.Measure.objects.filter(here)
    columns = {"fi": "name", "unit": "unit__code", "state": "state", "is_example": "is_example"}
    return _read("measure", rows, **columns)


def _programmes(here: Q) -> "QuerySet[Any, Any]":
    rows = models.Programme.objects.filter(here)
    return _read("programme", rows, **_NAMES, is_example="is_example")


def _projects(here: Q) -> "QuerySet[Any, Any]":
    return _read(
        "project", models.Project.objects.filter(here), fi="name_fi", is_example="is_example"
    )


_READ = {
    "goal": _goals,
    "action": _actions,
    "indicator": _indicators,
    "measure": _measures,
    "programme": _programmes,
    "project": _projects,
}
