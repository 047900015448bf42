"""The fields of a form for the columns of a table, and their texts to and fro."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from katsaus.core import bridge
from katsaus.definitions import load
from katsaus.definitions.tables import CellKind, Column, Table
from katsaus.web.finance.controls import INDENT
from katsaus.web.finance.numbers import day, formats
from katsaus.web.finance.queries import SCHEME
from katsaus.web.languages import language
from katsaus.web.monitoring.table_words import CHOICE_WORDS
from katsaus.web.planning.exchange.cells import SEPARATOR, period_of, period_text, texts
from katsaus.web.strategy.words import HELPS, OWN_HELPS

Options = Sequence[tuple[str, str]]
MOST_OPTIONS = 300  # more are not for a list to choose from: their codes are typed
MOST_TICKS = 3_000  # nor more for a box of ticks, where those that are chosen come first
_FEW = 12  # ticks that are all seen at once
_LONG = frozenset({"mission", "vision", "description", "note", "text", "method", "undone", "name"})
_LISTS = (CellKind.TEXTS, CellKind.REFERENCES)
_NUMBERS = (CellKind.WHOLE, CellKind.DECIMAL, CellKind.MONEY, CellKind.YEARS, CellKind.YEAR)


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick; the page draws them, those that are chosen apart from the others."""

    def create_option(self, name: str, value: Any, label: Any, *others: Any, **said: Any) -> Any:
        """Return a box; out of its place among the others a label has no indent."""
        option = super().create_option(name, value, label, *others, **said)
        return option | {"label": label.strip()} if option["selected"] else option

    @property
    def are_few(self) -> bool:
        """Whether all of them are seen at once."""
        return len(list(self.choices)) <= _FEW


class Codes(forms.Textarea):
    """Codes, each on a line of its own: of what there is too much to choose from."""

    def format_value(self, value: Any) -> Any:
        """Return the codes as lines."""
        return "\n".join(value) if isinstance(value, list) else super().format_value(value)


def field_of(table: Table, column: Column, options: Options | None) -> forms.Field:
    """Return the field of a column; `options` are what it can refer to, None for too many."""
    said: dict[str, Any] = {"label": label_of(column), "required": False}
    said["help_text"] = OWN_HELPS.get((table.name, column.name)) or HELPS.get(column.kind, "")
    if column.kind is CellKind.YES_NO:
        return forms.BooleanField(**said)
    if column.kind is CellKind.REFERENCES and options is not None:
        return forms.MultipleChoiceField(choices=options, widget=Ticks, **said)
    choices = _choices(table, column) if options is None else options
    if choices is not None:
        return forms.ChoiceField(choices=[("", "\N{EN DASH}"), *choices], **said)
    if column.kind is CellKind.REFERENCES:
        said["help_text"] = _("Their codes, each on a line of its own.")
        return forms.CharField(widget=Codes(attrs={"rows": 6}), **said)
    if column.kind is CellKind.TEXTS or column.name in _LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **said)
    attrs = {"inputmode": "decimal"} if column.kind in _NUMBERS else {}
    return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}), **said)


def example(kind: CellKind) -> str:
    """Return a number of a kind as a person may write it."""
    if kind is CellKind.WHOLE:
        return "12"
    return "-320 000" if kind is CellKind.MONEY else f"1234{formats().decimal}5"


def label_of(column: Column) -> str:
    """Return the head of a column as a label."""
    title = column.title.text(language())
    return title[:1].upper() + title[1:]


def _choices(table: Table, column: Column) -> Options | None:
    """Return the words to choose from; None for a column without such."""
    if column.kind is CellKind.CHOICE:
        words = CHOICE_WORDS[column.of]
        return [(each, str(words[each])) for each in column.choices]
    if column.kind is CellKind.ROW:
        rows = load.scheme(SCHEME).rows
        of_bridge = table.name == "explanations"
        return [
            (row.id, ("" if of_bridge else INDENT * row.level) + row.names.text(language()))
            for row in rows
            if not of_bridge or row.id in bridge.ROWS
        ]
    return None


def shown(column: Column, text: str) -> object:
    """Return a cell's text as its field shows it."""
    if column.kind is CellKind.YES_NO:
        return text == "yes"
    if column.kind is CellKind.TEXTS:
        return "\n".join(texts(text))
    if column.kind is CellKind.REFERENCES:
        return texts(text)
    if column.kind is CellKind.DATE and text:
        return day(date.fromisoformat(text)) if language() != "en" else text
    if column.kind is CellKind.PERIOD:
        return _period(text)
    if column.kind in _NUMBERS:
        return text.replace(".", formats().decimal)
    return text


def _period(text: str) -> str:
    """Return a period as it is chosen; an address may say one that is none."""
    try:
        period = period_of(text)
    except ValueError:
        return text
    return period_text(period.year, period.month)


def given(column: Column, value: object, before: str) -> str:
    """Return what a field was given as a cell's text; chosen things keep the order they had."""
    if column.kind is CellKind.YES_NO:
        return "yes" if value else "no"
    if isinstance(value, list):
        kept = [each for each in texts(before) if each in value]
        return SEPARATOR.join([*kept, *(each for each in value if each not in kept)])
    if column.kind in _LISTS:
        return SEPARATOR.join(filter(None, map(str.strip, str(value or "").splitlines())))
    text = str(value or "").strip()
    return text.removesuffix("€").strip() if column.kind is CellKind.MONEY else text
