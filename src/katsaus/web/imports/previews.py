"""What keeping a file would do: control totals before, of the file, and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.access.publications import published_change, published_periods
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.comparing import Comparison
from katsaus.web.imports.control_totals import Total, of_batch, result, signed, total
from katsaus.web.imports.coverage import Coverage, Origin, replaced
from katsaus.web.imports.coverage_words import doubled, left, lost
from katsaus.web.imports.differences import Differences, differences
from katsaus.web.imports.doubles_words import beside
from katsaus.web.imports.followers import changes_reports, published_after, spans_of
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
    behind, `published` which published reports change, `beside` what may count twice with figures
    that stay in either way.
    """

    ways: tuple[Way, ...] = ()
    same: Batch | None = None
    in_the_way: Batch | None = None
    lacks_period: bool = False
    updates: bool = False
    differences: Differences | None = None
    leaves: str = ""
    beside: Sequence[str] = ()
    begins: Beginning | None = None
    published: str = ""

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
    before = queries.sums(upload.municipality, kind, seen.totals.years, upload.period)
    if kind in use_cases.WHOLE:
        return _of_whole(upload, seen.totals, seen.comparison, before)
    return _of_figures(upload, seen, seen.totals, before)


def _of_figures(upload: Upload, seen: Seen, file: ControlTotals, before: queries.Kept) -> Preview:
    kind, owner = Kind(upload.kind), upload.municipality
    found = seen.coverage or Coverage(shared=0, lacking=0)
    batches, in_the_way = _replaced(upload, file, kind)
    adding = _way(before, file, ())
    if batches:
        ways = _ways(kind, found, adding, _way(before, file, batches))
    else:
        ways = (replace(adding, told=_doubled(kind, found)),)
    return Preview(
        ways,
        in_the_way=in_the_way,
        leaves=left(found),
        beside=beside(found.doubles, is_own=False),
        begins=beginning(owner, kind, file),
        published=published_after(owner, [*seen.spans, *spans_of(batches)]),
    )


def _replaced(
    upload: Upload, file: ControlTotals, kind: Kind
) -> tuple[Sequence[Batch], Batch | None]:
    """Return the batches that a file can replace, or one that forbids it."""
    try:
        return replaced(Origin.of(upload), file, kind), None
    except use_cases.PartlyReplacedError as error:
        return (), error.batch


def _ways(kind: Kind, found: Coverage, adding: Way, replacing: Way) -> tuple[Way, ...]:
    is_whole, told = not found.lacking, _doubled(kind, found)
    return (
        replace(replacing, is_usual=is_whole, told=lost(kind, found)),
        replace(adding, is_usual=not is_whole and not told, told=told),
    )


def _doubled(kind: Kind, found: Coverage) -> str:
    """Return what would count twice with what the file could replace."""
    return " ".join(filter(None, [doubled(kind, found), *beside(found.doubles, is_own=True)]))


def _of_whole(
    upload: Upload, file: ControlTotals, found: Comparison | None, before: queries.Kept
) -> Preview:
    """Return what a file of units or accounts does; one that was read long ago is not compared."""
    if found is None:
        return Preview((Way(False, _given(before, file)),), updates=True)
    after = total(_("after"), queries.Kept(found.after, None), is_result=True)
    lines = (*_given(queries.Kept(found.before, None), file), after)
    owner, kind = upload.municipality, Kind(upload.kind)
    periods = published_periods(owner) if changes_reports(kind, found) else ()
    return Preview(
        (Way(False, lines),),
        updates=True,
        differences=differences(owner, kind, found),
        published=published_change(periods),
    )


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
