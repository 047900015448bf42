"""Pages that ask before a hierarchy, a governing body or an own account is removed."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from katsaus.web.access.doors import door
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.asking import form_page, is_done, posted
from katsaus.web.administration.figures_on_accounts import is_used
from katsaus.web.languages import language
from katsaus.web.organization.models import Account, GoverningBody, Hierarchy
from katsaus.web.organization.removing import remove_account, remove_body, remove_hierarchy
from katsaus.web.reports.queries import report_template

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def hierarchy_remove(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Ask whether a hierarchy is to be removed, and remove it."""
    found = get_object_or_404(Hierarchy, pk=pk, municipality=viewer.municipality)
    is_named = report_template(viewer.municipality).hierarchy == found.name

    def work() -> None:
        remove_hierarchy(hierarchy=found, is_named=is_named, person=viewer.user)

    lead = _(
        "What is told in it is told in another hierarchy from then on. Units and figures stay; "
        "the places that units were moved to in it are lost."
    )
    return _answer(request, viewer, "hierarchies", found.name, lead, work)


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def body_remove(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Ask whether a governing body is to be removed, and remove it."""
    found = get_object_or_404(GoverningBody, pk=pk, municipality=viewer.municipality)

    def work() -> None:
        remove_body(body=found, person=viewer.user)

    lead = _("A body that no unit answers to is removed for good.")
    return _answer(request, viewer, "bodies", found.names.text(language()), lead, work)


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def account_remove(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Ask whether an own account is to be removed, and remove it."""
    found = get_object_or_404(Account, pk=pk, municipality=viewer.municipality)

    def work() -> None:
        used = is_used(viewer.municipality, found.number)
        remove_account(account=found, is_used=used, person=viewer.user)

    name = f"{found.number} {found.names.text(language())}"
    lead = _("An own account that nothing stands on is removed for good.")
    return _answer(request, viewer, "accounts", name, lead, work)


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    parent: str,
    name: str,
    lead: str,
    work: Callable[[], None],
) -> HttpResponse:
    def removed() -> str:
        work()
        return _("%s was removed.") % name

    form = forms.Form(posted(request))
    if is_done(request, form, removed):
        return redirect(parent, viewer.municipality.slug)
    context = {
        "form": form,
        "title": _("Remove %s?") % name,
        "parent": parent,
        "lead": lead,
        "act": _("Remove"),
        "cancel_url": reverse(parent, args=(viewer.municipality.slug,)),
    }
    return form_page(request, viewer, "administration/part.html", context)
