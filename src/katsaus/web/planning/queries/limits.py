"""When a deviation is worth telling in a municipality."""

from dataclasses import replace

from katsaus.core.deviations import Threshold
from katsaus.core.organization import Level
from katsaus.definitions.thresholds import Thresholds, thresholds
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Limit, LimitOf


def limits(municipality: Municipality) -> Thresholds:
    """Return the municipality's own limits, or the usual ones where it has given none."""
    found: dict[str, dict[Level, Threshold]] = {of: {} for of in LimitOf}
    for limit in Limit.objects.filter(municipality=municipality):
        level = Threshold(limit.percent.scaleb(-2), limit.euros)
        found[limit.of][Level(limit.level)] = level
    if not any(found.values()):
        return thresholds()
    return replace(thresholds(), forecast=found[LimitOf.FORECAST], pace=found[LimitOf.PACE])
