"""Notes on figures from a file: a unit, a row, a column and a text on each line."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.columns import columns_of
from katsaus.core.figures import Items
from katsaus.core.names import LANGUAGES
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.ledger.importers import Kind
from katsaus.web.finance.footnotes import LONGEST
from katsaus.web.imports.known import known
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.use_cases import give_note

HEADS = {
    "unit": ("yksikkö", "enhet", "unit"),
    "row": ("rivi", "rad", "row"),
    "column": ("sarake", "kolumn", "column"),
    "text": ("huomautus", "anmärkning", "note", "text"),
}


@dataclass(frozen=True)
class Book:
    """What the lines of a file may name: the municipality's units, rows, the period's columns."""

    owner: Municipality
    period: Period

    def read(self, text: str) -> tuple[list[tuple[CellKey, str]], list[str]]:
        """Return the notes of a file's text, and its faults as sentences with their lines."""
        lines = csv.reader(text.splitlines(), delimiter=";")
        heads = [head.strip().lower() for head in next(lines, [])]
        places = {
            field: next((heads.index(name) for name in names if name in heads), -1)
            for field, names in HEADS.items()
        }
        if absent := [names[0] for field, names in HEADS.items() if places[field] < 0]:
            return [], [_("these columns are missing: %s") % ", ".join(absent)]
        notes, faults = [], []
        for number, line in enumerate(lines, 2):
            if not any(line):
                continue
            cells = [*line, *[""] * (len(heads) - len(line))]
            said = {field: cells[place].strip() for field, place in places.items()}
            key = CellKey(said["unit"], *self._ids(said["row"], said["column"]))
            found = [f"{number}: {fault}" for fault in self._faults(key, said)]
            faults += found
            notes += [] if found else [(key, said["text"])]
        return notes, faults

    def _ids(self, row: str, column: str) -> tuple[str, str]:
        """Return the ids of a row and a column given by id or by name; empty for an unknown one."""
        rows = known(self.owner, Kind.BUDGET).rows
        columns = {
            name: each.id
            for each in columns_of(self.period).values()
            for name in (each.id, *(each.names.text(language) for language in LANGUAGES))
        }
        return rows.get(row, ""), columns.get(column, "")

    def _faults(self, key: CellKey, said: dict[str, str]) -> Iterator[str]:
        if not self.owner.units.filter(code=key.unit).exists():
            yield _("there is no unit “%s”") % said["unit"]
        if not key.row:
            yield _("there is no row “%s”") % said["row"]
        if not key.column:
            yield _("the period has no column “%s”") % said["column"]
        if not 0 < len(said["text"]) <= LONGEST:
            yield _("a note has from 1 to %s characters") % LONGEST


def keep(owner: Municipality, period: Period, notes: Iterable[tuple[CellKey, str]]) -> None:
    """Give figures their notes, external and internal items together."""
    for key, text in notes:
        give_note(municipality=owner, period=period, items=Items.ALL, key=key, text=text)
