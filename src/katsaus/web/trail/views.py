"""The page of the audit trail and its file."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.audit import queries
from katsaus.web.audit.models import Event
from katsaus.web.trail import writing
from katsaus.web.trail.changes import WordedChange, told, worded
from katsaus.web.trail.forms import WantedForm
from katsaus.web.trail.naming import Named
from katsaus.web.trail.subjects import subject_words
from katsaus.web.trail.words import action_word

ON_PAGE = 25
# A file of units changes thousands of things: the page shows the first, the file has them all.
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the page shows it; `username` is empty where no person did it."""

    event: Event
    username: str
    action: str
    subject: str
    changes: list[WordedChange]
    count: int

    @property
    def left(self) -> int:
        """How many changes the page does not show."""
        return self.count - len(self.changes)


@require_safe
@door(Right.AUDIT)
def audit(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show who did what in the municipality, the newest first."""
    slug = viewer.municipality.slug
    form = WantedForm(request.GET, slug)
    if not form.is_valid():
        return _refused(request, viewer, form)
    found = Paginator(queries.events(slug, form.wanted()), ON_PAGE).get_page(
        request.GET.get("page")
    )
    address, named = request.GET.copy(), Named(viewer.municipality, viewer.shelf)
    address.pop("page", None)
    context = {
        "form": form,
        "found": found,
        "lines": [_line(event, named, form.usernames) for event in found.object_list],
        "query": address.urlencode(),
        "section": "administration",
    }
    return page(request, viewer, "audit/trail.html", context)


@require_safe
@door(Right.AUDIT)
def audit_csv(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Send the events that the address asks for as a file."""
    slug = viewer.municipality.slug
    form = WantedForm(request.GET, slug)
    if not form.is_valid():
        return _refused(request, viewer, form)
    found = queries.events(slug, form.wanted())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-loki.csv"'}
    lines = writing.lines(found.iterator(chunk_size=1000), form.usernames)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _refused(request: HttpRequest, viewer: Viewer, form: WantedForm) -> HttpResponse:
    """Say at its field what of the address cannot be followed."""
    context = {"form": form, "section": "administration"}
    return page(request, viewer, "audit/trail.html", context, status=400)


def _line(event: Event, named: Named, usernames: Mapping[int, str]) -> Line:
    changes = told(event)
    shown = [worded(event, change, named) for change in changes[:MOST_CHANGES]]
    shown.sort(key=lambda each: each.of != "")  # what is of no part comes before any heading
    subject = subject_words(event, named)
    username = usernames.get(event.person_id or 0, "")
    return Line(event, username, action_word(event.action), subject, shown, len(changes))
