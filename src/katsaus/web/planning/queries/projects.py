"""Projects, person-years, decisions, and what serves each Sustainable Development Goal."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from katsaus.core.figures import total
from katsaus.core.projects import (
    Decision,
    Funding,
    PersonYears,
    PersonYearsScenario,
    Project,
    ProjectState,
)
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models


def projects(municipality: Municipality) -> tuple[Project, ...]:
    """Return the projects in their order. Five queries."""
    rows = models.Project.objects.filter(municipality=municipality)
    return tuple(
        _project(row)
        for row in rows.prefetch_related("units", "actions", "indicators", "cost_centers")
    )


def _project(row: models.Project) -> Project:
    return Project(
        code=row.code,
        name=row.name_fi,
        funder=row.funder,
        own_share=row.own_share,
        total=row.total,
        person_years=row.person_years,
        first_year=row.first_year,
        last_year=row.last_year,
        state=ProjectState(row.state) if row.state else None,
        units=tuple(each.code for each in row.units.all()),
        actions=tuple(each.code for each in row.actions.all()),
        indicators=tuple(each.code for each in row.indicators.all()),
        cost_centers=tuple(each.code for each in row.cost_centers.all()),
        is_example=row.is_example,
    )


def person_years(municipality: Municipality, year: int) -> tuple[PersonYears, ...]:
    """Return the person-years of units in a year. One query."""
    rows = models.PersonYears.objects.filter(unit__municipality=municipality, year=year)
    return tuple(
        PersonYears(
            row.unit.code,
            row.year,
            PersonYearsScenario(row.scenario),
            Funding(row.funding),
            row.person_years,
        )
        for row in rows.select_related("unit")
    )


def decisions(municipality: Municipality) -> tuple[Decision, ...]:
    """Return the decisions with what each set in motion. Three queries."""
    rows = models.Decision.objects.filter(municipality=municipality).annotate(
        amendments=Count("planfigure", filter=Q(planfigure__plan_set__is_current=True))
    )
    return tuple(
        Decision(
            row.code,
            row.body,
            row.decided_on,
            row.section,
            row.title,
            row.link,
            row.undone,
            row.is_example,
            tuple(each.code for each in row.actions.all()),
            tuple(each.code for each in row.measures.all()),
            row.amendments,
        )
        for row in rows.prefetch_related("actions", "measures")
    )


@dataclass(frozen=True, slots=True)
class SdgLine:
    """How many things serve a Sustainable Development Goal or its targets.

    `euros` is the money of its projects, None where none tells any.
    """

    sdg: int
    goals: int
    actions: int
    indicators: int
    measures: int
    projects: int
    euros: Decimal | None


_KINDS = ("goal", "action", "indicator", "measure", "project")


def sdg_summary(municipality: Municipality) -> tuple[SdgLine, ...]:
    """Return a line for each of the 17 goals. Two queries."""
    found = models.SdgLink.objects.filter(municipality=municipality)
    rows = found.values_list("sdg", *(f"{kind}_id" for kind in _KINDS))
    things: dict[tuple[int, str], set[int]] = {}
    for sdg, *ids in rows:
        number = int(sdg.partition(".")[0])
        for kind, pk in zip(_KINDS, ids, strict=True):
            if pk is not None:
                things.setdefault((number, kind), set()).add(pk)
    money = _money(municipality)
    return tuple(
        _line(number, {kind: things.get((number, kind), set()) for kind in _KINDS}, money)
        for number in range(1, 18)
    )


def _line(sdg: int, things: Mapping[str, set[int]], money: Mapping[int, Decimal | None]) -> SdgLine:
    return SdgLine(
        sdg,
        goals=len(things["goal"]),
        actions=len(things["action"]),
        indicators=len(things["indicator"]),
        measures=len(things["measure"]),
        projects=len(things["project"]),
        euros=total(money.get(pk) for pk in things["project"]),
    )


def _money(municipality: Municipality) -> dict[int, Decimal | None]:
    linked = models.Project.objects.filter(municipality=municipality, sdgs__isnull=False)
    return dict(linked.values_list("pk", "total"))
