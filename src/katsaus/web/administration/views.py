"""The front page of administration."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.sections import SECTIONS


@require_safe
@door(Right.AUDIT)
def administration(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the pages of administration that the viewer may open."""
    sections = [
        (name, word, purpose) for name, word, purpose, right in SECTIONS if viewer.may(right)
    ]
    context = {"sections": sections, "section": "administration"}
    return page(request, viewer, "administration/index.html", context)
