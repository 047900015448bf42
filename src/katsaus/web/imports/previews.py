"""What keeping a file would do: control totals before, of the file, and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.control_totals import Total, of_batch, result, signed, total
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.imports.readings import Seen


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
    gone = [signed(batch, goes=True) for batch in replaced]
    lines = (
        *_given(before, file),
        *(of_batch(_("superseded"), batch, goes=True) for batch in replaced),
        result(before, queries.Kept(file.rows, file.cents), *gone),
    )
    return Way(bool(replaced), lines)


def _given(before: queries.Kept, file: ControlTotals) -> tuple[Total, ...]:
    return (
        total(_("before"), before),
        total(_("file"), queries.Kept(file.rows, file.cents)),
    )
