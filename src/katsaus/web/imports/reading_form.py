"""Saying how a file is to be read: its columns, its marks, and the rows to leave out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.ledger.importers import Kind, Recognition
from katsaus.ledger.importers.dates import FORMATS
from katsaus.ledger.importers.kinds import MONTHS, fields_of, normalise
from katsaus.ledger.importers.mapping import YEARS, AmountsIn
from katsaus.ledger.importers.samples import CUT_TEXT
from katsaus.web.imports.forms import AboutForm
from katsaus.web.imports.messages import FIELDS
from katsaus.web.imports.models import Upload
from katsaus.web.imports.readings import Seen

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
_AMOUNTS_IN = {
    AmountsIn.EURO: gettext_lazy("euros"),
    AmountsIn.THOUSAND: gettext_lazy("thousands of euros"),
}
_OF_WORKBOOKS = ("amounts_in", "decimal", "sign", "date_format", "sheet", "header_row")
_OF_TEXTS = ("amounts_in", "decimal", "sign", "date_format", "encoding", "delimiter", "header_row")
_SAID = ("amounts_in", "decimal", "date_format", "encoding", "delimiter", "sheet")
_OF_MONTHS = (*MONTHS, "total")
_ROWS = re.compile(r"(\d{1,9})(?:\s*[-\u2013]\s*(\d{1,9}))?")
_MOST_SKIPPED = 10_000
_NOTHING = Recognition(encoding=None, delimiter=None, header_row=0, columns=())


@dataclass(frozen=True, slots=True)
class Skipped:
    """Two fields of the form: a column, and the text that leaves out the rows that have it."""

    column: forms.BoundField
    text: forms.BoundField


class ReadingForm(AboutForm):
    """How a file is to be read: its columns, marks and rows; empty leaves it to be recognised.

    `sheets` are the names of a workbook's sheets, and empty for a text: a workbook is not asked for
    its encoding, nor a text for its sheet.
    """

    amounts_in = forms.ChoiceField(label=gettext_lazy("Amounts are in"), required=False)
    decimal = forms.ChoiceField(label=gettext_lazy("Decimal mark"), required=False)
    sign = forms.ChoiceField(
        label=gettext_lazy("Signs of the amount column"), choices=list(_SIGNS.items())
    )
    date_format = forms.ChoiceField(label=gettext_lazy("How dates are written"), required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("Row of the headers"), required=False, min_value=0, max_value=10**6
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of all rows"),
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[-1],
        help_text=gettext_lazy("Where no column has the year."),
    )
    skip_rows = forms.CharField(
        label=gettext_lazy("Numbers of rows"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Such as 3, 10-12."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        upload: Upload,
        seen: Seen | None,
        sheets: Sequence[str] = (),
    ) -> None:
        self.headers = seen.sample.headers if seen and seen.sample else ()
        super().__init__(data, initial=_guessed(seen) | _initial(upload, self.headers))
        self._marks = (_OF_WORKBOOKS if sheets else _OF_TEXTS) + _of_kind(upload.kind)
        self._choose_marks(seen, sheets)
        for name in {*_OF_WORKBOOKS, *_OF_TEXTS, "year"} - set(self._marks):
            del self.fields[name]
        columns = seen.recognition.columns if seen and seen.recognition else ()
        self._column_names = self._add_columns(upload.kind, dict(columns))
        self.has_months = bool({*dict(columns), *upload.mapping.get("columns", {})} & {*MONTHS})
        pairs = len(_skipped(upload)) + 1 if upload.kind else 0
        self._skip_numbers = range(pairs)
        self._add_skipped()

    def _choose_marks(self, seen: Seen | None, sheets: Sequence[str]) -> None:
        found = seen.recognition if seen and seen.recognition else _NOTHING
        delimiter = found.delimiter
        shown = str(_DELIMITERS.get(delimiter, delimiter)) if delimiter else None
        shown_in = str(_AMOUNTS_IN[found.amounts_in]) if found.amounts_in else None
        self.choose("amounts_in", _recognised(shown_in), _AMOUNTS_IN.items())
        self.choose("decimal", _recognised(found.decimal), _DECIMALS.items())
        self.choose("date_format", _recognised(found.date_format), _same(FORMATS))
        self.choose("encoding", _recognised(found.encoding), _same(ENCODINGS))
        self.choose("delimiter", _recognised(shown), _DELIMITERS.items())
        self.choose("sheet", _recognised(found.sheet), _same(sheets))

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

    def _add_skipped(self) -> None:
        names = [name for name in self._column_names if name not in _OF_MONTHS]
        columns = [(name, str(FIELDS[name]).capitalize()) for name in names]
        for number in self._skip_numbers:
            self.fields[f"skip_column_{number}"] = forms.ChoiceField(
                label=_("Rows whose column"), required=False
            )
            self.choose(f"skip_column_{number}", _("none"), columns)
            self.fields[f"skip_text_{number}"] = forms.CharField(
                label=_("is exactly this text"), required=False, max_length=200
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of columns, without those of months."""
        return [self[f"column_{n}"] for n in self._column_names if n not in _OF_MONTHS]

    @property
    def months(self) -> list[forms.BoundField]:
        """The fields of columns of months, and of their total."""
        return [self[f"column_{n}"] for n in _OF_MONTHS if n in self._column_names]

    @property
    def marks(self) -> list[forms.BoundField]:
        """The fields of marks."""
        return [self[name] for name in self._marks]

    @property
    def skipped(self) -> list[Skipped]:
        """The fields that leave rows out by what they hold; the last of them are empty."""
        return [
            Skipped(self[f"skip_column_{number}"], self[f"skip_text_{number}"])
            for number in self._skip_numbers
        ]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of what the file is."""
        return [self[name] for name in ("kind", "source", "period")]

    def settling(self, hint: str | None, field: str | None) -> forms.BoundField | None:
        """Return the field that settles a fault with this hint, where the form has it."""
        name = hint or ""
        if hint == "columns":
            name = f"column_{field}" if field else "header_row"
        return self[name] if name in self.fields else None

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

    def clean(self) -> dict[str, object]:
        """Ask for the other half of a column or a text that stands alone."""
        for number in self._skip_numbers:
            column, text = f"skip_column_{number}", f"skip_text_{number}"
            has_column, has_text = self.cleaned_data.get(column), self.cleaned_data.get(text)
            if has_column and not has_text:
                self.add_error(text, _("Write the text that leaves a row out."))
            if has_text and not has_column:
                self.add_error(column, _("Choose the column that holds the text."))
        return self.cleaned_data

    def mapping(self) -> dict[str, object]:
        """Return what a valid form says, as the keys of a saved mapping."""
        said = self.cleaned_data
        names = (*_SAID, "skip_rows")
        mapping = {name: said[name] for name in names if said.get(name)}
        mapping |= {
            name: said[name] for name in ("header_row", "year") if said.get(name) is not None
        }
        if said["sign"] != "revenue_positive":
            mapping["sign"] = said["sign"]
        chosen = {name: said[f"column_{name}"] for name in self._column_names}
        if columns := {name: self._place(place) for name, place in chosen.items() if place}:
            mapping["columns"] = columns
        if skipped := self._skip_when():
            mapping["skip_when"] = skipped
        return mapping

    def _skip_when(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number in self._skip_numbers:
            if column := self.cleaned_data[f"skip_column_{number}"]:
                found.setdefault(column, []).append(self.cleaned_data[f"skip_text_{number}"])
        return found

    def _place(self, place: str) -> str | int:
        """Return a header, which the next file has too; a position where no header tells it."""
        header = self.headers[int(place) - 1]
        names = [normalise(each) for each in self.headers]
        is_telling = names.count(normalise(header)) == 1 and len(header) < CUT_TEXT
        return header if is_telling else int(place)


def _of_kind(kind: str) -> tuple[str, ...]:
    """Return the marks of plans: the year of all rows."""
    return ("year",) if kind in (Kind.BUDGET, Kind.AMENDMENTS, Kind.FORECASTS) else ()


def _skipped(upload: Upload) -> list[tuple[str, str]]:
    said: Mapping[str, list[str]] = upload.mapping.get("skip_when", {})
    return [(column, text) for column, texts in said.items() for text in texts]


def _initial(upload: Upload, headers: tuple[str, ...]) -> dict[str, object]:
    mapping = upload.mapping
    columns = {
        f"column_{name}": headers.index(place) + 1 if place in headers else place
        for name, place in mapping.get("columns", {}).items()
    }
    pairs = {
        f"skip_{name}_{number}": value
        for number, pair in enumerate(_skipped(upload))
        for name, value in zip(("column", "text"), pair, strict=True)
    }
    skipped = ", ".join(map(str, mapping.get("skip_rows", [])))
    about = {"kind": upload.kind, "period": upload.period, "source": upload.source}
    return {**mapping, **columns, **pairs, **about, "skip_rows": skipped}


def _guessed(seen: Seen | None) -> dict[str, object]:
    """Return the row that looks like the headers of a file whose columns were not recognised."""
    if seen is None or seen.recognition or not seen.sample or not seen.sample.header_row:
        return {}
    return {"header_row": seen.sample.header_row}


def _recognised(value: str | None) -> str:
    return _("recognised: %s") % value if value else _("to be recognised")


def _same(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
