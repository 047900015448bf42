"""What keeping a file would do: control totals before, of the file, and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.figures import Cents
from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.messages import count, money
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.imports.readings import Seen


@dataclass(frozen=True, slots=True)
class Total:
    """A line of control totals: its name, rows, and the sum as it is shown."""

    label: str
    rows: str
    amount: str
    is_result: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of keeping a file: beside what is there, or in place of some batches."""

    replaces: bool
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The ways in which a file can be kept, the usual one first; `in_the_way` forbids replacing.

    `same` is the batch that holds the file or its rows already: then nothing is kept. A file of
    units or accounts `updates` those that are in it, and the others stay.
    """

    ways: tuple[Way, ...] = ()
    same: Batch | None = None
    in_the_way: Batch | None = None
    lacks_period: bool = False
    updates: bool = False


def preview(upload: Upload, seen: Seen) -> Preview:
    """Return what keeping a file without faults would do."""
    kind = Kind(upload.kind)
    same = queries.same(upload, seen.file_hash)
    if same or seen.totals is None:
        return Preview(same=same)
    if kind is Kind.FORECASTS and not upload.period:
        return Preview(lacks_period=True)
    new = Batch(
        municipality=upload.municipality,
        kind=kind,
        source=upload.source,
        first_month=seen.totals.first_month,
        last_month=seen.totals.last_month,
    )
    before = queries.sums(upload.municipality, kind)
    if kind in use_cases.WHOLE:
        return Preview((Way(False, _given(before, seen.totals)),), updates=True)
    try:
        replaced = use_cases.superseded_by(new, upload.period, replaces=True)
    except use_cases.PartlyReplacedError as error:
        return Preview((_way(before, seen.totals, ()),), in_the_way=error.batch)
    ways = [_way(before, seen.totals, replaced)]
    if replaced:
        ways.append(_way(before, seen.totals, ()))
    return Preview(tuple(ways))


def _way(before: queries.Kept, file: ControlTotals, replaced: Sequence[Batch]) -> Way:
    rows = before.rows + file.rows - sum(batch.rows for batch in replaced)
    parts = [before.cents, file.cents, *(_negative(batch.cents) for batch in replaced)]
    known = [cents for cents in parts if cents is not None]
    lines = (
        *_given(before, file),
        *(
            Total(
                _("superseded: %s") % batch.file_name,
                count(-batch.rows),
                money(_negative(batch.cents)),
            )
            for batch in replaced
        ),
        Total(_("after"), count(rows), money(sum(known) if known else None), is_result=True),
    )
    return Way(bool(replaced), lines)


def _given(before: queries.Kept, file: ControlTotals) -> tuple[Total, ...]:
    return (
        Total(_("before"), count(before.rows), money(before.cents)),
        Total(_("file"), count(file.rows), money(file.cents)),
    )


def _negative(cents: Cents | None) -> Cents | None:
    return None if cents is None else -cents
