"""What serves one Sustainable Development Goal: a list of it all, and a part of it in full."""

from collections.abc import Collection
from dataclasses import dataclass

from katsaus.core.names import Names
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.sdgs import SERVING
from katsaus.web.planning.queries.things import (
    Thing,
    newest,
    of_action,
    of_goal,
    of_measure,
    of_project,
    states_below,
)


@dataclass(frozen=True, slots=True)
class Serving:
    """That a thing of a kind serves a goal ("13") or its target ("13.2"); `pk` is the link's."""

    pk: int
    sdg: str
    kind: str


@dataclass(frozen=True, slots=True)
class Served:
    """A thing with the goal or target that it serves; an indicator has only its code."""

    sdg: str
    thing: Thing
    local_target: Names | None
    is_example: bool


def serving(municipality: Municipality, sdg: int) -> tuple[Serving, ...]:
    """Return all that serves a goal or its targets, kind by kind in their order. One query."""
    links = models.SdgLink.objects.filter(municipality=municipality)
    found = links.filter(sdg=str(sdg)) | links.filter(sdg__startswith=f"{sdg}.")
    fields = ("pk", "sdg", *(f"{kind}_id" for kind in SERVING))
    rows = [
        Serving(pk, code, next(kind for kind, of in zip(SERVING, ids, strict=True) if of))
        for pk, code, *ids in found.values_list(*fields)
    ]
    return tuple(sorted(rows, key=lambda row: SERVING.index(row.kind)))


def served(municipality: Municipality, links: Collection[Serving]) -> tuple[Served, ...]:
    """Return what links are of, in their order. Two queries."""
    rows = (
        models.SdgLink.objects.filter(municipality=municipality, pk__in=[row.pk for row in links])
        .select_related("goal", "action__unit", "action__goal", "indicator")
        .select_related("measure__unit", "project", "local_target")
        .annotate(goal_state=newest("goal", "goal"), action_state=newest("action", "action"))
    )
    found = {row.pk: row for row in rows}
    silent = (row.goal_id for row in found.values() if row.goal_id and not row.goal_state)
    below = states_below(silent)

    def thing(link: Serving) -> Thing:
        row = found[link.pk]
        if row.goal:
            return of_goal(row.goal, row.goal_state, below)
        if row.action:
            return of_action(row.action, row.action_state)
        if row.measure:
            return of_measure(row.measure)
        if row.project:
            return of_project(row.project)
        return Thing("indicator", row.indicator.code if row.indicator else "", Names(""))

    return tuple(
        Served(link.sdg, thing(link), _own(found[link.pk]), found[link.pk].is_example)
        for link in links
    )


def _own(row: models.SdgLink) -> Names | None:
    own = row.local_target
    return Names(own.name_fi, own.name_sv, own.name_en) if own else None
