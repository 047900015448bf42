"""The pages of a strategy: how far each division is with each goal, and the map of it all."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katsaus.core.periods import Period
from katsaus.core.strategies import Strategy, in_force
from katsaus.core.strategy_maps import StrategyMap
from katsaus.rendering.strategy_map import strategy_map_pdf
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.audit.shelves import BYTES_OF_AMOUNT
from katsaus.web.finance.controls import Choice, Control
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.finance.numbers import day
from katsaus.web.finance.queries import kept_periods
from katsaus.web.languages import language
from katsaus.web.monitoring.maps import strategy_map
from katsaus.web.monitoring.matrices import MatrixSheet, matrix_sheet
from katsaus.web.monitoring.refusals import refusing
from katsaus.web.monitoring.rounds import Rounds, kept_strategies
from katsaus.web.planning.queries.matrices import frame, matrix
from katsaus.web.planning.queries.outlines import counts, indicator_counts, outline
from katsaus.web.planning.strategy_words import years


@require_safe
@door(Right.FIGURES)
@refusing
def strategy(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a strategy and its matrix of goals by divisions at a period."""
    chosen = _asked(request, viewer) or in_force(kept_strategies(viewer), localdate().year)
    if chosen is None:
        return page(request, viewer, "monitoring/empty.html", {"section": "strategy"})
    if request.GET.get("strategy"):
        rounds = Rounds.of_strategy(viewer, request.GET, chosen)
    else:
        rounds = Rounds.of(viewer, request.GET, chosen)
        chosen = in_force(kept_strategies(viewer), rounds.chosen.year) or chosen
    found = _outline(viewer, chosen)
    context = {
        "section": "strategy",
        "strategy": found,
        "name": found.names.text(language()),
        "day": day(rounds.chosen.ends_on),
        "sheet": _sheet(viewer, rounds.chosen, found),
        "controls": _control(viewer, chosen),
    }
    period = rounds.choice(kept_periods(viewer.municipality, viewer.shelf))
    return page(request, viewer, "monitoring/strategy.html", context, period=period)


@require_safe
@door(Right.FIGURES)
@refusing
def strategy_map_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a strategy on one page: what it is for, its themes and goals."""
    chosen = _asked(request, viewer) or in_force(kept_strategies(viewer), localdate().year)
    if chosen is None:
        return page(request, viewer, "monitoring/empty.html", {"section": "strategy"})
    context = {
        "section": "strategy",
        "code": chosen.code,
        "map": _map(viewer, chosen),
        "controls": _control(viewer, chosen),
    }
    return page(request, viewer, "monitoring/map.html", context)


@require_safe
@door(Right.FIGURES)
@refusing
def strategy_map_file(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the map of a strategy as PDF."""
    chosen = _asked(request, viewer) or in_force(kept_strategies(viewer), localdate().year)
    if chosen is None:
        raise BadAddressError(_("There is no strategy yet."))
    name = f"{viewer.municipality.slug}-{chosen.code}.pdf"
    content = strategy_map_pdf(_map(viewer, chosen))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _sheet(viewer: Viewer, period: Period, strategy: Strategy) -> MatrixSheet:
    """Return the matrix of a strategy, drawn anew when something has been told."""
    return viewer.shelf.get(
        ("strategy matrix", period, strategy.code, language()),
        lambda: _drawn(viewer, period, strategy),
        lambda each: sum(len(group.lines) for group in each.groups) // BYTES_OF_AMOUNT,
    )


def _drawn(viewer: Viewer, period: Period, strategy: Strategy) -> MatrixSheet:
    owner, day_of = viewer.municipality, period.ends_on
    found = viewer.shelf.strategy.get(
        ("frame of a matrix", day_of, strategy.code),
        lambda: frame(owner, day_of, strategy),
        lambda each: 2 * len(each.goals),
    )
    answers = matrix(found, period)
    has_divisions = any(answers.divisions)
    indicators = {} if has_divisions else indicator_counts(viewer.municipality, strategy.code)
    return matrix_sheet(viewer, strategy, answers, indicators, period)


def _map(viewer: Viewer, chosen: Strategy) -> StrategyMap:
    found = _outline(viewer, chosen)
    return strategy_map(viewer.municipality, found, counts(viewer.municipality, chosen.code))


def _asked(request: HttpRequest, viewer: Viewer) -> Strategy | None:
    """Return the strategy that an address names; None where it names none."""
    code = request.GET.get("strategy", "")
    if not code:
        return None
    for each in kept_strategies(viewer):
        if each.code == code:
            return each
    raise BadAddressError(_("There is no strategy “%(code)s”.") % {"code": code[:60]})


def _outline(viewer: Viewer, strategy: Strategy) -> Strategy:
    """Return a strategy with its themes and goals, read anew when something has changed."""
    return viewer.shelf.strategy.get(
        ("strategy outline", strategy.code),
        lambda: outline(viewer.municipality, strategy),
        lambda each: 2 * sum(len(theme.goals) for theme in each.themes),
    )


def _control(viewer: Viewer, chosen: Strategy) -> list[Control]:
    """Return the choice of a strategy, where there are several."""
    known = kept_strategies(viewer)
    if len(known) < 2:
        return []
    choices = (Choice(each.code, _years(each), each.code == chosen.code) for each in known)
    return [Control("strategy", _("Strategy"), tuple(choices))]


def _years(strategy: Strategy) -> str:
    name = strategy.names.text(language())
    span = years(strategy.valid_from, strategy.valid_to)
    return name if span in name or not span else f"{name} ({span})"
