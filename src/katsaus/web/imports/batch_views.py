"""Pages of a batch: what it is, and the question before it is undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.ledger.importers import Kind
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.imports import beginnings, queries, use_cases
from katsaus.web.imports.control_totals import (
    COUNTED,
    Total,
    of_batch,
    of_time,
    result,
    signed,
    total,
)
from katsaus.web.imports.followers import published_after, spans_of
from katsaus.web.imports.lines import batch_line, hindrance, months
from katsaus.web.imports.messages import count, money
from katsaus.web.imports.models import Batch, Status


@require_safe
@door(Right.IMPORT)
def batch(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Show a batch."""
    found = _batch(viewer, pk)
    is_kept, is_undone = (found.status == each for each in (Status.KEPT, Status.UNDONE))
    context = {
        "batch": found,
        "line": batch_line(found),
        "totals": _totals(found),
        "counted": COUNTED.get(Kind(found.kind)),
        "can_undo": use_cases.can_undo(found),
        "months": months(found),
        "of_time": of_time(found.years, found.period),
        "following": beginnings.following(viewer.municipality) if is_kept else None,
        "is_kept": is_kept,
        "is_undone": is_undone,
        "undoing": queries.undoing(found) if is_undone else None,
        "section": "imports",
    }
    return page(request, viewer, "imports/batch.html", context)


def _batch(viewer: Viewer, pk: int) -> Batch:
    known = Batch.objects.select_related("municipality", "imported_by", "superseded_by", "plan_set")
    return get_object_or_404(known, pk=pk, municipality=viewer.municipality)


def _totals(found: Batch) -> list[Total]:
    line = batch_line(found)
    counts = _sums(found)
    earlier = _("updated") if found.kind in use_cases.WHOLE else _("superseded")
    return [
        Total(_("this batch"), line.rows, line.amount),
        *(of_batch(earlier, old) for old in found.supersedes.all()),
        total(_("%s: all that counts now") % line.kind, counts, is_result=True),
    ]


def _sums(found: Batch) -> queries.Kept:
    """Return what counts of the batch's years, of forecasts in its round."""
    return queries.sums(found.municipality, Kind(found.kind), found.years, found.period)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.IMPORT)
def batch_undo(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Ask whether a batch is to be undone, saying what stops counting and what counts again."""
    found = _batch(viewer, pk)
    if request.method == "POST":
        _undo(request, viewer, found)
        return redirect("batch", viewer.municipality.slug, found.pk)
    context: dict[str, object] = {"batch": found, "section": "imports"}
    try:
        restored = use_cases.restored_by(found)
    except use_cases.CannotUndoError as error:
        context |= {"hindrance": hindrance(error)}
    else:
        context |= {
            "restored": restored,
            "stops": _stops(found),
            "published": published_after(found.municipality, spans_of([found, *restored])),
            "totals": _after(found, restored),
            "of_time": of_time(found.years, found.period),
        }
    return page(request, viewer, "imports/undo.html", context)


def _stops(found: Batch) -> str:
    words = ngettext(
        "%(count)s row, %(amount)s, stops counting in the figures.",
        "%(count)s rows, %(amount)s in all, stop counting in the figures.",
        found.rows,
    )
    return words % {"count": count(found.rows), "amount": money(found.cents)}


def _after(found: Batch, restored: list[Batch]) -> list[Total]:
    before = _sums(found)
    again = (signed(old, goes=False) for old in restored)
    return [
        total(_("before"), before),
        of_batch(_("stops counting"), found, goes=True),
        *(of_batch(_("counts again"), old) for old in restored),
        result(before, signed(found, goes=True), *again),
    ]


def _undo(request: HttpRequest, viewer: Viewer, found: Batch) -> None:
    try:
        restored = use_cases.undo(batch=found, person=viewer.user)
    except use_cases.CannotUndoError as error:
        messages.warning(request, hindrance(error))
        return
    messages.success(request, _("The batch counts no more."))
    for old in restored:
        messages.success(request, _("%s counts again.") % old.file_name)
