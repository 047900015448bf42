"""The page of limits: when a deviation is told of."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from katsaus.definitions.thresholds import thresholds
from katsaus.web.access.doors import door
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.asking import form_page, is_done, posted
from katsaus.web.administration.limit_forms import LimitsForm
from katsaus.web.planning.queries.limits import limits as known_limits
from katsaus.web.planning.use_cases.limits import keep_limits


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.IMPORT)
def limits(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the limits of deviations and change them, or take the usual ones back."""
    known, usual = known_limits(viewer.municipality), thresholds()
    takes_usual = request.POST.get("action") == "usual"
    form = LimitsForm(None if takes_usual else posted(request), known)

    def work() -> str:
        given = usual if takes_usual else form.limits()
        keep_limits(municipality=viewer.municipality, given=given, person=viewer.user)
        return _("The limits were kept.")

    if takes_usual:
        messages.success(request, work())
    if takes_usual or is_done(request, form, work):
        return redirect("limits", viewer.municipality.slug)
    context = {"form": form, "is_usual": known == usual}
    return form_page(request, viewer, "administration/limits.html", context)
