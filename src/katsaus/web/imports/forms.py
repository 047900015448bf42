"""Giving a file, and saying what it is."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.periods import Period
from katsaus.web.imports.lines import KINDS

DEFAULT_SOURCE = "tiedosto"


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
