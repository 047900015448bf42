"""Indicators by their codes with all their values: parts of a whole, inputs of a computed one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from katsaus.core.indicators import Entry, Indicator
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import entries, indicators


@dataclass(frozen=True, slots=True)
class Input:
    """An indicator and its values."""

    indicator: Indicator
    entries: tuple[Entry, ...]


def inputs(municipality: Municipality, codes: Iterable[str]) -> dict[str, Input]:
    """Return indicators by code. Two queries, none without codes."""
    wanted = set(codes)
    if not wanted:
        return {}
    here = Q(indicator__municipality=municipality, indicator__code__in=wanted)
    told = entries(models.IndicatorValue.objects.filter(here))
    return {each.code: Input(each, told.get(pk, ())) for pk, each in indicators(here).items()}
