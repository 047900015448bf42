"""Footnotes of tables: notes that people gave on figures, and that a forecast is of a part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.utils.translation import gettext, gettext_lazy

from katsaus.core.columns import columns_of
from katsaus.core.gaps import Gaps
from katsaus.core.names import Language
from katsaus.core.periods import Period
from katsaus.core.results import CellKey, Statement
from katsaus.web.seen import SeenForm

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note under a table: its number there, and what it says."""

    mark: str
    sentence: str


class NoteForm(SeenForm):
    """The note of a figure; an empty one takes the note away."""

    text = forms.CharField(
        label=gettext_lazy("Note on this figure"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The report prints it under the tables that show the figure. At most 500 characters; "
            "an empty note is removed."
        ),
    )


@dataclass(frozen=True)
class Footnotes:
    """The notes under a table, `found` in the order in which its figures are marked.

    `notes` are those that people gave. One note tells of all forecasts that are of a part.
    """

    notes: Mapping[CellKey, str]
    gaps: Gaps
    period: Period
    statement: Statement
    language: Language
    found: list[Footnote] = field(default_factory=list, init=False)

    def mark(self, key: CellKey | None) -> str:
        """Return the number of a figure's note, which is added; empty where there is none."""
        if key is None:
            return ""
        told = [self._partial(key)] if self._is_partial(key) else []
        if key in self.notes:
            told.insert(0, f"{self._place(key)}: {self.notes[key]}")
        return self._number(" ".join(told)) if told else ""

    def _number(self, sentence: str) -> str:
        for each in self.found:
            if each.sentence == sentence:
                return each.mark
        self.found.append(Footnote(str(len(self.found) + 1), sentence))
        return self.found[-1].mark

    def _place(self, key: CellKey) -> str:
        """Name a figure: its unit, row and column."""
        names = (
            self.gaps.tree.unit(key.unit).names,
            self.statement.scheme.row(key.row).names,
            self.statement.column(key.column).names,
        )
        return ", ".join(each.text(self.language) for each in names)

    def _is_partial(self, key: CellKey) -> bool:
        """Say whether a forecast or its deviation is beside a budget that was not forecast."""
        if key.column not in (self._forecast, self._deviation):
            return False
        row = self.statement.scheme.row(key.row)
        return self.statement.value(*key) is not None and self.gaps.is_partial(key.unit, row)

    def _partial(self, key: CellKey) -> str:
        if key.column == self._forecast:
            return gettext("A part has no forecast: the sum is of the forecasts that were given.")
        return gettext("A part has no forecast: the deviation is from the whole amended budget.")

    @cached_property
    def _forecast(self) -> str:
        return columns_of(self.period)["forecast"].id

    @cached_property
    def _deviation(self) -> str:
        return columns_of(self.period)["deviation"].id
