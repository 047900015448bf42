"""Pages of programmes: all of them, and one with what it gathers and where it is a part."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from katsaus.core.programmes import (
    Measure,
    PartKind,
    Programme,
    ProgrammeKind,
    Relation,
    expected,
    target_of,
)
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.adjustments import adjustment, chosen_year
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.words import KINDS, WHAT, both
from katsaus.web.planning.queries import programmes as queries

GATHERED = (PartKind.GOAL, PartKind.ACTION, PartKind.INDICATOR, PartKind.MEASURE)


@dataclass(frozen=True, slots=True)
class Line:
    """A programme in the list; `counts` are how many things of each kind it gathers."""

    code: str
    name: str
    description: str
    is_example: bool
    counts: tuple[tuple[Promise, int], ...]
    target: str
    expected: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that a programme gathers."""

    name: Promise
    links: tuple[Link, ...]


@require_safe
@door(Right.FIGURES)
def programmes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show all programmes."""
    measures = queries.measures(viewer.municipality)
    lines: dict[ProgrammeKind, list[Line]] = {kind: [] for kind in ProgrammeKind}
    for each in queries.programmes(viewer.municipality):
        own = [measure for measure in measures if measure.programme == each.code]
        lines[each.kind].append(_line(each, own))
    context = {
        "section": "strategy",
        "cross_cutting": lines[ProgrammeKind.CROSS_CUTTING],
        "adjustment": lines[ProgrammeKind.ADJUSTMENT],
    }
    return page(request, viewer, "monitoring/programmes.html", context)


def _line(programme: Programme, measures: list[Measure]) -> Line:
    target, coming = target_of(programme.targets, None), expected(measures)
    gathered = _gathered(programme, measures)
    return Line(
        programme.code,
        programme.names.text(language()),
        programme.description,
        programme.is_example,
        tuple((KINDS[kind], sum(1 for each, _ in gathered if each == kind)) for kind in GATHERED),
        both(target.euros, target.person_years) if target else both(None, None),
        both(coming.euros, coming.person_years),
    )


def _gathered(programme: Programme, measures: list[Measure]) -> dict[tuple[str, str], None]:
    """Return what a programme gathers, each once, by kind and code."""
    parts = [
        (part.kind.value, part.code)
        for part in programme.parts
        if part.relation is Relation.GATHERS
    ]
    own = [(PartKind.MEASURE.value, measure.code) for measure in measures]
    return dict.fromkeys([*parts, *own])


@require_safe
@door(Right.FIGURES)
def programme(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Show a programme; of an adjustment programme also its measures and the way to its target."""
    found = queries.programme(viewer.municipality, code)
    if found is None:
        raise Http404
    links = Links(viewer)
    own = list(queries.measures(viewer.municipality, code))
    is_adjustment = found.kind is ProgrammeKind.ADJUSTMENT
    gathered = _gathered(found, own)
    as_itself = [
        (part.kind.value, part.code) for part in found.parts if part.relation is Relation.IS
    ]
    apart = {("measure", each.code) for each in own} if is_adjustment else set()
    known = links.found([*(key for key in gathered if key not in apart), *as_itself])
    context = {
        "section": "strategy",
        "programme": found,
        "name": found.names.text(language()),
        "groups": _groups(known, gathered),
        "as_itself": [(WHAT[key[0]], known[key]) for key in as_itself if key in known],
        "emphases": [(links.unit(unit), text) for unit, text in found.emphases],
    }
    if is_adjustment:
        year = chosen_year(request.GET, found, own)
        context["adjustment"] = adjustment(viewer, links, found, own, year)
    return page(request, viewer, "monitoring/programme.html", context)


def _groups(
    known: dict[tuple[str, str], Link], gathered: dict[tuple[str, str], None]
) -> list[Group]:
    """Return what is gathered by kind; an adjustment programme's own measures have a table."""
    groups = []
    for kind, name in KINDS.items():
        links = tuple(known[key] for key in gathered if key[0] == kind and key in known)
        if links:
            groups.append(Group(name, links))
    return groups
