"""What codes refer to: where an indicator stands, which goal an action is of, decisions by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from katsaus.core.names import Names
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an indicator stands: `kind` is goal, action, programme, project or unit.

    `units` are asked for it, `goal` is the goal that it answers, both empty where there is none.
    """

    kind: str
    code: str
    names: Names
    goal: str
    units: tuple[str, ...]
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionName:
    """A decision as it is told: its body, day and section, its title and its address."""

    text: str
    title: str
    link: str


def standings(municipality: Municipality, indicator: str) -> tuple[Standing, ...]:
    """Return where an indicator stands, in order. Two queries at most."""
    links = models.IndicatorLink.objects.filter(
        indicator__municipality=municipality, indicator__code=indicator
    )
    rows = links.select_related("goal", "action__goal", "action__unit", "programme", "project")
    return tuple(map(_standing, rows.select_related("unit").prefetch_related("goal__units")))


def _standing(link: models.IndicatorLink) -> Standing:
    if action := link.action:
        units = (action.unit.code,) if action.unit else ()
        return Standing(
            "action",
            action.code,
            Names(action.name),
            action.goal.code,
            units,
            tuple(action.responsible),
        )
    if goal := link.goal:
        asked = tuple(unit.code for unit in goal.units.all())
        return Standing("goal", goal.code, _names(goal), goal.code, asked)
    if unit := link.unit:
        return Standing("unit", unit.code, _names(unit), "", (unit.code,))
    if programme := link.programme:
        return Standing("programme", programme.code, _names(programme), "", ())
    project = link.project
    assert project is not None  # noqa: S101 - the constraint link_to_one, for the types
    return Standing("project", project.code, Names(project.name_fi), "", ())


def _names(row: "models.Goal | models.Programme | object") -> Names:
    return Names(*(str(getattr(row, f"name_{each}", "")) for each in ("fi", "sv", "en")))


def goal_of_action(municipality: Municipality, action: str) -> str | None:
    """Return the code of an action's goal; None where there is no such action. One query."""
    found = models.Action.objects.filter(municipality=municipality, code=action)
    return found.values_list("goal__code", flat=True).first()


def decision_names(municipality: Municipality, codes: Iterable[str]) -> dict[str, DecisionName]:
    """Return decisions by code. One query, none without codes."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = models.Decision.objects.filter(municipality=municipality, code__in=wanted)
    return {row.code: DecisionName(_told(row), row.title, row.link) for row in rows}


def _told(row: models.Decision) -> str:
    day = row.decided_on
    section = f" § {row.section}" if row.section else ""
    return f"{row.body} {day.day}.{day.month}.{day.year}{section}"
