"""The pages of what is not there and of what is not the viewer's, with the bar of their own.

What was written in a form is shown, as a role may be taken while it is open.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katsaus.web.access.doors import right_of
from katsaus.web.access.not_sent import written
from katsaus.web.access.pages import MENU, page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer, viewer

# The lists of what can be removed, beside the pages of the menu, by the names of their addresses.
_LISTS = {
    **{name: word for name, word, _right in MENU if name != "home"},
    "units": _("Units"),
    "hierarchies": _("Hierarchies"),
    "bodies": _("Governing bodies"),
    "accounts": _("Accounts"),
    "people": _("People"),
}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, what may have happened, and where to go from it."""
    return _refusal(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the viewer's roles do not give the page, and who gives roles."""
    return _refusal(request, "403.html", 403)


def _refusal(request: HttpRequest, template: str, status: int) -> HttpResponse:
    texts = written(request)
    found = _viewer(request)
    if found is None:
        return _kept_nowhere(render(request, template, {"texts": texts}, status=status))
    context = {
        "texts": texts,
        "gives_roles": found.may(Right.USERS),
        "sees_audit": found.may(Right.AUDIT),
        "above": _list_above(request.path_info, found),
    }
    return _kept_nowhere(page(request, found, template, context, status=status))


def _kept_nowhere(answer: HttpResponse) -> HttpResponse:
    """Have no browser keep a page that may show what somebody wrote."""
    answer["Cache-Control"] = "no-store"
    return answer


def _list_above(path: str, viewer: Viewer) -> tuple[Promise, str] | None:
    """Return the word and the address of the nearest list above, where the viewer may see it."""
    while len(path) > 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            match = resolve(path)
        except Resolver404:
            continue
        word, right = _LISTS.get(match.url_name or ""), right_of(match.func)
        if word and right and viewer.may(right):
            return word, path
    return None


def _viewer(request: HttpRequest) -> Viewer | None:
    """Return the person in the municipality of the address, whether there is such a page or not.

    None where they have no role in it, so that nobody learns which municipalities there are.
    """
    slug = request.path_info.removeprefix("/").partition("/")[0]
    return viewer(request.user, slug)
