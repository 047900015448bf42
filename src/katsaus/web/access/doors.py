"""The doors of pages: every address says who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from katsaus.web.access.not_sent import not_sent, written
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer, viewer
from katsaus.web.users.second_factor import remember_asking

P = ParamSpec("P")
# An answer may be a whole page or a file that is sent piece by piece.
PublicView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MunicipalView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase]

# Each view's door by its name: what the test of all addresses against all roles reads.
DOORS: dict[str, Right | None] = {}


def public(view: PublicView[P]) -> PublicView[P]:
    """Let anyone in: the view itself shows only what is public."""
    DOORS[_name(view)] = None
    return view


def door(right: Right) -> Callable[[MunicipalView[P]], PublicView[P]]:
    """Let in those who have the right anywhere in the municipality of the address.

    The view takes a Viewer after the request, and asks it again about units. Whoever is not
    signed in is sent to sign in, with what they had written to be copied; whoever has no role in
    the municipality is told that there is no such page, and whoever lacks the right that it is
    not theirs. Whoever lacks the second factor that the right asks for is led to take one in use.
    """

    def decorate(view: MunicipalView[P]) -> PublicView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                lost = request.method == "POST" and written(request)
                return not_sent(request) if lost else redirect_to_login(request.get_full_path())
            found = viewer(request.user, str(kwargs.pop("slug")))
            if found is None:
                raise Http404
            if not found.may(right):
                raise PermissionDenied
            if found.lacks_second_factor(right):
                remember_asking(request)
                return page(request, found, "access/second_factor.html", {}, status=403)
            return view(request, found, *args, **kwargs)

        DOORS[_name(view)] = right
        return cast(PublicView[P], guarded)

    return decorate


def right_of(view: Callable[..., object]) -> Right | None:
    """Return the right that a view's door asks for; None where anyone may come in."""
    return DOORS.get(_name(view))


def _name(view: Callable[..., object]) -> str:
    return f"{view.__module__}.{view.__qualname__}"
