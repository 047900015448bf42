"""The page of one Sustainable Development Goal: what serves it, kind by kind."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from katsaus.core.periods import Period
from katsaus.definitions.sdgs import sdgs as official
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.computing import with_computed
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.readings import entry_text, latest
from katsaus.web.monitoring.sdgs import own_targets
from katsaus.web.monitoring.words import KINDS
from katsaus.web.planning.queries.entries import Placed
from katsaus.web.planning.queries.inputs import named
from katsaus.web.planning.queries.sdgs import local_targets
from katsaus.web.planning.queries.served import Serving, serving

ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A thing that serves the goal; `values` are what an indicator came to last, and when."""

    sdg: str
    own: str
    link: Link
    values: tuple[str, ...]
    is_example: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What serves the goal, of one kind: `count` in all, and the rows that are on this page."""

    name: Promise
    count: int
    rows: tuple[Row, ...]


@require_safe
@door(Right.FIGURES)
def sdg(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """Show all that serves a goal or its targets, ON_PAGE things at a time."""
    goal = next((each for each in official() if each.number == number), None)
    if goal is None:
        raise Http404
    links = serving(viewer.municipality, number)
    found = Paginator(links, ON_PAGE).get_page(request.GET.get("page"))
    targets = {each.sdg for each in links}
    context = {
        "section": "strategy",
        "number": number,
        "new": f"sdg={number}",
        "name": goal.names.text(language()),
        "targets": [(code, code in targets) for code in goal.targets],
        "own": own_targets(goal, local_targets(viewer.municipality)),
        "found": found,
        "groups": _groups(viewer, links, [*found]),
    }
    return page(request, viewer, "monitoring/sdg.html", context)


def _groups(
    viewer: Viewer, links: Collection[Serving], shown: Collection[Serving]
) -> tuple[Group, ...]:
    counts = Counter(each.kind for each in links)
    known = Links(viewer).found((each.kind, each.code) for each in shown)
    values = _values(viewer, [each.code for each in shown if each.kind == "indicator"])
    return tuple(
        Group(KINDS[kind], counts[kind], tuple(_row(row, known, values) for row in rows))
        for kind, rows in groupby(shown, lambda row: row.kind)
    )


def _row(
    row: Serving, known: dict[tuple[str, str], Link], values: dict[str, tuple[str, ...]]
) -> Row:
    own = row.local_target.text(language()) if row.local_target else ""
    told = values.get(row.code, ()) if row.kind == "indicator" else ()
    return Row(row.sdg, own, known[row.kind, row.code], told, row.is_example)


def _values(viewer: Viewer, codes: list[str]) -> dict[str, tuple[str, ...]]:
    """Return what indicators came to last, by code, with the period that it is of."""
    today = localdate()
    period = Period(today.year, today.month)
    placed = [
        Placed(each.indicator, "", "", "indicator", code, each.entries)
        for code, each in named(viewer.municipality, codes).items()
    ]
    told = {
        each.indicator.code: (each.indicator, latest(each.entries, period))
        for each in with_computed(LedgerRows.of(viewer), placed, period)
    }
    return {
        code: (*(entry_text(indicator, each) for each in last), last[0].period.months)
        for code, (indicator, last) in told.items()
        if last
    }
