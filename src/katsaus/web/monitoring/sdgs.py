"""The page of the Sustainable Development Goals: how much serves each of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from katsaus.definitions.sdgs import Sdg
from katsaus.definitions.sdgs import sdgs as official
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.words import KINDS, euros
from katsaus.web.planning.queries import sdgs as queries
from katsaus.web.planning.queries.sdgs import LocalTarget, SdgLine, number


@dataclass(frozen=True, slots=True)
class Own:
    """A local target, and the official goal or target that it is under."""

    under: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A goal with the counts of what serves it; `targets` are those of its targets served."""

    number: int
    name: str
    targets: tuple[str, ...]
    own: tuple[Own, ...]
    counts: tuple[tuple[Promise, int], ...]
    euros: str
    effect: str
    is_served: bool
    is_example: bool


@require_safe
@door(Right.FIGURES)
def sdgs(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the 17 goals, with counts and money."""
    own = queries.local_targets(viewer.municipality)
    summary = viewer.shelf.get("sdg summary", lambda: queries.sdg_summary(viewer.municipality))
    lines = [_line(*each, own) for each in zip(official(), summary, strict=True)]
    links = sum(each.links for each in summary)
    examples = sum(each.examples for each in summary)
    context = {
        "section": "strategy",
        "lines": lines,
        "heads": [KINDS[kind] for kind in queries.SERVING],
        "served": sum(1 for line in lines if line.is_served),
        "links": links,
        "examples": examples,
        "all_examples": 0 < links == examples,
    }
    return page(request, viewer, "monitoring/sdgs.html", context)


def own_targets(sdg: Sdg, own: tuple[LocalTarget, ...]) -> tuple[Own, ...]:
    """Return the municipality's own targets under a goal, of all of them."""
    return tuple(
        Own(each.sdg, each.names.text(language())) for each in own if number(each.sdg) == sdg.number
    )


def _line(sdg: Sdg, found: SdgLine, own: tuple[LocalTarget, ...]) -> Line:
    counts = (found.goals, found.actions, found.indicators, found.measures, found.projects)
    return Line(
        sdg.number,
        sdg.names.text(language()),
        found.targets,
        own_targets(sdg, own),
        tuple(zip(map(KINDS.__getitem__, queries.SERVING), counts, strict=True)),
        euros(found.euros),
        euros(found.effect),
        found.links > 0,
        found.links > 0 and found.examples == found.links,
    )
