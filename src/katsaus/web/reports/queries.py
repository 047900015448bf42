"""Which reports there are to show."""

from dataclasses import dataclass

from django.db.models import Max

from katsaus.core.periods import Period
from katsaus.ledger.importers import Kind
from katsaus.web.imports.models import Batch, Status
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True, slots=True)
class Latest:
    """A municipality and the newest period that postings were brought in for."""

    municipality: Municipality
    period: Period


def latest() -> list[Latest]:
    """Return each municipality that has postings, with its newest period, by name."""
    newest = Batch.objects.filter(kind=Kind.POSTINGS, status=Status.KEPT)
    months = dict(newest.values_list("municipality").annotate(Max("last_month")))
    return [
        Latest(municipality, Period(*divmod(months[municipality.pk], 100)))
        for municipality in Municipality.objects.filter(pk__in=months).order_by("name_fi")
    ]
