"""The form of one row of a table, made of the table's columns."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from katsaus.definitions.tables import Column, Table
from katsaus.web.monitoring.table_words import cell_words
from katsaus.web.planning.exchange.cells import texts as cell_texts
from katsaus.web.planning.exchange.faults import Fault, FaultCode, sentence
from katsaus.web.planning.exchange.records import Record
from katsaus.web.planning.use_cases.rows import mark_of
from katsaus.web.strategy.fields import Options, example, field_of, given, shown
from katsaus.web.strategy.words import SELDOM

_EXAMPLE = "is_example"
_NAMES = ("name_fi", "name", "title", "section")


class RowForm(forms.Form):
    """The cells of a row; `record` is the row as it is, None for a new one."""

    def __init__(
        self,
        data: QueryDict | None,
        table: Table,
        options: Mapping[str, Options | None],
        record: Record | None,
        initial: Mapping[str, str],
    ) -> None:
        self._table, self._record, self._data = table, record, data or QueryDict()
        texts = record or initial
        values = {
            column.name: shown(column, texts[column.name])
            for column in table.columns
            if column.name in texts
        }
        super().__init__(data, initial={**values, "seen": mark_of(record) if record else ""})
        for column in table.columns:
            if column.name == _EXAMPLE and texts.get(_EXAMPLE) != "yes":
                continue  # that a row is an example is told by the files of examples
            own = (record or {}).get(column.name, "")
            known = _with_own(options.get(column.name), column, own)
            self.fields[column.name] = field_of(table, column, known)
        if record and "code" in self.fields:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = ""
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.use_required_attribute = False

    @property
    def often(self) -> list[forms.BoundField]:
        """The fields that are mostly filled in."""
        return [each for each in self.visible_fields() if each.name not in SELDOM]

    @property
    def seldom(self) -> list[forms.BoundField]:
        """The fields that stand behind a word."""
        return [each for each in self.visible_fields() if each.name in SELDOM]

    @property
    def opens(self) -> bool:
        """Whether a field that is seldom filled in has something to be seen."""
        return any(each.errors or each.value() for each in self.seldom if each.name != "code")

    def cells(self, taken: frozenset[str]) -> Record:
        """Return what a valid form was given; a code that was left out is one not `taken`."""
        before, said = self._record or {}, self.cleaned_data
        cells = {
            column.name: given(column, said.get(column.name), before.get(column.name, ""))
            for column in self._table.columns
        }
        if cells.get("code") == "" and self._record is None:
            cells["code"] = _code(cells, taken)
        return cells

    def name_of_code(self) -> str:
        """Return the beginning of the code that a new row gets where none is given."""
        return _code(self.cells(frozenset()), frozenset())

    def tell(self, faults: tuple[Fault, ...]) -> None:
        """Say each fault at its field; a code that only waits for its name is none."""
        others = [each for each in faults if (each.field, each.code) != ("code", FaultCode.EMPTY)]
        for fault in others or faults:
            self.add_error(fault.field if fault.field in self.fields else None, self._said(fault))

    def _said(self, fault: Fault) -> str:
        """Return what is wrong; only a file has a column to which words belong."""
        if fault.code is not FaultCode.BAD_NUMBER:
            return sentence(fault)
        kind = self._table.column(fault.field).kind
        said = {"value": fault.value[:200], "example": example(kind)}
        return _("“%(value)s” is not a number. Write it like %(example)s.") % said

    def refuse_unit(self) -> None:
        """Say that a row is not the person's to keep: it has no unit, or another one."""
        if self.cleaned_data["unit"]:
            self.add_error("unit", _("This unit is not yours to edit. Choose one of your own."))
            return
        self.tell((Fault(FaultCode.EMPTY, self._table.name, field="unit"),))

    def changed_meanwhile(self, now: Record | None) -> None:
        """Say how the row is now; what was typed stays, and is kept when sent again."""
        if now is None:
            self.add_error(None, _("Someone has removed the row meanwhile. Add it anew."))
            return
        self.data = self._data.copy()
        self.data["seen"] = mark_of(now)
        self.add_error(
            None,
            _(
                "Someone has changed the row meanwhile. What you gave is below: look it over and "
                "save again, or leave without saving."
            ),
        )


def _with_own(options: Options | None, column: Column, own: str) -> Options | None:
    """Return what can be chosen, and what the row has besides it, such as a unit that has ended."""
    known = dict(options or ())
    others = [
        (code, cell_words(column, {column.name: code}, {}))
        for code in cell_texts(own)
        if code not in known
    ]
    return [*options, *others] if options is not None else None


def _code(cells: Record, taken: frozenset[str]) -> str:
    """Return a code made of the row's name that no other row has."""
    name = next((cells[each] for each in _NAMES if cells.get(each)), "")
    stem = slugify(name).replace("-", "_")[:60].strip("_")
    if not stem or stem not in taken:
        return stem
    return next(code for n in range(2, len(taken) + 3) if (code := f"{stem}_{n}") not in taken)
