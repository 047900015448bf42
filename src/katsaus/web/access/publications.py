"""Which reports anyone may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.periods import Period
from katsaus.web.access.models import Publication
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True, slots=True)
class Published:
    """A report that anyone may read."""

    municipality: Municipality
    period: Period


def latest() -> list[Published]:
    """Return the newest published report of each municipality, by the municipality's name."""
    found = Publication.objects.select_related("municipality").order_by("period")
    newest = {each.municipality_id: each for each in found}
    return [
        Published(each.municipality, Period.parse(each.period))
        for each in sorted(newest.values(), key=lambda each: each.municipality.name_fi)
    ]


def published_periods(municipality: Municipality) -> tuple[Period, ...]:
    """Return the periods whose reports anyone may read, the earliest first."""
    found = Publication.objects.filter(municipality=municipality).order_by("period")
    return tuple(map(Period.parse, found.values_list("period", flat=True)))


def is_published(municipality: Municipality, period: Period) -> bool:
    """Whether anyone may read the period's report."""
    return Publication.objects.filter(municipality=municipality, period=period.code).exists()


def published_change(periods: Iterable[Period]) -> str:
    """Return that the published reports of some periods change; empty of none."""
    named = ", ".join(period.months for period in periods)
    return _("Published reports change too: %s.") % named if named else ""
