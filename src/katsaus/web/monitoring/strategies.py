"""The pages of a strategy: how far each division is with each goal, and the map of it all."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katsaus.core.formats import DASH
from katsaus.core.periods import Period
from katsaus.core.strategies import Matrix, Strategy
from katsaus.rendering.strategy_map import strategy_map_pdf
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.controls import Choice, Control
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.finance.numbers import day
from katsaus.web.languages import language
from katsaus.web.monitoring.maps import strategy_map
from katsaus.web.monitoring.matrices import matrix_sheet
from katsaus.web.monitoring.refusals import refusing
from katsaus.web.monitoring.rounds import Rounds
from katsaus.web.planning.queries.matrices import matrix
from katsaus.web.planning.queries.outlines import Outline, outline


@require_safe
@door(Right.FIGURES)
@refusing
def strategy(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a strategy and its matrix of goals by divisions at a period."""
    found = _outline(request, viewer)
    if found is None:
        return page(request, viewer, "monitoring/empty.html", {"section": "strategy"})
    rounds = Rounds.of(viewer, request.GET, found.all[0])
    code = found.strategy.code
    answers = _matrix(viewer, rounds.chosen, code)
    context = {
        "section": "strategy",
        "strategy": found.strategy,
        "name": found.strategy.names.text(language()),
        "day": day(rounds.chosen.ends_on),
        "sheet": matrix_sheet(viewer, found, answers, rounds.chosen),
        "controls": _control(found),
    }
    return page(request, viewer, "monitoring/strategy.html", context, period=rounds.choice)


@require_safe
@door(Right.FIGURES)
@refusing
def strategy_map_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a strategy on one page: what it is for, its themes and goals."""
    found = _outline(request, viewer)
    if found is None:
        return page(request, viewer, "monitoring/empty.html", {"section": "strategy"})
    context = {
        "section": "strategy",
        "code": found.strategy.code,
        "map": strategy_map(viewer.municipality, found),
        "controls": _control(found),
    }
    return page(request, viewer, "monitoring/map.html", context)


@require_safe
@door(Right.FIGURES)
@refusing
def strategy_map_file(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the map of a strategy as PDF."""
    found = _outline(request, viewer)
    if found is None:
        raise BadAddressError(_("There is no strategy yet."))
    name = f"{viewer.municipality.slug}-{found.strategy.code}.pdf"
    content = strategy_map_pdf(strategy_map(viewer.municipality, found))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _matrix(viewer: Viewer, period: Period, code: str) -> Matrix:
    """Return the matrix of a strategy, computed anew when something has been told."""
    return viewer.shelf.get(
        ("strategy matrix", period, code),
        lambda: matrix(viewer.municipality, period, code),
        lambda each: 2 * len(each.rows) * max(len(each.divisions), 1),
    )


def _outline(request: HttpRequest, viewer: Viewer) -> Outline | None:
    """Read the strategy of an address; None where there is none at all."""
    code = request.GET.get("strategy", "")
    found = viewer.shelf.get(
        ("strategy outline", code),
        lambda: outline(viewer.municipality, code),
        lambda each: 2 * len(each.counts) if each else 0,
    )
    if found is None and code:
        said = _("There is no strategy “%(code)s”.")
        raise BadAddressError(said % {"code": code[:60]})
    return found


def _control(outline: Outline) -> list[Control]:
    """Return the choice of a strategy, where there are several."""
    if len(outline.all) < 2:
        return []
    choices = (
        Choice(each.code, _years(each), each.code == outline.strategy.code) for each in outline.all
    )
    return [Control("strategy", _("Strategy"), tuple(choices))]


def _years(strategy: Strategy) -> str:
    name = strategy.names.text(language())
    years = DASH.join(str(each) for each in (strategy.valid_from, strategy.valid_to) if each)
    return name if years in name or not years else f"{name} ({years})"
