"""Pages of what units stand in and answer to: hierarchies and governing bodies."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from katsaus.core.organization import BodyKind
from katsaus.web.access.doors import door
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.asking import form_page, is_done, posted
from katsaus.web.administration.structure_forms import BodyForm, CopyForm, HierarchyForm
from katsaus.web.languages import language
from katsaus.web.organization import queries
from katsaus.web.organization.bodies import keep_body
from katsaus.web.organization.hierarchies import change_hierarchy, copy_hierarchy
from katsaus.web.organization.models import GoverningBody, Hierarchy
from katsaus.web.organization.words import BODY_KINDS
from katsaus.web.reports.queries import report_template

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def hierarchies(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the hierarchies, and make a new one as a copy."""
    found = list(queries.hierarchies(viewer.municipality))
    form = CopyForm(posted(request), found)

    def work() -> str:
        said = form.cleaned_data
        source = next(each for each in found if str(each.pk) == said["source"])
        made = copy_hierarchy(
            hierarchy=source,
            name=said["name"],
            valid_from=said["valid_from"],
            person=viewer.user,
        )
        return _("The hierarchy “%s” was made. Units can be moved in it now.") % made.name

    if is_done(request, form, work):
        return redirect("hierarchies", viewer.municipality.slug)
    in_force = queries.in_force(viewer.municipality).first()
    context = {"found": found, "form": form, "in_force": in_force}
    return form_page(request, viewer, "administration/hierarchies.html", context)


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def hierarchy(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Change a hierarchy's name or date."""
    found = get_object_or_404(
        Hierarchy.objects.select_related("municipality"), pk=pk, municipality=viewer.municipality
    )
    name = found.name
    form = HierarchyForm(posted(request), found)
    is_named = report_template(viewer.municipality).hierarchy == name

    def work() -> str:
        said = form.cleaned_data
        change_hierarchy(
            hierarchy=found, name=said["name"], valid_from=said["valid_from"], person=viewer.user
        )
        return _("The hierarchy “%s” was changed.") % found.name

    if form.is_bound and form.is_valid() and is_named and form.cleaned_data["name"] != name:
        form.add_error("name", _("The layout of the report names it, so the name stays."))
    if is_done(request, form, work):
        return redirect("hierarchies", viewer.municipality.slug)
    is_only = viewer.municipality.hierarchies.count() == 1
    remove = reverse("hierarchy_remove", args=(viewer.municipality.slug, pk))
    return _part(request, viewer, form, "hierarchies", name, "" if is_only else remove)


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def bodies(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the governing bodies with their own units, and add one."""
    form = BodyForm(posted(request))
    work = _keeping(viewer, form, None)
    if is_done(request, form, work):
        return redirect("bodies", viewer.municipality.slug)
    units: dict[str, list[str]] = {}
    for unit in viewer.organization if viewer.municipality.units.exists() else ():
        if unit.governing_body:
            units.setdefault(unit.governing_body, []).append(unit.names.text(language()))
    found = [
        (body, body.names.text(language()), BODY_KINDS[BodyKind(body.kind)], units.get(name, []))
        for name, body in queries.bodies(viewer.municipality).items()
    ]
    context = {"found": found, "form": form}
    return form_page(request, viewer, "administration/bodies.html", context)


@require_http_methods(_METHODS)
@door(Right.ORGANIZATION)
def body(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Change a governing body."""
    found = get_object_or_404(GoverningBody, pk=pk, municipality=viewer.municipality)
    name = found.names.text(language())
    form = BodyForm(posted(request), found)
    if is_done(request, form, _keeping(viewer, form, found)):
        return redirect("bodies", viewer.municipality.slug)
    is_used = found.unit_set.exists()
    remove = reverse("body_remove", args=(viewer.municipality.slug, pk))
    return _part(request, viewer, form, "bodies", name, "" if is_used else remove)


def _keeping(viewer: Viewer, form: BodyForm, found: GoverningBody | None) -> Callable[[], str]:
    def work() -> str:
        kept = keep_body(
            municipality=viewer.municipality,
            kind=BodyKind(form.cleaned_data["kind"]),
            names=form.names(),
            body=found,
            person=viewer.user,
        )
        return _("%s was kept.") % kept.names.text(language())

    return work


def _part(
    request: HttpRequest, viewer: Viewer, form: Form, parent: str, name: str, remove_url: str
) -> HttpResponse:
    """Draw the page of a hierarchy or a body; `remove_url` is empty where it cannot be removed."""
    act = _("Keep the changes")
    context = {"form": form, "title": name, "parent": parent, "act": act, "remove_url": remove_url}
    return form_page(request, viewer, "administration/part.html", context)
