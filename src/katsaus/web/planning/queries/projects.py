"""Projects, person-years, decisions and the budget amendments that rest on them."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

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


def person_years(municipality: Municipality, *years: int) -> tuple[PersonYears, ...]:
    """Return the person-years of units in years. One query."""
    rows = models.PersonYears.objects.filter(unit__municipality=municipality, year__in=years)
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
class Amendments:
    """The amendments of a year's budget that rest on a decision; `cents` better +."""

    decision: str
    year: int
    count: int
    cents: int


def amendments(municipality: Municipality) -> tuple[Amendments, ...]:
    """Return the budget amendments by decision and year. One query."""
    rows = models.PlanFigure.objects.filter(
        plan_set__municipality=municipality, plan_set__is_current=True, decision__isnull=False
    )
    sums = rows.values_list("decision__code", "year").annotate(Count("pk"), Sum("cents"))
    return tuple(Amendments(*each) for each in sums.order_by("year", "decision__code"))
