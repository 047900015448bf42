"""Pages of people as a file: out of the municipality, and into it after a check."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.web.access import queries
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.people_files import NotPeopleError, decoded, read, written
from katsaus.web.administration.people_import import Outcome, bring_in

_UNREADABLE = 422
MOST_BYTES = 1_000_000


class FileForm(forms.Form):
    """A file of people, or the text of one that was checked a moment ago."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        help_text=gettext_lazy("It is checked first; nothing is kept before you say so."),
    )
    content = forms.CharField(required=False, strip=False, max_length=MOST_BYTES)

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Return the file, which is not larger than people of a municipality can be."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return file

    def clean(self) -> dict[str, object]:
        """Read the text of the file, or of what was checked."""
        file = self.cleaned_data.get("file")
        if file:
            self.cleaned_data["content"] = decoded(file.read())
        elif "file" in self.cleaned_data and not self.cleaned_data.get("content"):
            self.add_error("file", _("Choose a file."))
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do, with its text to be kept as it was checked."""

    outcome: Outcome
    content: str


@require_safe
@never_cache
@door(Right.USERS)
def people_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the people and their roles as a file."""
    content = written(queries.people(viewer.municipality))
    name = f"{viewer.municipality.slug}-henkilot.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@door(Right.USERS)
def people_import(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Check a file of people, and keep it when it has no faults and the person says so."""
    form = FileForm(request.POST or None, request.FILES or None)
    checked = _checked(request, viewer, form) if form.is_valid() else None
    if checked and not checked.outcome.faults and request.POST.get("action") == "keep":
        count = len(checked.outcome.changes)
        words = ngettext("%s change was made.", "%s changes were made.", count)
        messages.success(request, words % count)
        return redirect("people", viewer.municipality.slug)
    context = {"form": form, "checked": checked, "section": "administration"}
    is_faulty = form.is_bound and (checked is None or bool(checked.outcome.faults))
    status = _UNREADABLE if is_faulty else 200
    return page(request, viewer, "administration/people_import.html", context, status=status)


def _checked(request: HttpRequest, viewer: Viewer, form: FileForm) -> Checked | None:
    content = form.cleaned_data["content"]
    try:
        lines = read(content)
    except NotPeopleError as error:
        no_column = _("The file has no column %s. Its first row must have the headers.")
        no_table = _("The file is not a table with semicolons. Save it as CSV.")
        words = no_column % ", ".join(error.columns) if error.columns else no_table
        form.add_error("file", words)
        return None
    outcome = bring_in(
        by=viewer.user,
        municipality=viewer.municipality,
        lines=lines,
        keep=request.POST.get("action") == "keep",
    )
    return Checked(outcome, content)
