"""Pages of units: the tree as a table, and adding, changing, moving, ending and merging."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.core.organization import Organization
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.asking import form_page, is_done, posted
from katsaus.web.administration.effects import of_change, of_end, of_merger, of_move
from katsaus.web.administration.figures_on_units import has_figures
from katsaus.web.administration.structure_forms import WantedForm
from katsaus.web.administration.unit_files import organization_csv
from katsaus.web.administration.unit_forms import EndForm, MergeForm, MoveForm, UnitForm
from katsaus.web.administration.unit_lines import Table
from katsaus.web.administration.units import unit_name
from katsaus.web.languages import language
from katsaus.web.organization import queries, restructuring
from katsaus.web.organization.models import Hierarchy, Unit


@require_safe
@door(Right.ORGANIZATION)
def units(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the units of a hierarchy as of a year, opened level by level, or those of a search."""
    found = list(queries.hierarchies(viewer.municipality))
    names = [each.name for each in found]
    form = WantedForm(request.GET, names)
    context: dict[str, object] = {"form": form, "section": "administration"}
    if not found:
        return page(request, viewer, "administration/units.html", context)
    wanted = form.cleaned_data if form.is_valid() else {}
    year = wanted.get("year") or localdate().year
    name = wanted.get("hierarchy") or _in_force(viewer, year).name
    table = _table(request, viewer, name, year)
    text = wanted.get("q", "")
    context |= {
        "lines": table.found(text) if text else table.lines(),
        "names": names,
        "hierarchy": name,
        "year": year,
        "text": text,
        "count": len(table.keys),
    }
    return page(request, viewer, "administration/units.html", context)


def _in_force(viewer: Viewer, year: int) -> Hierarchy:
    return queries.in_force(viewer.municipality, date(year, 12, 31))[0]


def _table(request: HttpRequest, viewer: Viewer, name: str, year: int) -> Table:
    owner = viewer.municipality
    tree = queries.organization(owner, name)
    opened = request.GET.get("open")
    codes = {tree.root.code} if opened is None else set(opened.split(","))
    return Table(
        tree,
        dict(owner.units.values_list("code", "id")),
        {each: body.names for each, body in queries.bodies(owner).items()},
        queries.successors(owner),
        year,
        frozenset(filter(None, codes)),
        {"hierarchy": name, "year": str(year)},
    )


@require_safe
@door(Right.ORGANIZATION)
def units_csv(_request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the whole organisation as a file of the form that is brought in."""
    slug = viewer.municipality.slug
    headers = {"Content-Disposition": f'attachment; filename="{slug}-yksikot.csv"'}
    content = organization_csv(viewer.municipality)
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add a unit."""
    owner = viewer.municipality
    tree = queries.organization(owner, on=date.max) if owner.units.exists() else None
    form = UnitForm(posted(request), tree, queries.bodies(owner))

    shown = {"hierarchy": request.GET.get("hierarchy", "")}

    def work() -> str:
        added = restructuring.add_unit(municipality=owner, unit=form.unit(), person=viewer.user)
        above = queries.organization(owner, on=date.max).above(added.code)
        shown["open"] = ",".join(each.code for each in above)
        return _("%s was added.") % unit_name(added)

    return _answer(request, viewer, form, work, {"title": _("A new unit"), "act": _("Add")}, shown)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Change what is told of a unit."""
    found = _unit(viewer, pk)
    tree = queries.organization(viewer.municipality, on=date.max)
    old = tree.unit(found.code)
    is_fixed = has_figures(viewer.municipality, found.code)
    bodies = queries.bodies(viewer.municipality)
    form = UnitForm(posted(request), tree, bodies, old, is_code_fixed=is_fixed)

    def work() -> str:
        restructuring.change_unit(
            unit=found, told=form.unit(), is_code_fixed=is_fixed, person=viewer.user
        )
        return _("%s was changed.") % unit_name(found)

    context = {
        "unit": found,
        "is_root": old.parent is None,
        "can_remove": not is_fixed,
        "act": _("Keep the changes"),
    }

    def effects() -> Iterable[str]:
        return of_change(found, form.unit())

    about = _about(tree, found) | context
    return _answer(request, viewer, form, work, about, effects=effects)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit_remove(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Ask whether a unit that nothing stands on is to be removed, and remove it."""
    found = _unit(viewer, pk)
    tree = queries.organization(viewer.municipality, on=date.max)
    form = forms.Form(posted(request))

    def work() -> str:
        is_used = has_figures(viewer.municipality, found.code)
        restructuring.remove_unit(unit=found, is_used=is_used, person=viewer.user)
        return _("%s was removed.") % unit_name(found)

    title = _("Remove %s?") % unit_name(found)
    lead = _("A unit that was added by mistake is removed for good. It has no figures.")
    cancel = reverse("unit", args=(viewer.municipality.slug, pk))
    context = {
        "title": title,
        "unit": found,
        "is_part": True,
        "act": _("Remove"),
        "lead": lead,
        "cancel_url": cancel,
    }
    return _answer(request, viewer, form, work, _about(tree, found) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit_move(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Put a unit under another, from a year or in a hierarchy as a whole."""
    found = _unit(viewer, pk)
    shown = {"hierarchy": request.GET.get("hierarchy", "")}
    asked = viewer.municipality.hierarchies.filter(name=shown["hierarchy"]).first()
    hierarchy = asked or queries.in_force(viewer.municipality, date.max)[0]
    tree = queries.organization(viewer.municipality, hierarchy.name)
    form = MoveForm(posted(request), tree, tree.unit(found.code), hierarchy.name)

    def work() -> str:
        done_in = restructuring.move_unit(
            unit=found,
            parent=form.cleaned_data["parent"],
            year=form.cleaned_data["year"],
            hierarchy=hierarchy,
            person=viewer.user,
        )
        shown["hierarchy"] = done_in.name
        said = {"unit": unit_name(found), "hierarchy": done_in.name}
        return _("%(unit)s was moved in the hierarchy “%(hierarchy)s”.") % said

    def effects() -> Iterable[str]:
        return of_move(viewer.municipality, form.cleaned_data["year"], hierarchy)

    title = _("Move %s") % unit_name(found)
    context = {"title": title, "unit": found, "is_part": True, "act": _("Move")}
    return _answer(request, viewer, form, work, _about(tree, found) | context, shown, effects)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit_end(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """End a unit, and say who goes on with its work."""
    found = _unit(viewer, pk)
    tree = queries.organization(viewer.municipality, on=date.max)
    after = queries.successors(viewer.municipality).get(found.code, [])
    form = EndForm(posted(request), tree, tree.unit(found.code), after)

    def work() -> str:
        codes = form.cleaned_data["successors"]
        restructuring.end_unit(
            unit=found,
            last_year=form.cleaned_data["valid_to"],
            successors=list(viewer.municipality.units.filter(code__in=codes)),
            person=viewer.user,
        )
        said = {"unit": unit_name(found), "year": found.valid_to}
        return _("%(unit)s ends with the year %(year)s.") % said

    def effects() -> Iterable[str]:
        return of_end(found, form.cleaned_data["valid_to"])

    title = _("End %s") % unit_name(found)
    context = {"title": title, "unit": found, "is_part": True, "act": _("End")}
    return _answer(request, viewer, form, work, _about(tree, found) | context, effects=effects)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def unit_merge(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Have a unit and others go into one, new or there already, from a year on."""
    found = _unit(viewer, pk)
    tree = queries.organization(viewer.municipality, on=date.max)
    form = MergeForm(posted(request), tree, tree.unit(found.code), localdate().year + 1)

    def work() -> str:
        merger = form.merger()
        into = restructuring.merge_units(
            municipality=viewer.municipality, merger=merger, person=viewer.user
        )
        said = {"unit": unit_name(into), "year": merger.year}
        return _("The units go on as %(unit)s from the year %(year)s.") % said

    def effects() -> Iterable[str]:
        return of_merger(viewer.municipality, form.merger())

    title = _("Merge %s with others") % unit_name(found)
    context = {"title": title, "unit": found, "is_part": True, "act": _("Merge")}
    return _answer(request, viewer, form, work, _about(tree, found) | context, effects=effects)


def _unit(viewer: Viewer, pk: int) -> Unit:
    return get_object_or_404(
        Unit.objects.select_related("municipality"), pk=pk, municipality=viewer.municipality
    )


def _about(tree: Organization, found: Unit) -> dict[str, object]:
    """Return the units above one, from the root down, by number and name, and its own as title."""
    above = [(each.code, each.names.text(language())) for each in tree.above(found.code)][::-1]
    numbers = dict(found.municipality.units.values_list("code", "id"))
    return {"above": [(numbers[code], name) for code, name in above], "title": unit_name(found)}


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    form: forms.Form,
    work: Callable[[], str],
    context: Mapping[str, object],
    shown: Mapping[str, str] | None = None,
    effects: Callable[[], Iterable[str]] = tuple,
) -> HttpResponse:
    """Show a form; do what a valid one asks and say so, or show its faults at their fields.

    The `effects` of what is asked are told first. `shown` are the parameters of the page of units,
    which one came from and goes back to.
    """
    shown = shown or {"hierarchy": request.GET.get("hierarchy", "")}
    before = dict(shown)
    if is_done(request, form, work, effects):
        address = reverse("units", args=[viewer.municipality.slug])
        return redirect(f"{address}?{urlencode(shown)}")
    context = {**context, "form": form, "shown": before}
    return form_page(request, viewer, "administration/unit.html", context)
