"""Pages of imports: the history and giving a file, and one file."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from katsaus.ledger.importers import Kind, sheet_names
from katsaus.ledger.problems import Problem
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.imports import queries, template_files, uploads
from katsaus.web.imports.control_totals import COUNTED, of_time
from katsaus.web.imports.faults import blocks, faults_csv
from katsaus.web.imports.forms import GiveForm
from katsaus.web.imports.handlers import is_too_large
from katsaus.web.imports.lines import KINDS, batch_line, kind_word, recognised, replacing
from katsaus.web.imports.messages import FIELDS, place, sentence, size
from katsaus.web.imports.models import Batch, State, Upload
from katsaus.web.imports.open_files import open_files
from katsaus.web.imports.previews import preview
from katsaus.web.imports.reading_form import ReadingForm
from katsaus.web.imports.readings import Seen, seen
from katsaus.web.imports.tasks import path
from katsaus.web.languages import language

ON_PAGE = 50
LISTED = 100
BUSY = (State.WAITING, State.READING, State.KEEPING)
_UNREADABLE = 422  # a form with faults: not the answer that was asked for


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as the page shows it."""

    place: str
    text: str
    is_blocking: bool
    settled_by: BoundField | None  # the field of the form that settles the matter

    @property
    def asks(self) -> bool:
        """Whether the fault is in the way until the person says more."""
        return self.is_blocking and self.settled_by is not None


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.IMPORT)
def imports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show what has been brought in, and take a new file."""
    if request.method == "POST" and is_too_large(request):
        form = GiveForm(request.POST)
        form.errors["file"] = form.error_class([_too_large()])
        return _list(request, viewer, form, _UNREADABLE)
    chosen = request.GET.get("kind", "")
    form = GiveForm(request.POST or None, request.FILES or None, initial={"kind": chosen})
    if request.method == "POST" and form.is_valid():
        upload = uploads.receive(
            person=viewer.user,
            municipality=viewer.municipality,
            file=form.given(),
            kind=form.cleaned_data["kind"],
            period=form.cleaned_data["period"],
            source=form.cleaned_data["source"],
        )
        if uploads.displace_earlier(upload=upload, person=viewer.user):
            messages.info(request, _displaced())
        return redirect("upload", viewer.municipality.slug, upload.pk)
    return _list(request, viewer, form, _UNREADABLE if form.is_bound else 200)


def _displaced() -> str:
    return _(
        "The earlier file of the same name and source was discarded: this one takes its place."
    )


def _too_large() -> str:
    megabytes = settings.UPLOAD_BYTES // 1_000_000
    return _("The file is larger than %s MB. Export it in parts, such as a month each.") % megabytes


def _list(request: HttpRequest, viewer: Viewer, form: GiveForm, status: int) -> HttpResponse:
    found = Paginator(queries.history(viewer.municipality), ON_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "found": found,
        "batches": [batch_line(each) for each in found.object_list],
        "open_uploads": open_files(viewer.municipality),
        "sources": queries.sources(viewer.municipality),
        "kinds": KINDS.items(),
        "limit": settings.UPLOAD_BYTES,
        "limit_text": _too_large(),
        "section": "imports",
    }
    answer = page(request, viewer, "imports/list.html", context)
    answer.status_code = status
    return answer


@require_safe
@door(Right.IMPORT)
def template_file(request: HttpRequest, viewer: Viewer, kind: str) -> HttpResponse:
    """Send the file to begin from of a kind, in the person's language."""
    if kind not in [*Kind]:
        raise Http404
    content = template_files.content(Kind(kind), language())
    headers = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.IMPORT)
def upload(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Show what was found in a file; read it anew, keep it or throw it away."""
    found = _upload(viewer, pk)
    if found.state == State.DISCARDED:
        return _of_discarded(request, viewer)
    if found.state == State.KEPT and found.batch:
        return _never_stored(_to_batch(request, found.batch))
    result = seen(found.reading) if found.reading else None
    form = _form(None, found, result)
    if request.method == "POST":
        action = ACTIONS.get(request.POST.get("action", ""), _read_anew)
        answer = action(request, viewer, found, result)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    return _never_stored(_show(request, viewer, found, result, form))


def _of_discarded(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Pressed twice, the button is heard once; nothing else is found of the file."""
    if request.POST.get("action") == "discard":
        return redirect("imports", viewer.municipality.slug)
    raise Http404


def _form(data: QueryDict | None, found: Upload, result: Seen | None) -> ReadingForm:
    sheets = () if found.state in BUSY else sheet_names(path(found))
    return ReadingForm(data, found, result, sheets)


def _to_batch(request: HttpRequest, batch: Batch) -> HttpResponse:
    answer = redirect("batch", batch.municipality.slug, batch.pk)
    is_part = request.headers.get("HX-Request") == "true"
    return HttpResponseClientRedirect(answer["Location"]) if is_part else answer


def _never_stored(answer: HttpResponse) -> HttpResponse:
    """Have the browser ask anew: a stored part of a page would be shown on the way back as all."""
    patch_vary_headers(answer, ["HX-Request"])
    add_never_cache_headers(answer)
    return answer


def _show(
    request: HttpRequest, viewer: Viewer, found: Upload, result: Seen | None, form: ReadingForm
) -> HttpResponse:
    problems = sorted(result.problems if result else (), key=_order)
    faults = [_fault(problem, form) for problem in problems[:LISTED]]
    kinds = [(kind, KINDS[Kind(kind)]) for kind in result.kinds] if result else []
    is_unknown = result is None or result.is_of_unknown_kind
    can_keep = result is not None and not result.is_blocked and found.state == State.READ
    context = {
        "upload": found,
        "seen": result,
        "size": size(found.size),
        "headers": _headers(result),
        "not_read": _not_read(result),
        "recognised": _recognised(found, result),
        "form": form,
        "faults": faults,
        "are_faults": blocks(problems),
        "is_unknown": is_unknown,
        "kinds": kinds,
        "asks": (is_unknown and not kinds) or any(fault.asks for fault in faults),
        "faults_left": len(problems) - LISTED,
        "is_busy": found.state in BUSY,
        "is_blocked": not is_unknown and result is not None and result.is_blocked,
        "preview": preview(found, result) if can_keep and result else None,
        "replacing": replacing(found.kind),
        "of_time": _of_time(found, result),
        "kind_word": kind_word(found.kind),
        "counted": COUNTED.get(Kind(found.kind)) if found.kind else None,
        "section": "imports",
    }
    answer = page(request, viewer, "imports/upload.html", context)
    answer.status_code = _UNREADABLE if form.errors else 200
    return answer


def _of_time(found: Upload, result: Seen | None) -> str:
    if result is None or result.totals is None:
        return ""
    return of_time(result.totals.years, found.period if found.kind == Kind.FORECASTS else "")


def _recognised(found: Upload, result: Seen | None) -> list[str]:
    known = result.recognition if result else None
    return recognised(known, found.mapping) if known else []


def _order(problem: Problem) -> tuple[bool, int]:
    """Place what prevents keeping before what does not, and each in the order of the file."""
    return not problem.is_blocking, problem.row or 0


def _fault(problem: Problem, form: ReadingForm) -> Fault:
    return Fault(
        place(problem, with_file=False),
        sentence(problem, in_form=True),
        problem.is_blocking,
        form.settling(problem.hint, problem.field),
    )


def _headers(result: Seen | None) -> list[tuple[str, str]]:
    """Return the headers of a file, each with the field that it was taken for."""
    if result is None or result.sample is None:
        return []
    columns = result.recognition.columns if result.recognition else ()
    fields = {header: str(FIELDS[field]) for field, header in columns}
    headers = result.sample.headers
    return [
        (
            header,
            fields.get(header) or ("" if str(place) in headers else fields.get(str(place), "")),
        )
        for place, header in enumerate(headers, 1)
    ]


def _not_read(result: Seen | None) -> list[str]:
    """Return the headers that were taken for no field of a file whose columns are known."""
    is_known = result is not None and result.recognition is not None
    return [header for header, field in _headers(result) if is_known and header and not field]


def _read_anew(
    request: HttpRequest, viewer: Viewer, found: Upload, result: Seen | None
) -> HttpResponse | ReadingForm:
    form = _form(request.POST, found, result)
    if not form.is_valid():
        return form
    said = form.cleaned_data

    def work() -> None:
        uploads.read_anew(
            upload=found,
            kind=said["kind"],
            period=said["period"],
            source=said["source"],
            mapping=form.mapping(),
        )

    return _done(request, viewer, found, work)


def _say_kind(
    request: HttpRequest, viewer: Viewer, found: Upload, result: Seen | None
) -> HttpResponse:
    """Have a file read as one of the kinds that its headers fit."""
    kind = request.POST.get("kind", "")
    if result is None or kind not in result.kinds:
        return redirect("upload", viewer.municipality.slug, found.pk)

    def work() -> None:
        uploads.read_anew(
            upload=found,
            kind=kind,
            period=found.period,
            source=found.source,
            mapping=found.mapping,
        )

    return _done(request, viewer, found, work)


def _keep(request: HttpRequest, viewer: Viewer, found: Upload, result: Seen | None) -> HttpResponse:
    here = redirect("upload", viewer.municipality.slug, found.pk)
    if result is None or result.is_blocked:
        return here
    said, seen_ways = request.POST.get("replaces"), preview(found, result)
    if not seen_ways.ways:
        return here
    if said is None and seen_ways.is_open:
        messages.warning(request, _("Choose whether the file replaces or is added."))
        return here

    def work() -> None:
        uploads.ask_to_keep(
            upload=found,
            person=viewer.user,
            replaces=said == "1",
            adds=said is not None or seen_ways.in_the_way is not None,
        )

    return _done(request, viewer, found, work)


def _discard(
    request: HttpRequest, viewer: Viewer, found: Upload, _result: Seen | None
) -> HttpResponse:
    try:
        uploads.discard(upload=found, person=viewer.user)
    except uploads.NotNowError:
        return _done(request, viewer, found, lambda: None)
    messages.success(request, _("%s was discarded; nothing of it was kept.") % found.file_name)
    return redirect("imports", viewer.municipality.slug)


def _done(
    request: HttpRequest, viewer: Viewer, found: Upload, work: Callable[[], None]
) -> HttpResponse:
    """Do what was asked, unless somebody else was first, and show the file as it is then."""
    try:
        work()
    except uploads.NotNowError:
        found.refresh_from_db()
        if found.kept_by_id != viewer.user.pk:
            messages.warning(request, _("Somebody else was first: this is how the file is now."))
    return redirect("upload", viewer.municipality.slug, found.pk)


ACTIONS = {"keep": _keep, "discard": _discard, "read": _read_anew, "kind": _say_kind}


@require_safe
@door(Right.IMPORT)
def upload_faults(_request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Send all faults of a file as a file."""
    found = _upload(viewer, pk)
    problems = seen(found.reading).problems if found.reading else ()
    name = f"{'viat' if blocks(problems) else 'huomautukset'}-{found.pk}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(faults_csv(problems), "text/csv; charset=utf-8", headers=headers)


def _upload(viewer: Viewer, pk: int) -> Upload:
    found = Upload.objects.select_related("municipality", "person", "batch__municipality")
    return get_object_or_404(found, pk=pk, municipality=viewer.municipality)
