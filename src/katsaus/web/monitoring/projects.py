"""The page of projects: who funds them, how far they are, what they belong to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from katsaus.core.figures import total
from katsaus.core.formats import DASH
from katsaus.core.projects import Project
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.words import PROJECT_STATES, euros, quantity
from katsaus.web.planning.queries import projects as queries


@dataclass(frozen=True, slots=True)
class Line:
    """A project as the page shows it; `cost_centers` lead to their finances."""

    code: str
    name: str
    is_example: bool
    units: tuple[str, ...]
    state: Promise | None
    years: str
    funder: str
    total: str
    own_share: str
    person_years: str
    actions: tuple[Link, ...]
    indicators: tuple[Link, ...]
    cost_centers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What the projects tell together; `untold` of them tell no money."""

    total: str
    own_share: str
    person_years: str
    untold: int


@require_safe
@door(Right.FIGURES)
def projects(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show all projects."""
    found = queries.projects(viewer.municipality)
    links = Links(viewer)
    wanted = [("action", code) for each in found for code in each.actions]
    wanted += [("indicator", code) for each in found for code in each.indicators]
    known = links.found(wanted)
    context = {
        "section": "strategy",
        "lines": [_line(links, known, each) for each in found],
        "sums": Sums(
            euros(total(each.total for each in found)),
            euros(total(each.own_share for each in found)),
            quantity(total(each.person_years for each in found)),
            sum(1 for each in found if each.total is None),
        ),
        "finding": _finding(found),
    }
    return page(request, viewer, "monitoring/projects.html", context)


def _finding(found: Iterable[Project]) -> str:
    """Say how many projects are in each state."""
    counts = Counter(each.state for each in found)
    said = [f"{counts[state]} {word}" for state, word in PROJECT_STATES.items() if counts[state]]
    if counts[None]:
        untold = ngettext(
            "%(count)s whose state is not told", "%(count)s whose state is not told", counts[None]
        )
        said.append(untold % {"count": counts[None]})
    return ", ".join(said)


def _line(links: Links, known: dict[tuple[str, str], Link], project: Project) -> Line:
    return Line(
        project.code,
        project.name,
        project.is_example,
        tuple(links.unit(code) for code in project.units),
        PROJECT_STATES[project.state] if project.state else None,
        _years(project),
        project.funder,
        euros(project.total),
        euros(project.own_share),
        quantity(project.person_years),
        tuple(known["action", code] for code in project.actions),
        tuple(known["indicator", code] for code in project.indicators),
        tuple(Link(links.unit(code), links.statement(code)) for code in project.cost_centers),
    )


def _years(project: Project) -> str:
    first, last = project.first_year, project.last_year
    if first is None and last is None:
        return DASH
    if first == last:
        return str(first)
    if last is None:
        return _("from %(year)s") % {"year": first}
    return f"{first or ''}{DASH}{last}"
