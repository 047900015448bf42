"""Where an indicator stands: on goals, actions, programmes, projects and units."""

from dataclasses import dataclass

from katsaus.core.names import Names
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.planning import models
from katsaus.web.planning.models.coded import Named


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


def _names(row: Named | Unit) -> Names:
    return Names(row.name_fi, row.name_sv, row.name_en)
