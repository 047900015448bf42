"""The page of the Sustainable Development Goals: what serves each, and one of them in full."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from katsaus.core.periods import Period
from katsaus.definitions.sdgs import Sdg
from katsaus.definitions.sdgs import sdgs as official
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.numbers import months
from katsaus.web.languages import language
from katsaus.web.monitoring.computing import with_computed
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.readings import entry_text, latest
from katsaus.web.monitoring.words import KINDS, euros
from katsaus.web.planning.queries import sdgs as queries
from katsaus.web.planning.queries.entries import Placed
from katsaus.web.planning.queries.inputs import named
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
    counts: tuple[int, ...]
    euros: str
    effect: str
    is_served: bool
    is_example: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Served:
    """A thing that serves the goal, by the goal or the target that it is linked to.

    `values` are what an indicator came to last.
    """

    sdg: str
    own: str
    link: Link
    values: tuple[str, ...]
    is_example: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What serves a goal, of one kind."""

    name: Promise
    rows: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One goal in full; `targets` are all its official targets, and whether each is served."""

    number: int
    name: str
    targets: tuple[tuple[str, bool], ...]
    own: tuple[Own, ...]
    groups: tuple[Group, ...]


@require_safe
@door(Right.FIGURES)
def sdgs(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the 17 goals; `?goal=13` shows one of them in full."""
    own = queries.local_targets(viewer.municipality)
    chosen = next(
        (each for each in official() if str(each.number) == request.GET.get("goal")), None
    )
    summary = viewer.shelf.get("sdg summary", lambda: queries.sdg_summary(viewer.municipality))
    lines = [_line(*each, own, chosen) for each in zip(official(), summary, strict=True)]
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
        "opened": _opened(viewer, chosen, own) if chosen else None,
    }
    return page(request, viewer, "monitoring/sdgs.html", context)


def _own(sdg: Sdg, own: tuple[LocalTarget, ...]) -> tuple[Own, ...]:
    return tuple(
        Own(each.sdg, each.names.text(language())) for each in own if number(each.sdg) == sdg.number
    )


def _line(sdg: Sdg, found: SdgLine, own: tuple[LocalTarget, ...], chosen: Sdg | None) -> Line:
    return Line(
        sdg.number,
        sdg.names.text(language()),
        found.targets,
        _own(sdg, own),
        (found.goals, found.actions, found.indicators, found.measures, found.projects),
        euros(found.euros),
        euros(found.effect),
        found.links > 0,
        found.links > 0 and found.examples == found.links,
        sdg == chosen,
    )


def _values(viewer: Viewer, codes: list[str]) -> dict[str, tuple[str, ...]]:
    """Return what indicators came to last, by code, with the period that it is of."""
    today = localdate()
    period = Period(today.year, today.month)
    found = named(viewer.municipality, codes)
    placed = [
        Placed(each.indicator, "", "", "indicator", code, each.entries)
        for code, each in found.items()
    ]
    told = {
        each.indicator.code: (each.indicator, latest(each.entries, period))
        for each in with_computed(LedgerRows.of(viewer), placed, period)
    }
    return {
        code: (*(entry_text(indicator, each) for each in last), months(last[0].period))
        for code, (indicator, last) in told.items()
        if last
    }


def _opened(viewer: Viewer, sdg: Sdg, own: tuple[LocalTarget, ...]) -> Opened:
    found = queries.serving(viewer.municipality, sdg.number)
    known = Links(viewer).found((each.kind, each.code) for each in found)
    names = {each.code: each.names.text(language()) for each in own}
    served = {each.sdg for each in found}
    measured = [each.code for each in found if each.kind == "indicator"]
    values = viewer.shelf.get(
        ("sdg values", sdg.number, language()),
        lambda: _values(viewer, measured),
        lambda each: 4 * len(each),
    )
    groups = []
    for kind in queries.SERVING:
        rows = tuple(
            Served(
                each.sdg,
                names.get(each.local_target, ""),
                known[each.kind, each.code],
                values.get(each.code, ()) if kind == "indicator" else (),
                each.is_example,
            )
            for each in found
            if each.kind == kind
        )
        if rows:
            groups.append(Group(KINDS[kind], rows))
    return Opened(
        sdg.number,
        sdg.names.text(language()),
        tuple((code, code in served) for code in sdg.targets),
        _own(sdg, own),
        tuple(groups),
    )
