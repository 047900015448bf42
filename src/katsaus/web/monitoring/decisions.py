"""The register of decisions: what each set in motion, and what is still undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from katsaus.core.figures import Cents
from katsaus.core.figures import euros as as_euros
from katsaus.core.projects import Decision
from katsaus.core.states import SETTLED
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.numbers import day
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.words import euros
from katsaus.web.planning.queries import projects as queries


@dataclass(frozen=True, slots=True)
class DecisionLink:
    """A decision as others point at it: "Kaupunginvaltuusto 31.1.2022 § 3"."""

    name: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A decision with what it set in motion; `open` counts actions and measures not settled."""

    decision: Decision
    name: str
    amendments: tuple[str, ...]
    goals: tuple[Link, ...]
    actions: tuple[Link, ...]
    measures: tuple[Link, ...]
    open: int


def name_of(decision: Decision) -> str:
    """Return a decision as it is named in texts: the body, the day, the section."""
    section = f"§ {decision.section.removeprefix('§').strip()}" if decision.section else ""
    return f"{decision.body} {day(decision.decided_on)} {section}".rstrip()


def decision_links(viewer: Viewer, codes: Iterable[str]) -> list[DecisionLink]:
    """Return links to decisions by their codes."""
    wanted = set(codes)
    if not wanted:
        return []
    register = Links(viewer).page("decisions")
    return [
        DecisionLink(name_of(each), each.title, f"{register}#{each.code}")
        for each in queries.decisions(viewer.municipality)
        if each.code in wanted
    ]


@require_safe
@door(Right.FIGURES)
def decisions(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show all decisions, the newest first."""
    found = sorted(
        queries.decisions(viewer.municipality), key=lambda each: each.decided_on, reverse=True
    )
    lines = _lines(viewer, found)
    context = {
        "section": "strategy",
        "lines": lines,
        "undone": sum(1 for line in lines if line.decision.undone or line.open),
    }
    return page(request, viewer, "monitoring/decisions.html", context)


def _lines(viewer: Viewer, found: list[Decision]) -> list[Line]:
    links = Links(viewer)
    wanted = [("action", code) for each in found for code in each.actions]
    wanted += [("measure", code) for each in found for code in each.measures]
    known = links.found(wanted)
    amended: dict[str, list[str]] = {}
    for each in queries.amendments(viewer.municipality):
        said = _amended(each.year, each.count, each.cents)
        amended.setdefault(each.decision, []).append(said)
    return [_line(each, known, tuple(amended.get(each.code, ()))) for each in found]


def _amended(year: int, count: int, cents: Cents) -> str:
    said = ngettext(
        "budget %(year)s: %(count)s amendment, %(sum)s",
        "budget %(year)s: %(count)s amendments, %(sum)s",
        count,
    )
    return said % {"year": year, "count": count, "sum": euros(as_euros(cents))}


def _line(
    decision: Decision, known: dict[tuple[str, str], Link], amendments: tuple[str, ...]
) -> Line:
    actions = tuple(known["action", code] for code in decision.actions)
    measures = tuple(known["measure", code] for code in decision.measures)
    goals = dict.fromkeys(goal for action in actions for goal in action.goals)
    settled = {state.value for state in SETTLED}
    unsettled = [
        each for each in (*actions, *measures) if each.mark is None or each.mark.tone not in settled
    ]
    return Line(
        decision, name_of(decision), amendments, tuple(goals), actions, measures, len(unsettled)
    )
