"""A form on a page of administration: what was asked is done, or its faults are shown."""

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from katsaus.core.reorganization import RefusedError
from katsaus.web.access.pages import page
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.telling import ToldForm
from katsaus.web.administration.unit_words import tell

_UNREADABLE = 422  # a form with faults: not the answer that was asked for


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def is_done(
    request: HttpRequest,
    form: forms.Form,
    work: Callable[[], str],
    effects: Callable[[], Iterable[str]] = tuple,
) -> bool:
    """Do what a valid form asks and say so; the faults of another go to its fields.

    A ToldForm is done only when the person has been told the `effects`; what would be refused is
    refused before that.
    """
    if not form.is_bound or not form.is_valid():
        return False
    is_told = not isinstance(form, ToldForm) or form.is_told(effects())
    try:
        with transaction.atomic():
            said = work()
            transaction.set_rollback(not is_told)
    except RefusedError as error:
        if isinstance(form, ToldForm):
            form.effects = ()
        tell(form, error)
        return False
    if is_told:
        messages.success(request, said)
    return is_told


def form_page(
    request: HttpRequest, viewer: Viewer, template: str, context: dict[str, object]
) -> HttpResponse:
    """Draw a page with its `form`."""
    answer = page(request, viewer, template, {**context, "section": "administration"})
    form = context["form"]
    answer.status_code = _UNREADABLE if isinstance(form, forms.Form) and form.errors else 200
    return answer
