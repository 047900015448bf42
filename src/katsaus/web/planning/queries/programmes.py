"""Programmes with what they gather, and adjustment measures with their effects."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Prefetch, Q

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

_Row = TypeVar("_Row")
_FIELDS = {each: each.value for each in PartKind} | {PartKind.PROGRAMME: "part"}


def programmes(municipality: Municipality) -> tuple[Programme, ...]:
    """Return the programmes in their order. Five queries."""
    return _programmes(Q(municipality=municipality))


def programme(municipality: Municipality, code: str) -> Programme | None:
    """Return a programme by its code; None where there is none. Five queries."""
    return next(iter(_programmes(Q(municipality=municipality, code=code))), None)


def _programmes(condition: Q) -> tuple[Programme, ...]:
    emphases = models.ProgrammeEmphasis.objects.select_related("unit")
    rows = models.Programme.objects.filter(condition).prefetch_related(
        Prefetch("emphases", emphases), "targets"
    )
    ids = [row.pk for row in rows]
    found = models.ProgrammePart.objects.filter(programme__in=ids)
    parts = _grouped(
        (part.programme_id, _part(part)) for part in found.select_related(*_FIELDS.values())
    )
    return tuple(
        Programme(
            row.code,
            Names(row.name_fi, row.name_sv, row.name_en),
            ProgrammeKind(row.kind),
            row.description,
            row.is_example,
            tuple(parts.get(row.pk, ())),
            tuple((each.unit.code, each.text) for each in row.emphases.all()),
            tuple(Target(each.year, each.euros, each.person_years) for each in row.targets.all()),
        )
        for row in rows
    )


def _part(row: models.ProgrammePart) -> Part:
    kind, code = next(
        (kind, of.code) for kind, name in _FIELDS.items() if (of := getattr(row, name))
    )
    return Part(kind, code, Relation(row.relation))


def _grouped(pairs: Iterable[tuple[int, _Row]]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for pk, row in pairs:
        found.setdefault(pk, []).append(row)
    return found


def measures(municipality: Municipality, programme: str = "") -> tuple[Measure, ...]:
    """Return the measures of a programme, or of all. Three queries."""
    condition = Q(municipality=municipality)
    return _measures(condition & Q(programme__code=programme) if programme else condition)


def measure(municipality: Municipality, code: str) -> Measure | None:
    """Return a measure by its code; None where there is none. Three queries."""
    return next(iter(_measures(Q(municipality=municipality, code=code))), None)


def _measures(condition: Q) -> tuple[Measure, ...]:
    rows = models.Measure.objects.filter(condition).select_related("programme", "unit")
    return tuple(_measure(row) for row in rows.prefetch_related("effects", "decisions"))


def _measure(row: models.Measure) -> Measure:
    return Measure(
        code=row.code,
        programme=row.programme.code,
        unit=row.unit.code if row.unit else "",
        name=row.name,
        is_permanent=row.is_permanent,
        state=State(row.state) if row.state else None,
        row=row.row,
        note=row.note,
        decisions=tuple(each.code for each in row.decisions.all()),
        effects=tuple(
            Effect(each.year, EffectScenario(each.scenario), each.euros, each.person_years)
            for each in row.effects.all()
        ),
        is_example=row.is_example,
    )


def indicators_on(municipality: Municipality, programme: str) -> tuple[str, ...]:
    """Return the codes of the indicators that stand on a programme. One query."""
    links = models.IndicatorLink.objects.filter(
        programme__municipality=municipality, programme__code=programme
    )
    return tuple(links.values_list("indicator__code", flat=True))
