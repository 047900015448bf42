"""What keeping a file would do: control totals before, of the file, and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.comparing import Comparison
from katsaus.web.imports.control_totals import Total, of_batch, result, signed, total
from katsaus.web.imports.coverage import Coverage, Origin, replaced
from katsaus.web.imports.coverage_words import doubled, left, lost
from katsaus.web.imports.differences import Differences, differences
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.imports.new_periods import Beginning, beginning
from katsaus.web.imports.readings import Seen


@dataclass(frozen=True, slots=True)
class Way:
    """One way of keeping a file: beside what is there, or in place of some batches.

    `is_usual` is the one that is chosen until the person says otherwise; `told` is what would be
    lost by it, or would count twice.
    """

    replaces: bool
    totals: tuple[Total, ...]
    is_usual: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The ways in which a file can be kept; `in_the_way` forbids replacing.

    `same` is the batch that holds the file or its rows already: then nothing is kept. A file of
    units or accounts `updates` those that are in it, and the others stay. `begins` is the period
    that begins with the file's postings; `leaves` tells what a new round of forecasts leaves
    behind.
    """

    ways: tuple[Way, ...] = ()
    same: Batch | None = None
    in_the_way: Batch | None = None
    lacks_period: bool = False
    updates: bool = False
    differences: Differences | None = None
    leaves: str = ""
    begins: Beginning | None = None

    @property
    def is_open(self) -> bool:
        """Whether no way is the usual one, so that the person must choose."""
        return not any(way.is_usual for way in self.ways)


def preview(upload: Upload, seen: Seen) -> Preview:
    """Return what keeping a file without faults would do."""
    kind = Kind(upload.kind)
    same = queries.same(upload, seen.file_hash)
    if same or seen.totals is None:
        return Preview(same=same)
    if kind is Kind.FORECASTS and not upload.period:
        return Preview(lacks_period=True)
    before = queries.sums(upload.municipality, kind, seen.totals, upload.period)
    if kind in use_cases.WHOLE:
        return _of_whole(upload, seen.totals, seen.comparison, before)
    begins = beginning(upload.municipality, kind, seen.totals)
    found = seen.coverage or Coverage(shared=0, lacking=0)
    adding = replace(_way(before, seen.totals, ()), told=doubled(kind, found))
    try:
        batches = replaced(Origin.of(upload), seen.totals, kind)
    except use_cases.PartlyReplacedError as error:
        return Preview((adding,), in_the_way=error.batch, begins=begins)
    if not batches:
        return Preview((replace(adding, told=""),), begins=begins, leaves=left(found))
    replacing = replace(_way(before, seen.totals, batches), told=lost(kind, found))
    is_whole = not found.lacking
    ways = (
        replace(replacing, is_usual=is_whole),
        replace(adding, is_usual=not is_whole and not found.shared),
    )
    return Preview(ways, begins=begins, leaves=left(found))


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
