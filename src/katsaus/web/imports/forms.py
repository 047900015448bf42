"""Giving a file, and saying how it is to be read."""

import re
from collections.abc import Iterable, Mapping
from typing import cast

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.periods import Period
from katsaus.ledger.importers import Kind
from katsaus.ledger.importers.dates import FORMATS
from katsaus.ledger.importers.kinds import fields_of, normalise
from katsaus.ledger.importers.samples import CUT_TEXT
from katsaus.web.imports.lines import KINDS
from katsaus.web.imports.messages import FIELDS
from katsaus.web.imports.models import Upload
from katsaus.web.imports.readings import Seen

DEFAULT_SOURCE = "tiedosto"
MARKS = ("decimal", "sign", "date_format", "encoding", "delimiter", "sheet")
ENCODINGS = ("utf-8", "windows-1252", "iso-8859-1", "utf-16", "cp850")
_DELIMITERS = {
    ";": gettext_lazy("semicolon ;"),
    ",": gettext_lazy("comma ,"),
    "\t": gettext_lazy("tabulator"),
    "|": gettext_lazy("vertical line |"),
}
_DECIMALS = {",": gettext_lazy("comma 1234,56"), ".": gettext_lazy("point 1234.56")}
_SIGNS = {
    "revenue_positive": gettext_lazy("revenue +, expense −"),
    "expense_positive": gettext_lazy("expense +, revenue −"),
}
_ROWS = re.compile(r"(\d{1,9})(?:\s*[-\u2013]\s*(\d{1,9}))?")
_MOST_SKIPPED = 10_000


class AboutForm(forms.Form):
    """What a file is: of which kind, period and source."""

    kind = forms.ChoiceField(label=gettext_lazy("What it holds"), required=False)
    period = forms.CharField(
        label=gettext_lazy("Period of the forecasts"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2023-06"}),
        help_text=gettext_lazy("For forecasts only: the last month, such as 2023-06."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=100,
        initial=DEFAULT_SOURCE,
        widget=forms.TextInput(attrs={"list": "sources"}),
        help_text=gettext_lazy(
            "The system that it comes from. A newer file of the same source can replace an older."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        self.choose("kind", _("recognise from the headers"), KINDS.items())

    def choose(self, name: str, nothing: str, choices: Iterable[tuple[str, object]]) -> None:
        """Give a field its choices; the first of them leaves the matter to the recognition."""
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", nothing), *((value, str(word)) for value, word in choices)]

    def clean_period(self) -> str:
        """Return the period as it is written, or say how."""
        text: str = self.cleaned_data["period"].strip()
        if text:
            try:
                Period.parse(text)
            except ValueError:
                message = _("%(text)s is not a period. Write it like 2023-06.")
                raise forms.ValidationError(message % {"text": text}) from None
        return text


class GiveForm(AboutForm):
    """A file that a person gives."""

    file = forms.FileField(label=gettext_lazy("File"), max_length=255, allow_empty_file=True)
    field_order = ["file", "kind", "source", "period"]

    def given(self) -> TemporaryUploadedFile:
        """Return the file of a valid form."""
        return cast(TemporaryUploadedFile, self.cleaned_data["file"])


class ReadingForm(AboutForm):
    """How a file is to be read: its columns, marks and rows; empty leaves it to be recognised."""

    decimal = forms.ChoiceField(label=gettext_lazy("Decimal mark"), required=False)
    sign = forms.ChoiceField(
        label=gettext_lazy("Signs of the amount column"), choices=list(_SIGNS.items())
    )
    date_format = forms.ChoiceField(label=gettext_lazy("How dates are written"), required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"), required=False)
    sheet = forms.CharField(label=gettext_lazy("Sheet"), required=False, max_length=100)
    header_row = forms.IntegerField(
        label=gettext_lazy("Row of the headers"), required=False, min_value=0, max_value=10**6
    )
    skip_rows = forms.CharField(
        label=gettext_lazy("Rows to leave out"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Such as 3, 10-12."),
    )

    def __init__(self, data: Mapping[str, object] | None, upload: Upload, seen: Seen | None):
        self.headers = seen.sample.headers if seen and seen.sample else ()
        super().__init__(data, initial=_initial(upload, self.headers))
        found = seen.recognition if seen else None
        marks = {None: "", "\t": _DELIMITERS["\t"]}
        delimiter = found.delimiter if found else None
        self.choose("decimal", _recognised(found.decimal if found else None), _DECIMALS.items())
        dates = [(name, name) for name in FORMATS]
        self.choose("date_format", _recognised(found.date_format if found else None), dates)
        self.choose("encoding", _recognised(found.encoding if found else None), _same(ENCODINGS))
        shown = str(marks.get(delimiter, delimiter))
        self.choose("delimiter", _recognised(shown), _DELIMITERS.items())
        self._column_names = self._add_columns(upload.kind, dict(found.columns) if found else {})

    def _add_columns(self, kind: str, found: Mapping[str, str]) -> list[str]:
        places = [
            (str(place), header.strip() or _("column %s") % place)
            for place, header in enumerate(self.headers, 1)
        ]
        names = [field.name for field in fields_of(Kind(kind))] if kind else []
        for name in names:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=str(FIELDS[name]).capitalize(), required=False
            )
            nothing = _("not in the file") if found and name not in found else ""
            self.choose(f"column_{name}", nothing or _recognised(found.get(name)), places)
        return names

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of columns."""
        return [self[f"column_{name}"] for name in self._column_names]

    @property
    def marks(self) -> list[forms.BoundField]:
        """The fields of marks and rows."""
        return [self[name] for name in (*MARKS, "header_row", "skip_rows")]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of what the file is."""
        return [self[name] for name in ("kind", "source", "period")]

    def clean_skip_rows(self) -> list[int]:
        """Return the numbers of the rows to leave out."""
        text = self.cleaned_data["skip_rows"]
        rows: set[int] = set()
        for part in filter(None, (part.strip() for part in re.split("[,;]", text))):
            match = _ROWS.fullmatch(part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
            if last < first or last - first + len(rows) >= _MOST_SKIPPED:
                raise forms.ValidationError(_("Write the rows like 3, 10-12."))
            rows.update(range(first, last + 1))
        return sorted(rows)

    def mapping(self) -> dict[str, object]:
        """Return what a valid form says, as the keys of a saved mapping."""
        said = self.cleaned_data
        names = ("decimal", "date_format", "encoding", "delimiter", "sheet", "skip_rows")
        mapping = {name: said[name] for name in names if said[name]}
        if said["header_row"] is not None:
            mapping["header_row"] = said["header_row"]
        if said["sign"] != "revenue_positive":
            mapping["sign"] = said["sign"]
        chosen = {name: said[f"column_{name}"] for name in self._column_names}
        if columns := {name: self._place(place) for name, place in chosen.items() if place}:
            mapping["columns"] = columns
        return mapping

    def _place(self, place: str) -> str | int:
        """Return a header, which the next file has too; a position where no header tells it."""
        header = self.headers[int(place) - 1]
        names = [normalise(each) for each in self.headers]
        is_telling = names.count(normalise(header)) == 1 and len(header) < CUT_TEXT
        return header if is_telling else int(place)


def _initial(upload: Upload, headers: tuple[str, ...]) -> dict[str, object]:
    mapping = upload.mapping
    columns = {
        f"column_{name}": headers.index(place) + 1 if place in headers else place
        for name, place in mapping.get("columns", {}).items()
    }
    skipped = ", ".join(map(str, mapping.get("skip_rows", [])))
    about = {"kind": upload.kind, "period": upload.period, "source": upload.source}
    return {**mapping, **columns, **about, "skip_rows": skipped}


def _recognised(value: str | None) -> str:
    return _("recognised: %s") % value if value else _("to be recognised")


def _same(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
