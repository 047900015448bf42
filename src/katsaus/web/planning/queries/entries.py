"""Indicators and their values as core values: what the other queries are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from katsaus.core.indicators import (
    Aggregation,
    Computed,
    Entry,
    Indicator,
    IndicatorKind,
    Polarity,
    Value,
    ValueScenario,
)
from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


@dataclass(frozen=True, slots=True)
class Placed:
    """An indicator where it stands: its name there, the heading above it, and its values.

    `kind` and `on` are the kind and the code of what it stands on, such as "goal". `missing` names
    the inputs that a computed value lacks.
    """

    indicator: Indicator
    label: str
    group: str
    kind: str
    on: str
    entries: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()


# What an indicator is read by. Rows of models would take thrice the time, and there are thousands.
_OWN = tuple(f"indicator__{each}" for each in ("code", "part_of__code", "owner", "deputy"))
_DEFINED = (
    *("name_fi", "name_sv", "name_en", "kind", "unit_of_measure", "decimals", "polarity"),
    *("aggregation", "is_cumulative", "computed", "source", "method", "version"),
)
DEFINITION = (*_OWN, *_DEFINED)  # of a definition


def indicator_of(told: Iterable[Any]) -> Indicator:
    """Return an indicator as one of its definitions says, told by DEFINITION."""
    code, part_of, owner, deputy, *defined = told
    fi, sv, en, kind, unit_of_measure, decimals, polarity, *rest = defined
    aggregation, is_cumulative, computed, source, method, version = rest
    return Indicator(
        code=code,
        names=Names(fi, sv, en),
        kind=IndicatorKind(kind),
        unit_of_measure=unit_of_measure,
        decimals=decimals,
        polarity=Polarity(polarity),
        aggregation=Aggregation(aggregation),
        is_cumulative=is_cumulative,
        part_of=part_of,
        computed=Computed.parse(computed) if computed else None,
        source=source,
        method=method,
        owner=owner,
        deputy=deputy,
        version=version,
    )


def indicators(condition: Q) -> dict[int, Indicator]:
    """Return the current definitions of the indicators of a condition, by their ids."""
    found = models.IndicatorDefinition.objects.filter(condition, is_current=True)
    rows = found.order_by("indicator__position").values_list("indicator_id", *DEFINITION)
    return {pk: indicator_of(told) for pk, *told in rows}


# What a value is read by.
FIELDS = (
    *("scenario", "year", "month", "number", "of", "low", "high", "on", "text"),
    *("unit__code", "place", "definition__version"),
)


def entries(
    values: QuerySet[models.IndicatorValue],
) -> dict[int, tuple[Entry, ...]]:
    """Return values by the id of their indicator, in the order of time."""
    found: dict[int, list[Entry]] = {}
    rows = values.order_by("year", "month", "pk")
    for pk, code, *told in rows.values_list("indicator_id", "indicator__code", *FIELDS):
        found.setdefault(pk, []).append(entry(code, told))
    return {pk: tuple(each) for pk, each in found.items()}


def entry(code: str, told: Iterable[Any]) -> Entry:
    """Return a value of an indicator, told by FIELDS."""
    scenario, year, month, *measured, unit, place, version = told
    at, value = Period(year, month), Value(*measured)
    return Entry(code, ValueScenario(scenario), at, value, unit or "", place, version)


KINDS = ("goal", "action", "programme", "project", "unit")


# What a link is read by: where its indicator stands, and the indicator.
_CODES = tuple(f"{kind}__code" for kind in KINDS)
_LINKED = (*_OWN, *(f"indicator__definitions__{each}" for each in _DEFINED))


def placed(municipality: Municipality, condition: Q, values: Q | None = None) -> tuple[Placed, ...]:
    """Return the indicators of links of a condition, in their order, each with its values.

    `values` chooses the values; without it there are all. Two queries.
    """
    links = models.IndicatorLink.objects.filter(
        condition, indicator__municipality=municipality, indicator__definitions__is_current=True
    ).order_by("position", "pk")
    rows = list(links.values_list("indicator_id", "label", "group", *_CODES, *_LINKED))
    ids = {pk for pk, *_ in rows}
    chosen = models.IndicatorValue.objects.filter(values or Q(), indicator__in=ids)
    told = entries(chosen) if ids else {}
    return tuple(_placed(of, told.get(pk, ())) for pk, *of in rows)


def _placed(of: list[Any], told: tuple[Entry, ...]) -> Placed:
    label, group, *rest = of
    codes, indicator = rest[: len(KINDS)], rest[len(KINDS) :]
    kind, code = next(each for each in zip(KINDS, codes, strict=True) if each[1])
    return Placed(indicator_of(indicator), label, group, kind, code, told)


def by_place(found: Iterable[Placed]) -> dict[tuple[str, str], tuple[Placed, ...]]:
    """Return indicators by the kind and the code of what they stand on."""
    places: dict[tuple[str, str], list[Placed]] = {}
    for each in found:
        places.setdefault((each.kind, each.on), []).append(each)
    return {place: tuple(each) for place, each in places.items()}
