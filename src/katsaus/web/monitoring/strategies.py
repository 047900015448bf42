"""The page of a strategy: what it wants, and how far each division is with each goal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer


@require_safe
@door(Right.FIGURES)
def strategy(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show a strategy and its matrix of goals by divisions."""
    return page(request, viewer, "monitoring/strategy.html", {"section": "strategy"})
