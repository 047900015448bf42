"""The pages of an indicator, of giving its values, and of the performance figures of units."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.core.indicators import Value, ValueScenario
from katsaus.core.periods import Period
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.finance.numbers import day
from katsaus.web.languages import language
from katsaus.web.monitoring import performances
from katsaus.web.monitoring.computing import Computing, with_computed
from katsaus.web.monitoring.goal_sheets import may_answer
from katsaus.web.monitoring.indicator_sheets import Values, facts, untold
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.readings import entry_text, latest, verdict
from katsaus.web.monitoring.refusals import refusing
from katsaus.web.monitoring.rounds import Rounds
from katsaus.web.monitoring.units import Units
from katsaus.web.monitoring.value_forms import ValueForm
from katsaus.web.planning.exchange.cells import decimal_text, period_text
from katsaus.web.planning.queries import indicators as queries
from katsaus.web.planning.queries.indicators import IndicatorView
from katsaus.web.planning.queries.inputs import inputs
from katsaus.web.planning.queries.standings import Standing, standings
from katsaus.web.planning.use_cases.answers import give_value


@require_safe
@door(Right.FIGURES)
@refusing
def indicator(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Show an indicator: how it stands to its target, its values, what it means, where it is."""
    view = _view(viewer, code)
    rounds = Rounds.of(viewer, request.GET)
    where = standings(viewer.municipality, code)
    found = inputs(viewer.municipality, [view.indicator])
    computing = Computing(LedgerRows.of(viewer), view.indicator, view.entries, found)
    lines = computing.lines(rounds.chosen)
    entries = (*view.entries, *computing.entries_of(lines))
    values = Values(view.indicator, entries, Units.of(viewer, rounds.chosen), rounds.chosen)
    told = latest(entries, rounds.chosen)
    context = {
        "section": "strategy",
        "view": view,
        "name": view.indicator.names.text(language()),
        "now": [entry_text(view.indicator, each) for each in told],
        "now_of": told[0].period.months if told else "",
        "verdict": verdict(view.indicator, entries, rounds.chosen),
        "table": values.table(),
        "chart": mark_safe(values.chart()),  # noqa: S308 - it escapes
        "parts": list(values.parts(found)),
        "computed": lines,
        "facts": facts(view.indicator, computing.formula),
        "untold": untold(view.indicator),
        "standings": [(each, each.names.text(language())) for each in where],
        "may_give": bool(_units(viewer, where, rounds.chosen)),
        "period": rounds.chosen,
        "day": day(rounds.chosen.ends_on),
    }
    return page(request, viewer, "monitoring/indicator.html", context, period=rounds.choice())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ANSWER)
@refusing
def indicator_value(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Ask for a value of an indicator, and keep it."""
    view = _view(viewer, code)
    rounds = Rounds.of(viewer, request.GET)
    units = _units(viewer, standings(viewer.municipality, code), rounds.chosen)
    if not units:
        raise PermissionDenied
    form = ValueForm(
        request.POST if request.method == "POST" else None,
        _initial(view, rounds.chosen, units),
        view.indicator,
        units,
    )
    if form.is_valid():
        give_value(municipality=viewer.municipality, person=viewer.user, entry=form.entry)
        messages.success(request, _("The value has been kept."))
        back = reverse("indicator", args=(viewer.municipality.slug, code))
        return redirect(f"{back}?period={rounds.chosen.code}")
    context = {
        "section": "strategy",
        "view": view,
        "name": view.indicator.names.text(language()),
        "form": form,
        "places": sorted({each.place for each in view.entries if each.place}),
    }
    response = page(request, viewer, "monitoring/value.html", context)
    response.status_code = 422 if form.errors else 200
    return response


def _view(viewer: Viewer, code: str) -> IndicatorView:
    found = queries.indicator(viewer.municipality, code)
    if found is None:
        raise Http404
    return found


def _units(viewer: Viewer, where: Iterable[Standing], period: Period) -> list[tuple[str, str]]:
    """Return the units that the person may give values of, "" for all of them together."""
    names = Units.of(viewer, period)
    asked = dict.fromkeys(unit for each in where for unit in each.units)
    own = [unit for unit in asked if may_answer(viewer, unit)]
    choices = [(unit, names.name(unit)) for unit in own]
    if may_answer(viewer, "") or (own and len(own) == len(asked)):
        choices.insert(0, ("", _("all together")))
    return choices


def _initial(
    view: IndicatorView, period: Period, units: list[tuple[str, str]]
) -> dict[str, object]:
    """Begin with the actual of the period, of the unit that the last one was of, as it is told."""
    known = {code for code, _name in units}
    last = next((each for each in view.entries[::-1] if each.unit in known), None)
    scenario = ValueScenario.TARGET if view.indicator.computed else ValueScenario.ACTUAL
    unit = last.unit if last else units[0][0]
    told = (
        each.value
        for each in view.entries
        if (each.scenario, each.period, each.unit, each.place) == (scenario, period, unit, "")
    )
    return {
        "scenario": scenario.value,
        "period": period_text(period.year, period.month),
        "unit": unit,
        **_told(next(told, Value())),
    }


def _told(value: Value) -> dict[str, object]:
    """Return the fields that a value fills: what is given again is not to lose a part of it."""
    numbers = {"value": value.number, "of": value.of, "low": value.low, "high": value.high}
    mark = "." if language() == "en" else ","
    found: dict[str, object] = {
        name: decimal_text(number).replace(".", mark)
        for name, number in numbers.items()
        if number is not None
    }
    return {**found, "text": value.text, "on": value.on}


@require_safe
@door(Right.FIGURES)
@refusing
def performance_figures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the performance figures of a unit in groups."""
    rounds = Rounds.of(viewer, request.GET)
    ledger, columns = LedgerRows.of(viewer), queries.actual_periods(rounds.chosen)
    found = queries.performances(
        viewer.municipality,
        rounds.chosen,
        completed=lambda placed: with_computed(ledger, placed, *columns),
    )
    units = sorted(found)
    asked = request.GET.get("unit", "") or next(iter(units), "")
    if asked and asked not in found:
        said = _("The unit “%(unit)s” has no performance figures. Choose one from the list.")
        raise BadAddressError(said % {"unit": asked[:60]})
    names, slug = Units.of(viewer, rounds.chosen), viewer.municipality.slug
    context = {
        "section": "strategy",
        "unit_name": names.name(asked) if asked else "",
        "new": urlencode({"to": "unit", "code": asked}),
        "months": rounds.chosen.months,
        "heads": performances.heads(rounds.chosen),
        "groups": list(performances.groups(slug, found.get(asked, ()), rounds.chosen)),
        "controls": [performances.unit_control(names, units, asked)],
    }
    return page(request, viewer, "monitoring/performance.html", context, period=rounds.choice())
