"""The pages of what is not there and of what is not the viewer's, with the bar of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer, viewer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return _refusal(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the viewer's roles do not give the page, and who gives roles."""
    return _refusal(request, "403.html", 403)


def _refusal(request: HttpRequest, template: str, status: int) -> HttpResponse:
    found = _viewer(request)
    if found is None:
        return render(request, template, status=status)
    context = {"gives_roles": found.may(Right.USERS)}
    return page(request, found, template, context, status=status)


def _viewer(request: HttpRequest) -> Viewer | None:
    """Return the person in the municipality of the address, whether there is such a page or not.

    None where they have no role in it, so that nobody learns which municipalities there are.
    """
    slug = request.path_info.removeprefix("/").partition("/")[0]
    return viewer(request.user, slug)
