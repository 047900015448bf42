"""A file of a strategy that a person gives, and how it is read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.web.planning.exchange.reading import Given, read

MOST_BYTES = 20_000_000


def too_large() -> str:
    """Return what is said of a file that is larger than tables of a strategy can be."""
    return _("The file is larger than %s MB. Give its tables in parts.") % (MOST_BYTES // 1_000_000)


class StrategyFileForm(forms.Form):
    """A file of a strategy's tables."""

    file = forms.FileField(
        label=gettext_lazy("JSON, Excel workbook, CSV file, or ZIP file of CSV files"),
        max_length=255,
        allow_empty_file=True,
        help_text=gettext_lazy("You see what would change; nothing is kept before you say so."),
    )

    def clean_file(self) -> TemporaryUploadedFile:
        """Return the file, which is not too large to be read at once."""
        file = cast(TemporaryUploadedFile, self.cleaned_data["file"])
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def given(self) -> Given:
        """Read the file of a valid form."""
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        with TemporaryDirectory() as folder:
            # A CSV file is known by its name, which the file of the request does not have.
            target = Path(folder) / Path(file.name or "file").name
            target.symlink_to(file.temporary_file_path())
            return read(target)
