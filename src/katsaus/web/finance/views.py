"""Pages of figures: the front page, statements, what a figure is made of, deviations, search."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.core.organization import OrgUnit
from katsaus.definitions import load
from katsaus.rendering import months as month_chart
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.publications import is_published
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import exports, figures, findings, forms, queries
from katsaus.web.finance.controls import columns, controls, period_choice
from katsaus.web.finance.footnotes import NoteForm
from katsaus.web.finance.forms import BadAddressError, Known
from katsaus.web.finance.fronts import front
from katsaus.web.finance.monthly import monthly
from katsaus.web.finance.numbers import formats, percent
from katsaus.web.finance.outlooks import outlook
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.finance.searches import Search
from katsaus.web.finance.sheets import sheet
from katsaus.web.finance.workbooks import statement_workbook
from katsaus.web.imports import beginnings
from katsaus.web.languages import language
from katsaus.web.organization.queries import NoUnitsError, unit_id
from katsaus.web.planning.use_cases import give_note

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KnowingView = Callable[[HttpRequest, Viewer, Known], HttpResponseBase]


def answering(view: KnowingView) -> Callable[[HttpRequest, Viewer], HttpResponseBase]:
    """Give a view what there is to ask for, once there are figures; see knowing."""

    @wraps(view)
    def answer(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponseBase:
        if not known.periods:
            return page(request, viewer, "finance/empty.html", {})
        return view(request, viewer, known)

    return knowing(answer)


def knowing(view: KnowingView) -> Callable[[HttpRequest, Viewer], HttpResponseBase]:
    """Give a view the units and the periods; say so where an address asks for something else."""

    @wraps(view)
    def answer(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
        try:
            tree = viewer.organization
        except NoUnitsError:
            return page(request, viewer, "finance/empty.html", {})
        periods = queries.kept_periods(viewer.municipality, viewer.shelf)
        try:
            return view(request, viewer, Known(tree, load.scheme(SCHEME), periods))
        except BadAddressError as fault:
            response = page(request, viewer, "finance/refused.html", {"fault": str(fault)})
            response.status_code = 400
            return response

    return answer


@require_safe
@door(Right.FIGURES)
@answering
def statement(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Show a row by units, or the rows of a unit."""
    view = forms.view(request.GET, known)
    books = Books(viewer.municipality, view.period, view.items, viewer.shelf)
    row = view.row or forms.FIRST_ROW
    table, by_month = sheet(books, view), monthly(books, view, row)
    context = {
        "section": "statement",
        "view": view,
        "path": _path(view, known),
        "unit_name": known.organization.unit(view.unit).names.text(language()),
        "unit_page": _unit_page(viewer, view.unit),
        "finding": findings.of_row(table.statement, books.gaps, view.unit, row, view.period),
        "lacking": findings.lacking_in(books, view.unit, row),
        "row_name": known.scheme.row(row).names.text(language()),
        "months": view.period.months,
        "share": percent(view.period.straight_line_share),
        "controls": controls(view, known),
        "columns": columns(view),
        "sheet": table,
        "by_month": by_month,
        "chart": mark_safe(month_chart.chart(by_month, formats())),  # noqa: S308 - it escapes
    }
    at = period_choice(view.period, known.periods)
    return page(request, viewer, "finance/statement.html", context, period=at)


def _unit_page(viewer: Viewer, code: str) -> str:
    """Return where the unit itself is changed; empty for those who may not."""
    if not viewer.may(Right.ORGANIZATION):
        return ""
    return reverse("unit", args=(viewer.municipality.slug, unit_id(viewer.municipality, code)))


@require_safe
@door(Right.FIGURES)
@answering
def statement_xlsx(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Send the table that the statement's page shows at the same address as a workbook."""
    view = forms.view(request.GET, known)
    books = Books(viewer.municipality, view.period, view.items, viewer.shelf)
    content = statement_workbook(books, view, sheet(books, view))
    name = f"{viewer.municipality.slug}-{view.period.code}-{view.unit}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def _path(view: forms.View, known: Known) -> list[tuple[str, str]]:
    """Return the units above the view's unit, with the addresses that look at them."""
    above: list[OrgUnit] = []
    parent = known.organization.unit(view.unit).parent
    while parent is not None:
        above.insert(0, known.organization.unit(parent))
        parent = above[0].parent
    return [
        (unit.names.text(language()), replace(view, unit=unit.code, open=frozenset()).query)
        for unit in above
    ]


@require_safe
@door(Right.FIGURES)
@answering
def figure(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Show what a figure is made of, as far as the viewer may see it."""
    found = figures.figure(request.GET, viewer, known)
    return _figure_page(request, viewer, known, found, NoteForm(initial={"text": found.note}))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.EDIT)
@answering
def figure_note(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Give a figure a note, change it, or take it away."""
    found = figures.figure(request.GET, viewer, known)
    if not found.may_note:
        raise PermissionDenied
    form = NoteForm(request.POST or None, initial={"text": found.note})
    if request.method == "POST" and form.is_valid():
        give_note(
            municipality=viewer.municipality,
            period=found.books.period,
            items=found.books.items,
            key=found.key,
            text=form.cleaned_data["text"],
            person=viewer.user,
        )
        return redirect(reverse("figure", args=[viewer.municipality.slug]) + found.query)
    response = _figure_page(request, viewer, known, found, form)
    response.status_code = 422 if form.is_bound else 200  # faults: not the answer asked for
    return response


def _figure_page(
    request: HttpRequest, viewer: Viewer, known: Known, found: figures.Figure, form: NoteForm
) -> HttpResponse:
    view = forms.View(found.unit.code, "", found.books.period, found.books.items)
    context: dict[str, object] = {
        "section": "statement",
        "figure": found,
        "form": form,
        "path": _path(view, known),
        "unit_name": found.unit.names.text(language()),
        "unit_query": view.query,
        "parts": found.parts(),
        "is_public": is_published(viewer.municipality, found.books.period),
    }
    if found.has_entries and found.is_posted and not found.shows_postings:
        context["month_numbers"], context["account_months"] = found.account_months()
    elif found.has_entries:
        context["q"] = forms.search(request.GET) if found.is_posted else ""
        context["entries"] = found.entries(forms.page_number(request.GET), str(context["q"]))
    here = reverse("figure", args=[viewer.municipality.slug])
    addresses = tuple(here + found.query_of(each) for each in known.periods)
    at = period_choice(found.books.period, known.periods, addresses)
    return page(request, viewer, "finance/figure.html", context, period=at)


@require_safe
@door(Right.FIGURES)
@answering
def figure_csv(request: HttpRequest, viewer: Viewer, known: Known) -> StreamingHttpResponse:
    """Send what a figure is made of as a file, piece by piece."""
    found = figures.figure(request.GET, viewer, known)
    if not found.has_entries:
        raise BadAddressError(_("A percent is made of two amounts: download one of them."))
    if found.is_posted and not found.shows_postings:
        raise PermissionDenied
    lines = exports.entries_csv(found.all_lines(forms.search(request.GET)))
    name = "-".join((viewer.municipality.slug, *found.key)).replace(".", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@door(Right.FIGURES)
def home(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Show where the municipality stands; until that can be shown, what is to be brought in."""
    municipality = viewer.municipality
    has_statement = bool(queries.kept_periods(municipality, viewer.shelf))
    if viewer.may(Right.IMPORT) and beginnings.lacks_something(municipality):
        context = {"steps": beginnings.steps(municipality), "has_statement": has_statement}
        return page(request, viewer, "finance/steps.html", {**context, "section": "home"})
    if not has_statement:
        people = beginnings.people_to_ask(municipality)
        return page(request, viewer, "finance/waiting.html", {"people": people, "section": "home"})
    return _front(request, viewer)


@answering
def _front(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Show where the municipality stands, which units depart most, what came in last."""
    period = forms.period(request.GET, known)
    context = {
        "section": "home",
        "front": front(viewer, known, period),
        "may_import": viewer.may(Right.IMPORT),
    }
    at = period_choice(period, known.periods)
    return page(request, viewer, "finance/home.html", context, period=at)


@require_safe
@door(Right.FIGURES)
@answering
def deviations(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Show what departs from the amended budget, and the bridge of a unit to its forecast."""
    found = outlook(request.GET, viewer, known)
    context = {"section": "deviations", "outlook": found, "path": _path(found.view, known)}
    at = period_choice(found.view.period, known.periods)
    return page(request, viewer, "finance/deviations.html", context, period=at)


@require_safe
@door(Right.FIGURES)
@knowing
def search(request: HttpRequest, viewer: Viewer, known: Known) -> HttpResponse:
    """Show the units, accounts and postings that a text is found in."""
    text = forms.search(request.GET)
    context: dict[str, object] = {"q": text}
    if text:
        found = Search(viewer, known, text)
        context |= {
            "units": found.units(),
            "accounts": found.accounts(),
            "postings": found.postings() if known.periods else [],
            "has_postings": bool(known.periods),
            "sees_postings": found.reach != frozenset(),
        }
    return page(request, viewer, "finance/search.html", context)
