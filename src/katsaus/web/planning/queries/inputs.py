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


def named(municipality: Municipality, codes: Iterable[str]) -> dict[str, Input]:
    """Return indicators with their values by code. Two queries, none without any."""
    asked = set(codes)
    if not asked:
        return {}
    return _found(Q(indicator__municipality=municipality, indicator__code__in=asked))


def inputs(municipality: Municipality, indicators_of: Iterable[Indicator]) -> dict[str, Input]:
    """Return the inputs and the parts of indicators by code. Two queries, none without any."""
    wholes = list(indicators_of)
    codes = {code for each in wholes if each.computed for code in each.computed.inputs}
    parts = Q(indicator__part_of__code__in=[each.code for each in wholes])
    if not wholes:
        return {}
    here = Q(indicator__municipality=municipality) & (Q(indicator__code__in=codes) | parts)
    return _found(here)


def _found(condition: Q) -> dict[str, Input]:
    told = entries(models.IndicatorValue.objects.filter(condition))
    return {each.code: Input(each, told.get(pk, ())) for pk, each in indicators(condition).items()}
