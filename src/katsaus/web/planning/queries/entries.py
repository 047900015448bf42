"""Indicators and their values as core values: what the other queries are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

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


def definition(row: models.IndicatorDefinition) -> Indicator:
    """Return a definition, read with its indicator and the whole that it is part of."""
    of = row.indicator
    return Indicator(
        code=of.code,
        names=Names(row.name_fi, row.name_sv, row.name_en),
        kind=IndicatorKind(row.kind),
        unit_of_measure=row.unit_of_measure,
        decimals=row.decimals,
        polarity=Polarity(row.polarity),
        aggregation=Aggregation(row.aggregation),
        is_cumulative=row.is_cumulative,
        part_of=of.part_of.code if of.part_of else None,
        computed=Computed.parse(row.computed) if row.computed else None,
        source=row.source,
        method=row.method,
        owner=of.owner,
        deputy=of.deputy,
        version=row.version,
    )


def indicators(condition: Q) -> dict[int, Indicator]:
    """Return the current definitions of the indicators of a condition, by their ids."""
    found = models.IndicatorDefinition.objects.filter(condition, is_current=True)
    rows = found.select_related("indicator__part_of").order_by("indicator__position")
    return {row.indicator_id: definition(row) for row in rows}


# What a value is read by: a row of three models for each of thousands would take thrice the time.
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


def placed(municipality: Municipality, condition: Q, values: Q | None = None) -> tuple[Placed, ...]:
    """Return the indicators of links of a condition, in their order, each with its values.

    `values` chooses the values; without it there are all. Two queries.
    """
    links = models.IndicatorLink.objects.filter(condition, indicator__municipality=municipality)
    found = models.IndicatorDefinition.objects.filter(
        is_current=True, indicator__links__in=links.order_by()
    ).annotate(
        label=F("indicator__links__label"),
        group=F("indicator__links__group"),
        **{kind: F(f"indicator__links__{kind}__code") for kind in KINDS},
    )
    in_order = found.order_by("indicator__links__position", "indicator__links__pk")
    rows = list(in_order.select_related("indicator__part_of"))
    ids = {row.indicator_id for row in rows}
    chosen = models.IndicatorValue.objects.filter(values or Q(), indicator__in=ids)
    told = entries(chosen) if ids else {}
    return tuple(_placed(row, told.get(row.indicator_id, ())) for row in rows)


def _placed(row: Any, told: tuple[Entry, ...]) -> Placed:
    """Return a current definition, annotated with one of its indicator's links, as it stands."""
    kind, code = next((kind, of) for kind in KINDS if (of := getattr(row, kind)))
    return Placed(definition(row), row.label, row.group, kind, code, told)


def by_place(found: Iterable[Placed]) -> dict[tuple[str, str], tuple[Placed, ...]]:
    """Return indicators by the kind and the code of what they stand on."""
    places: dict[tuple[str, str], list[Placed]] = {}
    for each in found:
        places.setdefault((each.kind, each.on), []).append(each)
    return {place: tuple(each) for place, each in places.items()}
