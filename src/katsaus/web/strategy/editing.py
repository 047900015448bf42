"""The pages on which the strategy's tables are edited row by row."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.definitions.tables import strategy_table
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.planning.use_cases.rows import (
    ChangedMeanwhileError,
    Found,
    StillUsedError,
    Uses,
    keep_row,
    mark_of,
    move_row,
    remove_row,
    uses_of,
)
from katsaus.web.strategy.desks import OF_UNITS, Desk
from katsaus.web.strategy.forms import RowForm
from katsaus.web.strategy.listing import ON_PAGE, called, counts, facts, listing, place
from katsaus.web.strategy.words import GROUPS, USERS

_UNREADABLE = 422  # a form with faults: not the answer that was asked for
_CONFLICT = 409


@require_safe
@door(Right.STRATEGY)
def tables(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the tables that there are, and how many rows each has."""
    number = counts(viewer)
    groups = [
        (title, [(Desk(viewer, strategy_table(name)), number[name]) for name in names])
        for title, names in GROUPS
    ]
    return page(request, viewer, "strategy/tables.html", {"section": "strategy", "groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.STRATEGY)
def table(request: HttpRequest, viewer: Viewer, table: str) -> HttpResponse:
    """Show the rows of a table, and move one of them up or down."""
    if request.method == "POST":
        return _moved(request, Desk.of(viewer, table))
    desk, text = Desk.of(viewer, table), request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = listing(desk, text, request.GET.get("page", ""))
    context = {"section": desk.section, "desk": desk, "q": text, "listing": found}
    return page(request, viewer, "strategy/table.html", context)


def _moved(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Move the row that a button names, and show it where it is then."""
    key, up = request.POST.get("up") or request.POST.get("down", ""), "up" in request.POST
    place = move_row(
        municipality=desk.viewer.municipality,
        table=desk.table,
        key=key,
        up=up,
        person=desk.viewer.user,
    )
    if place is None:
        messages.error(request, _("Someone has changed the rows meanwhile. Nothing was moved."))
        return redirect(request.get_full_path())
    messages.success(request, _("Moved up.") if up else _("Moved down."))
    address = reverse("table", args=(desk.viewer.municipality.slug, desk.table.name))
    return redirect(f"{address}?page={place // ON_PAGE + 1}#{quote(f'r-{key}')}")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.EDIT)
def row_new(request: HttpRequest, viewer: Viewer, table: str) -> HttpResponse:
    """Add a row; the address may say what some of its cells are to begin with."""
    desk, said = Desk.of(viewer, table), _said(request)
    if not (desk.may_keep(said) if said.get("unit") else desk.may_add):
        raise PermissionDenied
    return _edited(request, desk, None, said)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.EDIT)
def row(request: HttpRequest, viewer: Viewer, table: str, key: str) -> HttpResponse:
    """Change a row."""
    desk = Desk.of(viewer, table)
    found = desk.find(key)
    if found is None and request.method == "POST" and desk.may_add:
        return _gone(request, desk)
    if found is None:
        raise Http404
    if not desk.may_keep(found.record):
        raise PermissionDenied
    return _edited(request, desk, found, {})


def _gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what was typed of a row that somebody has removed, to be added anew."""
    form = RowForm(request.POST, desk.table, desk.options, None, {})
    form.changed_meanwhile(None)
    return _form_page(request, desk, form, None)


def _said(request: HttpRequest) -> dict[str, str]:
    """Return what the address says of the cells."""
    return {name: request.GET[name] for name in request.GET if name not in ("next", "seen")}


def _edited(
    request: HttpRequest, desk: Desk, found: Found | None, said: dict[str, str]
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = RowForm(data, desk.table, desk.options, found.record if found else None, said)
    if form.is_valid() and _is_kept(request, desk, found, form):
        messages.success(request, _kept(desk, form))
        return redirect(_next(request, desk))
    return _form_page(request, desk, form, found)


def _kept(desk: Desk, form: RowForm) -> str:
    """Return that a row was kept; a page of one period and unit is not that of every item."""
    if desk.table.name not in OF_UNITS:
        return _("Saved.")
    return _("Saved: %(place)s.") % {"place": place(desk, form.cells(frozenset()))}


def _form_page(
    request: HttpRequest, desk: Desk, form: RowForm, found: Found | None
) -> HttpResponse:
    back = _next(request, desk)
    new = reverse("row_new", args=(desk.viewer.municipality.slug, desk.table.name))
    context = {
        "section": desk.section,
        "desk": desk,
        "form": form,
        "action": "" if found else f"{new}?{urlencode({'next': back})}",
        "name": called(desk, found.record) if found else "",
        "key": desk.key(found) if found else "",
        "back": back,
    }
    answer = page(request, desk.viewer, "strategy/row.html", context)
    answer.status_code = _UNREADABLE if form.errors else 200
    return answer


def _is_kept(request: HttpRequest, desk: Desk, found: Found | None, form: RowForm) -> bool:
    """Keep a row that the person may keep as it will be, or tell its faults at their fields."""
    cells = form.cells(desk.taken(form.name_of_code()) if found is None else frozenset())
    if not desk.may_keep(cells):
        form.refuse_unit()
        return False
    try:
        outcome = keep_row(
            municipality=desk.viewer.municipality,
            table=desk.table,
            cells=cells,
            key=desk.key(found) if found else "",
            seen=form.cleaned_data["seen"],
            person=desk.viewer.user,
        )
    except ChangedMeanwhileError as error:
        form.changed_meanwhile(error.now)
        return False
    form.tell(outcome.faults)
    return not outcome.faults


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.EDIT)
def row_remove(request: HttpRequest, viewer: Viewer, table: str, key: str) -> HttpResponse:
    """Ask whether a row is to go, with all that would go with it; then remove it."""
    desk = Desk.of(viewer, table)
    found = desk.find(key)
    if found is None:
        raise Http404
    if not desk.may_keep(found.record):
        raise PermissionDenied
    uses = uses_of(viewer.municipality, desk.table, found)
    if request.method == "POST" and not uses.keep:
        return _removed(request, desk, found)
    context = {
        "section": desk.section,
        "desk": desk,
        "key": key,
        "seen": mark_of(found.record),
        "name": called(desk, found.record),
        "facts": facts(desk, found.record),
        "keep": _told(uses, lambda each: each.keep),
        "go": _told(uses, lambda each: each.go),
        "back": _next(request, desk),
    }
    answer = page(request, viewer, "strategy/remove.html", context)
    answer.status_code = _CONFLICT if request.method == "POST" else 200
    return answer


def _removed(request: HttpRequest, desk: Desk, found: Found) -> HttpResponse:
    try:
        remove_row(
            municipality=desk.viewer.municipality,
            table=desk.table,
            key=desk.key(found),
            seen=request.POST.get("seen", ""),
            person=desk.viewer.user,
        )
    except (StillUsedError, ChangedMeanwhileError):
        messages.error(request, _("Someone has changed the row meanwhile. It was not removed."))
        return redirect(request.get_full_path())
    messages.success(request, _("Removed."))
    if desk.table.key == ("code",):  # the page that the person came from was perhaps its own
        return redirect("table", desk.viewer.municipality.slug, desk.table.name)
    return redirect(_next(request, desk))


def _told(uses: Uses, which: Callable[[Uses], dict[str, int]]) -> list[tuple[str, int]]:
    return [(str(USERS.get(kind, kind)), count) for kind, count in sorted(which(uses).items())]


def _next(request: HttpRequest, desk: Desk) -> str:
    """Return where the person came from, or the table's list."""
    wanted = request.GET.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    slug = desk.viewer.municipality.slug
    if desk.viewer.edits_strategy:
        return reverse("table", args=(slug, desk.table.name))
    return reverse("deviations", args=(slug,))
