"""Which batches count, and what they add up to."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum

from katsaus.core.figures import Cents
from katsaus.core.periods import Period
from katsaus.ledger.importers import Kind
from katsaus.ledger.store import Store, of_years
from katsaus.web.audit.models import Event
from katsaus.web.imports.models import Batch, State, Status, Upload
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure

# The number of a batch by its kind, and by the hash of its file and by the number itself.
Same = dict[tuple[str, str | int | None], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one kind: the rows and their sum; None where nothing has a sum."""

    rows: int
    cents: Cents | None


def kept(municipality: Municipality, kind: Kind) -> QuerySet[Batch]:
    """Return the batches of a kind that count."""
    return Batch.objects.filter(municipality=municipality, kind=kind, status=Status.KEPT)


def same(upload: Upload, file_hash: str) -> Batch | None:
    """Return the batch that counts and holds the same file, or rows that were found to be same."""
    found = kept(upload.municipality, Kind(upload.kind))
    return found.filter(Q(file_hash=file_hash) | Q(pk=upload.batch_id)).first()


def same_batches(
    municipality: Municipality, hashes: Collection[str], pks: Collection[int | None]
) -> Same:
    """Return the batches that count of some files, or of some numbers."""
    found = Batch.objects.filter(municipality=municipality, status=Status.KEPT)
    found = found.filter(Q(file_hash__in=hashes) | Q(pk__in=[pk for pk in pks if pk]))
    same: Same = {}
    for pk, kind, file_hash in found.values_list("pk", "kind", "file_hash"):
        same[kind, file_hash] = same[kind, pk] = pk
    return same


def beside(batch: Batch) -> QuerySet[Batch]:
    """Return the other batches that are added up with it in some of the same months."""
    others = kept(batch.municipality, Kind(batch.kind)).exclude(pk=batch.pk)
    if batch.kind == Kind.FORECASTS:
        others = others.filter(plan_set__round=batch.plan_set.round if batch.plan_set else "")
    return others.filter(first_month__lte=batch.last_month, last_month__gte=batch.first_month)


def sums(
    municipality: Municipality | None,
    kind: Kind,
    years: range | None = None,
    period: str = "",
    trial: Store | None = None,
) -> Kept:
    """Return what is kept of a kind: the batches that count, of units and accounts themselves.

    With the years of a file only what is of them is summed, of forecasts that of the round, so that
    the sums can be held against the system that the file comes from. A trial has some of the
    batches in a ledger of its own. Of a municipality that is not there yet nothing is kept.
    """
    if municipality is None:
        return Kept(0, None)
    if kind is Kind.ORGANIZATION:
        return Kept(municipality.units.count(), None)
    if kind is Kind.ACCOUNTS:
        return Kept(municipality.accounts.count(), None)
    batches = kept(municipality, kind)
    if kind is Kind.FORECASTS and period:
        batches = batches.filter(plan_set__round=period)
    if years is None:
        return _whole(batches)
    within = Q(first_month__gte=years[0] * 100, last_month__lte=years[-1] * 100 + 12)
    reaching = batches.filter(
        first_month__lte=years[-1] * 100 + 12, last_month__gte=years[0] * 100
    ).exclude(within)
    return added(
        _whole(batches.filter(within)),
        _parts_of_postings(municipality, reaching, years, trial)
        if kind is Kind.POSTINGS
        else _parts_of_plans(reaching, years),
    )


def _whole(batches: QuerySet[Batch]) -> Kept:
    found = batches.aggregate(rows=Sum("rows"), cents=Sum("cents"))
    return Kept(found["rows"] or 0, found["cents"])


def _parts_of_plans(batches: QuerySet[Batch], years: range) -> Kept:
    figures = PlanFigure.objects.filter(
        plan_set__batch__in=batches, year__range=(years[0], years[-1])
    )
    found = figures.aggregate(rows=Count("pk"), cents=Sum("cents"))
    return Kept(found["rows"], found["cents"])


def _parts_of_postings(
    owner: Municipality, batches: QuerySet[Batch], years: range, trial: Store | None
) -> Kept:
    stores = [store(owner), *([trial] if trial else [])]
    cubes = {
        cube.name: cube
        for batch in batches.values_list("content_hash", flat=True)
        for each in stores
        if (cube := each.cube(batch)).exists()
    }
    return Kept(*of_years(cubes.values(), years)) if cubes else Kept(0, None)


def added(*parts: Kept) -> Kept:
    """Return what the parts add up to."""
    known: list[Cents] = [part.cents for part in parts if part.cents is not None]
    return Kept(sum(part.rows for part in parts), sum(known) if known else None)


def undoing(batch: Batch) -> Event | None:
    """Return what the audit trail tells of the undoing of a batch: by whom, and when."""
    found = Event.objects.filter(municipality=batch.municipality.slug, action="batch.undone")
    return found.filter(subject__startswith=f"{batch.pk} ").first()


def history(municipality: Municipality) -> QuerySet[Batch]:
    """Return all batches with the people who brought them in, the newest first."""
    found = Batch.objects.filter(municipality=municipality).order_by("-id")
    return found.select_related("imported_by")


def open_uploads(municipality: Municipality) -> QuerySet[Upload]:
    """Return the files that are neither kept nor discarded, the newest first."""
    found = Upload.objects.filter(municipality=municipality)
    return found.exclude(state__in=(State.KEPT, State.DISCARDED)).select_related("person")


def sources(municipality: Municipality) -> list[str]:
    """Return the sources that files have come from, in the order of the alphabet."""
    found = Batch.objects.filter(municipality=municipality).order_by("source")
    return list(found.values_list("source", flat=True).distinct())


def newest_period(municipality: Municipality) -> Period | None:
    """Return the period up to the last month that postings were brought in for."""
    months = kept(municipality, Kind.POSTINGS).aggregate(last=Max("last_month"))
    return Period(*divmod(months["last"], 100)) if months["last"] else None


def store(municipality: Municipality) -> Store:
    """Return the municipality's folder of posting batches."""
    return Store(Path(settings.LEDGER) / municipality.slug)


def computed(municipality: Municipality) -> Path:
    """Return the folder of what was computed of the municipality's postings; it may be emptied."""
    return Path(settings.COMPUTED) / municipality.slug


def posting_batches(municipality: Municipality) -> dict[str, tuple[int, int]]:
    """Return the first and last month (202306) of each posting batch, by content hash."""
    batches = kept(municipality, Kind.POSTINGS)
    found = batches.values_list("content_hash", "first_month", "last_month")
    return {
        batch: (first, last)
        for batch, first, last in found
        if first is not None and last is not None
    }
