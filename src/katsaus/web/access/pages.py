"""Pages of a municipality: the bar at the top and the menu that the viewer's rights allow."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer

# The name of an address, its word in the menu, and the right that its door asks for.
MENU = (
    ("home", _("Home"), Right.FIGURES),
    ("statement", _("Finances"), Right.FIGURES),
    ("deviations", _("Deviations"), Right.FIGURES),
    ("strategy", _("Strategy"), Right.FIGURES),
    ("reports", _("Reports"), Right.FIGURES),
    ("imports", _("Imports"), Right.IMPORT),
    ("administration", _("Administration"), Right.AUDIT),
)


def first_page(viewer: Viewer) -> str:
    """Return the name of the first address in the menu that the viewer may go to."""
    return next(name for name, _word, right in MENU if viewer.may(right))


def page(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw a page of the viewer's municipality; `section` in the context is its menu entry."""
    menu = [(name, word) for name, word, right in MENU if viewer.may(right)]
    bar = {"viewer": viewer, "menu": menu, "can_search": viewer.may(Right.FIGURES)}
    return render(request, template, {**context, **bar}, status=status)
