"""What a person does to the limits of deviations."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from katsaus.core.deviations import Threshold
from katsaus.core.organization import Level
from katsaus.definitions.thresholds import Thresholds, thresholds
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Limit, LimitOf
from katsaus.web.planning.queries.limits import limits
from katsaus.web.users.models import User


@transaction.atomic
def keep_limits(
    *, municipality: Municipality, given: Thresholds, person: User | None = None
) -> None:
    """Give the municipality its own limits; the usual ones are kept as no limits of its own."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = _state(limits(municipality))
    Limit.objects.filter(municipality=municipality).delete()
    if given != thresholds():
        Limit.objects.bulk_create(
            Limit(
                municipality=municipality,
                of=of,
                level=level,
                percent=limit.fraction.scaleb(2),
                euros=limit.euros,
            )
            for of, by_level in _by_kind(given).items()
            for level, limit in by_level.items()
        )
    after = _state(given)
    if before != after:
        record(
            person=person,
            municipality=municipality.slug,
            action="limits.changed",
            subject="",
            touches=Touch.TOLD,
            before=before,
            after=after,
        )


def _by_kind(given: Thresholds) -> dict[LimitOf, Mapping[Level, Threshold]]:
    return {LimitOf.FORECAST: given.forecast, LimitOf.PACE: given.pace}


def _state(given: Thresholds) -> dict[str, Json]:
    """Return the limits as the audit trail tells them: percent of the budget, and euros."""
    return {
        f"{of} ({level})": [_plain(limit.fraction.scaleb(2)), _plain(limit.euros)]
        for of, by_level in _by_kind(given).items()
        for level, limit in by_level.items()
    }


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
