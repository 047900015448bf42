"""Notes on figures: given on a figure's page, shown as footnotes of the tables that show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext_lazy as _

from katsaus.core.names import Language
from katsaus.core.organization import Organization
from katsaus.core.results import CellKey, Statement
from katsaus.web.finance.cells import Shown
from katsaus.web.finance.queries import Books
from katsaus.web.languages import language
from katsaus.web.seen import SeenForm

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note under a table: its number there, the figure that it is on, what it says."""

    mark: str
    place: str
    text: str

    @property
    def sentence(self) -> str:
        """The note as it is printed."""
        return f"{self.place}: {self.text}"


class NoteForm(SeenForm):
    """The note of a figure; an empty one takes the note away."""

    text = forms.CharField(
        label=_("Note on this figure"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The report prints it under the tables that show the figure. At most 500 characters; "
            "an empty note is removed."
        ),
    )


def place_of(
    key: CellKey, organization: Organization, statement: Statement, spoken: Language
) -> str:
    """Name a figure: its unit, row and column."""
    names = (
        organization.unit(key.unit).names,
        statement.scheme.row(key.row).names,
        statement.column(key.column).names,
    )
    return ", ".join(each.text(spoken) for each in names)


def marked_cells(
    cells: Iterable[Shown], books: Books, statement: Statement, found: list[Footnote]
) -> Iterator[Shown]:
    """Iterate over cells with the marks of their notes, which are added to `found` in order."""
    for cell in cells:
        text = books.notes.get(cell.key) if cell.key else None
        if cell.key is None or text is None:
            yield cell
            continue
        place = place_of(cell.key, books.organization, statement, language())
        found.append(Footnote(str(len(found) + 1), place, text))
        yield replace(cell, mark=found[-1].mark)
