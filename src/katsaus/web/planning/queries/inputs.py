"""Indicators by their codes with all their values: parts of a whole, inputs of a computed one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from katsaus.core.indicators import Entry, Indicator
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import DEFINITION, FIELDS, entry, indicator_of


@dataclass(frozen=True, slots=True)
class Input:
    """An indicator and its values."""

    indicator: Indicator
    entries: tuple[Entry, ...]


def named(municipality: Municipality, codes: Iterable[str]) -> dict[str, Input]:
    """Return indicators with their values by code. One query, none without any."""
    asked = set(codes)
    if not asked:
        return {}
    return _found(Q(indicator__municipality=municipality, indicator__code__in=asked))


def inputs(municipality: Municipality, indicators_of: Iterable[Indicator]) -> dict[str, Input]:
    """Return the inputs and the parts of indicators by code. One query, none without any."""
    wholes = list(indicators_of)
    codes = {code for each in wholes if each.computed for code in each.computed.inputs}
    parts = Q(indicator__part_of__code__in=[each.code for each in wholes])
    if not wholes:
        return {}
    here = Q(indicator__municipality=municipality) & (Q(indicator__code__in=codes) | parts)
    return _found(here)


_VALUE = tuple(f"indicator__values__{each}" for each in FIELDS)


def _found(condition: Q) -> dict[str, Input]:
    """Read each indicator with its values; one without any is a row with nothing of a value."""
    rows = models.IndicatorDefinition.objects.filter(condition, is_current=True).order_by(
        *(f"indicator__{each}" for each in ("position", "values__year", "values__month", "values"))
    )
    found: dict[str, tuple[Indicator, list[Entry]]] = {}
    for told in rows.values_list(*DEFINITION, *_VALUE):
        definition, value = told[: len(DEFINITION)], told[len(DEFINITION) :]
        code = definition[0]
        _, values = found.get(code) or found.setdefault(code, (indicator_of(definition), []))
        if any(part is not None for part in value):
            values.append(entry(code, value))
    return {code: Input(of, tuple(values)) for code, (of, values) in found.items()}
