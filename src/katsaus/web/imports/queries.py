"""Which batches count, and what they add up to."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from katsaus.core.figures import Cents
from katsaus.core.names import LANGUAGES
from katsaus.core.periods import Period
from katsaus.definitions import load
from katsaus.ledger.importers import Kind, Known
from katsaus.ledger.store import Store
from katsaus.web.imports.models import Batch, Status
from katsaus.web.organization import queries as organization
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one kind: the rows and their sum; None where nothing has a sum."""

    rows: int
    cents: Cents | None


def kept(municipality: Municipality, kind: Kind) -> QuerySet[Batch]:
    """Return the batches of a kind that count."""
    return Batch.objects.filter(municipality=municipality, kind=kind, status=Status.KEPT)


def sums(municipality: Municipality, kind: Kind) -> Kept:
    """Return what the batches of a kind that count add up to."""
    found = kept(municipality, kind).aggregate(rows=Sum("rows"), cents=Sum("cents"))
    return Kept(found["rows"] or 0, found["cents"])


def newest_period(municipality: Municipality) -> Period | None:
    """Return the period up to the last month that postings were brought in for."""
    months = kept(municipality, Kind.POSTINGS).aggregate(last=Max("last_month"))
    return Period(*divmod(months["last"], 100)) if months["last"] else None


def store(municipality: Municipality) -> Store:
    """Return the municipality's folder of posting batches."""
    return Store(Path(settings.LEDGER) / municipality.slug)


def posting_batches(
    municipality: Municipality, first_year: int, last_year: int
) -> dict[str, range]:
    """Return the years of each posting batch with something in the given years, by content hash."""
    batches = kept(municipality, Kind.POSTINGS).filter(
        first_month__lte=last_year * 100 + 12, last_month__gte=first_year * 100
    )
    found = batches.values_list("content_hash", "first_month", "last_month")
    return {
        batch: range(first // 100, last // 100 + 1)
        for batch, first, last in found
        if first is not None and last is not None
    }


def known(municipality: Municipality) -> Known:
    """Return the units, accounts and statement rows that files may name.

    Accounts of every year that a chart is known of are taken: a posting's account must be in
    some chart or among the municipality's own.
    """
    rows = {
        name: row.id
        for scheme in load.schemes().values()
        for row in scheme.rows
        if row.ratio is None
        for name in (row.id, *(row.names.text(language) for language in LANGUAGES))
    }
    accounts = organization.accounts(municipality, load.chart_years())
    return Known(organization.unit_codes(municipality), frozenset(accounts), rows)
