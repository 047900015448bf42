"""The pages of a strategy as files: taken out, given, looked at, and then kept or discarded."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.imports.handlers import is_too_large
from katsaus.web.languages import language
from katsaus.web.planning.exchange.previews import Preview
from katsaus.web.planning.exchange.reading import Given
from katsaus.web.planning.exchange.records import Tables, tables
from katsaus.web.planning.exchange.writing import as_json, as_xlsx, as_zip
from katsaus.web.planning.models import StrategyFile
from katsaus.web.planning.use_cases.files import discard_file, give_file, keep_file, look_again
from katsaus.web.planning.use_cases.strategies import NotSeenError, Outcome
from katsaus.web.strategy.files_forms import StrategyFileForm, too_large
from katsaus.web.strategy.files_lines import LISTED, FaultLine, fault_lines, finding, table_lines

_UNREADABLE = 422  # a file with faults: not the answer that was asked for
_SIGNER = Signer(salt="katsaus.strategy.files")
# The forms that a strategy is taken out in: how it is written, and what the file is.
_FORMATS: Mapping[str, tuple[Callable[[Tables], bytes], str]] = {
    "json": (lambda found: as_json(found, language()), "application/json"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": (as_zip, "application/zip"),
}


@require_safe
@door(Right.FIGURES)
def strategy_export(_request: HttpRequest, viewer: Viewer, file_format: str) -> HttpResponse:
    """Send the strategy with all its tables as one file."""
    if file_format not in _FORMATS:
        raise Http404
    write, content_type = _FORMATS[file_format]
    name = f"{viewer.municipality.slug}-strategia.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(tables(viewer.municipality)), content_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.FIGURES)
def strategy_files(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show how the strategy is taken out and brought in, and take a file from who may give one."""
    if request.method != "POST":
        return _files(request, viewer, StrategyFileForm())
    if not viewer.edits_strategy:
        raise PermissionDenied
    if is_too_large(request):
        form = StrategyFileForm(request.POST)
        form.errors["file"] = form.error_class([too_large()])
        return _files(request, viewer, form)
    form = StrategyFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files(request, viewer, form)
    return _received(request, viewer, form)


def _received(request: HttpRequest, viewer: Viewer, form: StrategyFileForm) -> HttpResponse:
    """Go on to what a file would change, or tell why it cannot be kept."""
    name, given = form.cleaned_data["file"].name, form.given()
    outcome, file = give_file(
        municipality=viewer.municipality, person=viewer.user, file_name=name, given=given
    )
    if file is not None:
        return redirect("strategy_upload", viewer.municipality.slug, file.pk)
    faults = fault_lines(given, outcome.faults)
    if not faults and not given.lines:
        form.add_error("file", _("The file holds no table of a strategy."))
    elif not faults:
        messages.info(request, _("%s is kept already: nothing changes.") % name)
        return redirect("strategy_files", viewer.municipality.slug)
    return _files(request, viewer, form, name, faults)


def _files(
    request: HttpRequest,
    viewer: Viewer,
    form: StrategyFileForm,
    name: str = "",
    faults: list[FaultLine] | None = None,
) -> HttpResponse:
    waiting = StrategyFile.objects.filter(municipality=viewer.municipality)
    context = {
        "section": "strategy",
        "form": form,
        "name": name,
        "waiting": waiting.select_related("person") if viewer.edits_strategy else (),
        **_told(faults or []),
    }
    is_faulty = bool(faults or form.errors)
    status = _UNREADABLE if is_faulty else 200
    return page(request, viewer, "strategy/files.html", context, status=status)


def _told(faults: list[FaultLine]) -> dict[str, object]:
    return {"faults": faults[:LISTED], "faults_left": max(0, len(faults) - LISTED)}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.STRATEGY)
def strategy_upload(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Show what a file would change; keep it, or throw it away."""
    known = StrategyFile.objects.select_related("municipality", "person")
    found = get_object_or_404(known, pk=pk, municipality=viewer.municipality)
    if request.method != "POST":
        return _show(request, viewer, found, [])
    if request.POST.get("action") == "discard":
        discard_file(file=found, person=viewer.user)
        said = _("%s was discarded; nothing of it was kept.")
        messages.success(request, said % found.file_name)
        return redirect("strategy_files", viewer.municipality.slug)
    return _keep(request, viewer, found)


def _keep(request: HttpRequest, viewer: Viewer, found: StrategyFile) -> HttpResponse:
    try:
        seen = _SIGNER.unsign(request.POST.get("seen", ""))
        keep_file(file=found, person=viewer.user, seen=seen)
    except (BadSignature, NotSeenError):
        return _again(request, viewer, found, look_again(file=found))
    messages.success(request, _("%s was kept.") % found.file_name)
    return redirect("strategy", viewer.municipality.slug)


def _again(
    request: HttpRequest, viewer: Viewer, found: StrategyFile, outcome: Outcome
) -> HttpResponse:
    """Show a file anew, since it would not do what the person saw."""
    if outcome.faults:
        faults = fault_lines(Given({}), outcome.faults)
        return _show(request, viewer, found, faults)
    said = _("Something was changed meanwhile. Look at it again before keeping.")
    messages.warning(request, said)
    if outcome.is_empty or not StrategyFile.objects.filter(pk=found.pk).exists():
        return redirect("strategy_files", viewer.municipality.slug)
    return redirect("strategy_upload", viewer.municipality.slug, found.pk)


def _show(
    request: HttpRequest, viewer: Viewer, found: StrategyFile, faults: list[FaultLine]
) -> HttpResponse:
    preview = Preview.parse(found.preview)
    context = {
        "section": "strategy",
        "file": found,
        "finding": finding(preview),
        "tables": () if faults else table_lines(preview),
        "seen": _SIGNER.sign(preview.digest),
        **_told(faults),
    }
    status = _UNREADABLE if faults else 200
    return page(request, viewer, "strategy/files_upload.html", context, status=status)
