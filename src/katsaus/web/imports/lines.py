"""Batches as the lines of a list, and the words of what a file is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.ledger.importers import Kind, Recognition
from katsaus.ledger.importers.mapping import AmountsIn
from katsaus.web.imports.messages import count, money
from katsaus.web.imports.models import Batch, Status
from katsaus.web.imports.use_cases import WHOLE, CannotUndoError, Hindrance

KINDS = {
    Kind.ORGANIZATION: gettext_lazy("organisation"),
    Kind.ACCOUNTS: gettext_lazy("accounts"),
    Kind.BUDGET: gettext_lazy("budget"),
    Kind.AMENDMENTS: gettext_lazy("amendments to the budget"),
    Kind.FORECASTS: gettext_lazy("forecasts"),
    Kind.POSTINGS: gettext_lazy("postings"),
}

_HINDRANCES = {
    Hindrance.REFERRED_TO: gettext_lazy(
        "Batch %(batch)s cannot be undone: other figures refer to its units or accounts. Bring in "
        "a mended file."
    ),
    Hindrance.SUPERSEDED: gettext_lazy(
        "Batch %(batch)s cannot be undone: it counts no more, for batch %(other)s superseded it."
    ),
    Hindrance.UNDONE: gettext_lazy("Batch %(batch)s has been undone already."),
    Hindrance.BROUGHT_IN_AGAIN: gettext_lazy(
        "Batch %(batch)s cannot be undone: what it superseded has been brought in again, as batch "
        "%(other)s, and would count twice. Undo that first."
    ),
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with its kind, sum and status in words, and whether it is in force."""

    batch: Batch
    kind: str
    rows: str
    amount: str
    status: str
    counts: bool


def batch_line(batch: Batch) -> BatchLine:
    """Return a batch as a line."""
    return BatchLine(
        batch,
        kind_word(batch.kind),
        count(batch.rows),
        money(batch.cents),
        status_word(batch),
        batch.status == Status.KEPT or _is_updated(batch),
    )


def status_word(batch: Batch) -> str:
    """Return whether a batch counts, and what it has come to where it does not."""
    if _is_updated(batch):
        return _("updated by %s") % batch.superseded_by_id
    if batch.status == Status.SUPERSEDED:
        return _("superseded by %s") % batch.superseded_by_id
    return _("undone") if batch.status == Status.UNDONE else _("counts")


def _is_updated(batch: Batch) -> bool:
    """Whether a later file of units or accounts came: what that does not have stays in force."""
    return batch.status == Status.SUPERSEDED and batch.kind in WHOLE


def hindrance(error: CannotUndoError) -> str:
    """Return why a batch cannot be undone, and what to do where something can be done."""
    other = error.other.pk if error.other else None
    return str(_HINDRANCES[error.hindrance]) % {"batch": error.batch.pk, "other": other}


def kind_word(kind: str) -> str:
    """Return a kind in the language that is active; nothing for a kind that is not known yet."""
    return str(KINDS[Kind(kind)]) if kind else ""


def replacing(kind: str) -> str:
    """Return what a file of a kind takes the place of, where it replaces."""
    if kind == Kind.FORECASTS:
        return _("Replace what the source gave for the same round")
    if kind in (Kind.BUDGET, Kind.AMENDMENTS):
        return _("Replace what the source gave for the same years")
    return _("Replace what the source gave for the same months")


def months(batch: Batch) -> str:
    """Return the months of a batch, such as 1/2023–6/2023; a year as a whole is 2023."""
    ends = dict.fromkeys(_month(each) for each in (batch.first_month, batch.last_month) if each)
    return "\N{EN DASH}".join(ends)


def _month(month: int) -> str:
    year, number = divmod(month, 100)
    return f"{number}/{year}" if number else str(year)


def recognised(found: Recognition, mapping: Mapping[str, object]) -> list[str]:
    """Return how a file was read, in a few words: its sheet or encoding, its marks and dates."""
    parts = {
        _("sheet %s"): found.sheet,
        _("encoding %s"): found.encoding,
        _("delimiter “%s”"): "tab" if found.delimiter == "\t" else found.delimiter,
        _("headers on row %s"): found.header_row or None,
        _("year %s"): found.year,
        _("decimal mark “%s”"): found.decimal,
        _("dates %s"): found.date_format,
    }
    told = [words % value for words, value in parts.items() if value]
    if found.amounts_in == AmountsIn.THOUSAND:
        told.append(_("amounts in thousands of euros"))
    is_turned = mapping.get("sign") == "expense_positive"
    return [*told, *([_("signs: expense +, revenue −")] if is_turned else [])]
