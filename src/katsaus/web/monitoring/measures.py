"""The page of an adjustment measure, and its form for whoever may edit its unit's figures."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from katsaus.core.programmes import Measure
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.monitoring.adjustments import effect_lines
from katsaus.web.monitoring.decisions import decision_links
from katsaus.web.monitoring.links import Links, mark
from katsaus.web.monitoring.measure_forms import MeasureForm
from katsaus.web.planning import models
from katsaus.web.planning.queries import programmes as queries
from katsaus.web.planning.use_cases.measures import tell_measure

_UNREADABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.FIGURES)
def measure(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Show a measure, and keep what is told of it."""
    found = queries.measure(viewer.municipality, code)
    if found is None:
        raise Http404
    may_edit = bool(found.unit) and viewer.may(Right.EDIT, found.unit)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _told(request, viewer, found)
    return _show(request, viewer, found, _form(None, viewer, found) if may_edit else None)


def _form(data: Mapping[str, object] | None, viewer: Viewer, measure: Measure) -> MeasureForm:
    told = queries.years_of(viewer.municipality, measure.programme)
    return MeasureForm(data, measure, told or (localdate().year,))


def _told(request: HttpRequest, viewer: Viewer, measure: Measure) -> HttpResponse:
    form = _form(request.POST, viewer, measure)
    if not form.is_valid():
        return _show(request, viewer, measure, form)
    tell_measure(
        person=viewer.user,
        measure=get_object_or_404(
            models.Measure, municipality=viewer.municipality, code=measure.code
        ),
        state=form.told_state,
        note=form.cleaned_data["note"],
        effects=form.effects(),
    )
    messages.success(request, _("The measure was saved."))
    return redirect("measure", viewer.municipality.slug, measure.code)


def _show(
    request: HttpRequest, viewer: Viewer, measure: Measure, form: MeasureForm | None
) -> HttpResponse:
    links = Links(viewer)
    programme = ("programme", measure.programme)
    decisions = decision_links(viewer, measure.decisions)
    context = {
        "section": "strategy",
        "measure": measure,
        "mark": mark(measure.state),
        "programme": links.found([programme])[programme],
        "unit_name": links.unit(measure.unit),
        "row_name": links.row(measure.row),
        "statement": links.statement(measure.unit, measure.row) if measure.unit else "",
        "lines": effect_lines(measure),
        "decisions": list(decisions.values()),
        "form": form,
    }
    answer = page(request, viewer, "monitoring/measure.html", context)
    answer.status_code = _UNREADABLE if form and form.errors else 200
    return answer
