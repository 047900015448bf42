"""Programmes with what they gather, and adjustment measures with their effects."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import CharField, F, Q, Value

from katsaus.core.names import Names
from katsaus.core.programmes import (
    Effect,
    EffectScenario,
    Measure,
    Part,
    PartKind,
    Programme,
    ProgrammeKind,
    Relation,
    Target,
)
from katsaus.core.states import State
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models

_Key = TypeVar("_Key")
_Row = TypeVar("_Row")
_FIELDS = {each: each.value for each in PartKind} | {PartKind.PROGRAMME: "part"}


def programmes(municipality: Municipality) -> tuple[Programme, ...]:
    """Return the programmes in their order. Three queries."""
    return _programmes(Q(municipality=municipality))


def programme(municipality: Municipality, code: str) -> Programme | None:
    """Return a programme by its code; None where there is none. Three queries."""
    return next(iter(_programmes(Q(municipality=municipality, code=code))), None)


def _programmes(condition: Q) -> tuple[Programme, ...]:
    """Read programmes, a row for each target; what they gather; and what they stress."""
    told = {name: F(f"targets__{name}") for name in _TARGET}
    rows = models.Programme.objects.filter(condition).annotate(**told)
    in_order = rows.order_by("position", "pk", "targets__position", "targets__pk")
    targets = _grouped((row, [getattr(row, name) for name in _TARGET]) for row in in_order)
    ids = [row.pk for row in targets]
    parts = _parts(ids)
    emphases = models.ProgrammeEmphasis.objects.filter(programme__in=ids)
    texts = _grouped(
        (pk, (unit, text))
        for pk, unit, text in emphases.values_list("programme_id", "unit__code", "text")
    )
    return tuple(
        Programme(
            row.code,
            Names(row.name_fi, row.name_sv, row.name_en),
            ProgrammeKind(row.kind),
            row.description,
            row.is_example,
            tuple(dict.fromkeys(parts.get(row.pk, ()))),
            tuple(texts.get(row.pk, ())),
            tuple(Target(*aim) for aim in aims if any(part is not None for part in aim)),
        )
        for row, aims in targets.items()
    )


_TARGET = ("year", "euros", "person_years")


def _parts(programmes: list[int]) -> dict[int, list[Part]]:
    """Return what programmes gather or are: their parts, after them the indicators on them."""
    said = models.ProgrammePart.objects.filter(programme__in=programmes).order_by()
    on_them = models.IndicatorLink.objects.filter(programme__in=programmes).order_by()
    place, no_code = ("position", "pk"), Value(None, CharField())
    codes = [f"{name}__code" for name in _FIELDS.values()]
    only = ["indicator__code" if kind is PartKind.INDICATOR else no_code for kind in _FIELDS]
    rows = said.values_list(Value(1), *place, "programme_id", "relation", *codes).union(
        on_them.values_list(Value(2), *place, "programme_id", Value(Relation.GATHERS.value), *only),
        all=True,
    )
    return _grouped((pk, _part(relation, told)) for _, _, _, pk, relation, *told in sorted(rows))


def _part(relation: str, codes: Iterable[str | None]) -> Part:
    kind, code = next((kind, of) for kind, of in zip(_FIELDS, codes, strict=True) if of)
    return Part(kind, code, Relation(relation))


def _grouped(pairs: Iterable[tuple[_Key, _Row]]) -> dict[_Key, list[_Row]]:
    found: dict[_Key, list[_Row]] = {}
    for pk, row in pairs:
        found.setdefault(pk, []).append(row)
    return found


def measures(municipality: Municipality, programme: str = "") -> tuple[Measure, ...]:
    """Return the measures of a programme, or of all. One query."""
    condition = Q(municipality=municipality)
    return _measures(condition & Q(programme__code=programme) if programme else condition)


def measure(municipality: Municipality, code: str) -> Measure | None:
    """Return a measure by its code; None where there is none. One query."""
    return next(iter(_measures(Q(municipality=municipality, code=code))), None)


def _measures(condition: Q) -> tuple[Measure, ...]:
    """Read measures, a row for each effect of each decision."""
    told = {f"effect_{name}": F(f"effects__{name}") for name in _EFFECT}
    rows = models.Measure.objects.filter(condition).annotate(decision=F("decisions__code"), **told)
    in_order = rows.select_related("programme", "unit").order_by(
        "position", "pk", "effects__position", "effects__pk", "decisions__position"
    )
    found = _grouped((row, row) for row in in_order)
    return tuple(_measure(row, rows) for row, rows in found.items())


_EFFECT = ("year", "scenario", "euros", "person_years")


def _measure(row: models.Measure, rows: Iterable[Any]) -> Measure:
    decisions = dict.fromkeys(each.decision for each in rows if each.decision)
    effects = dict.fromkeys(
        Effect(
            each.effect_year,
            EffectScenario(each.effect_scenario),
            each.effect_euros,
            each.effect_person_years,
        )
        for each in rows
        if each.effect_year
    )
    return Measure(
        code=row.code,
        programme=row.programme.code,
        unit=row.unit.code if row.unit else "",
        name=row.name,
        is_permanent=row.is_permanent,
        state=State(row.state) if row.state else None,
        row=row.row,
        note=row.note,
        decisions=tuple(decisions),
        effects=tuple(effects),
        is_example=row.is_example,
    )


def years_of(municipality: Municipality, programme: str) -> tuple[int, ...]:
    """Return the years that a programme's targets or its measures' effects are of. One query."""
    targets = models.ProgrammeTarget.objects.filter(
        programme__municipality=municipality, programme__code=programme, year__isnull=False
    )
    effects = models.MeasureEffect.objects.filter(
        measure__municipality=municipality, measure__programme__code=programme
    )
    of_targets = targets.order_by().values_list("year", flat=True)
    found = of_targets.union(effects.order_by().values_list("year", flat=True))
    return tuple(sorted(year for year in found if year is not None))
