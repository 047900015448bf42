"""What stands on a unit's code: then the code stays, and an end of the unit is told with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from katsaus.web.administration.cubes import asked, was_posted
from katsaus.web.imports import queries as imports
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure
from katsaus.web.reports.models import ReportText


def has_figures(municipality: Municipality, code: str) -> bool:
    """Whether a figure, a posting or a text of the report was ever given for a unit's code."""
    plans = PlanFigure.objects.filter(unit__municipality=municipality, unit__code=code)
    texts = ReportText.objects.filter(municipality=municipality, place=code)
    return plans.exists() or texts.exists() or was_posted(municipality, "unit", code)


@dataclass(frozen=True, slots=True)
class YearOnUnit:
    """How many postings and rows of plans that count a unit has of a year."""

    unit: str
    year: int
    postings: int
    plans: int


def years_after(municipality: Municipality, codes: Sequence[str], year: int) -> list[YearOnUnit]:
    """Return the years after a year that units have figures of, by unit and year."""
    postings = Counter(_postings_after(municipality, codes, year))
    figures = PlanFigure.objects.filter(
        plan_set__municipality=municipality,
        plan_set__is_current=True,
        unit__code__in=codes,
        year__gt=year,
    )
    counted = figures.values_list("unit__code", "year").annotate(rows=Count("id"))
    plans = {(code, each): rows for code, each, rows in counted}
    places = sorted({*postings, *plans})
    return [YearOnUnit(*each, postings[each], plans.get(each, 0)) for each in places]


def _postings_after(
    municipality: Municipality, codes: Sequence[str], year: int
) -> dict[tuple[str, int], int]:
    query = """
        SELECT unit, year, sum(postings) FROM {cubes}
        WHERE list_contains(?::VARCHAR[], unit) AND year > ? GROUP BY unit, year
    """
    batches = imports.posting_batches(municipality)
    found = asked(municipality, batches, query, [list(codes), year])
    return {(unit, each): int(count) for unit, each, count in found}
