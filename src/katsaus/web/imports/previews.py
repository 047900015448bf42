"""What keeping a file would do: control totals before, of the file, and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.comparing import Comparison
from katsaus.web.imports.control_totals import Total, of_batch, result, signed, total
from katsaus.web.imports.differences import Differences, differences
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
    differences: Differences | None = None


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
        return _of_whole(upload, seen.totals, seen.comparison, before)
    try:
        replaced = use_cases.superseded_by(new, upload.period, replaces=True)
    except use_cases.PartlyReplacedError as error:
        return Preview((_way(before, seen.totals, ()),), in_the_way=error.batch)
    ways = [_way(before, seen.totals, replaced)]
    if replaced:
        ways.append(_way(before, seen.totals, ()))
    return Preview(tuple(ways))


def _of_whole(
    upload: Upload, file: ControlTotals, found: Comparison | None, before: queries.Kept
) -> Preview:
    """Return what a file of units or accounts does; one that was read long ago is not compared."""
    if found is None:
        return Preview((Way(False, _given(before, file)),), updates=True)
    after = total(_("after"), queries.Kept(found.after, None), is_result=True)
    lines = (*_given(queries.Kept(found.before, None), file), after)
    told = differences(upload.municipality, Kind(upload.kind), found)
    return Preview((Way(False, lines),), updates=True, differences=told)


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
