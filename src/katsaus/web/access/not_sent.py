"""A form that did not go through: what the person had written is shown, so that it is not lost."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Shorter ones are codes and choices, which the form has anyway.
SHORTEST = 12
_MARKS = ("csrfmiddlewaretoken", "seen", "told", "next")  # what forms say of themselves


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that nothing was saved, show what was written, and lead back to the form.

    Django asks for this page too, with its reason, where a form's token is no longer of the
    session (CSRF_FAILURE_VIEW).
    """
    context = {"texts": written(request), "back": _page_before(request)}
    response = render(request, "access/not_sent.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response


def written(request: HttpRequest) -> list[str]:
    """Return the texts that the form had; a sent file is not read, a password is not shown."""
    if request.content_type != "application/x-www-form-urlencoded":
        return []
    return list(_texts(request))


def _texts(request: HttpRequest) -> Iterator[str]:
    for name, values in request.POST.lists():
        if name not in _MARKS and "password" not in name:
            yield from (value for value in values if len(value.strip()) >= SHORTEST)


def _page_before(request: HttpRequest) -> str:
    """Return the address of the form, or the front page where the browser does not tell it."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("front")
