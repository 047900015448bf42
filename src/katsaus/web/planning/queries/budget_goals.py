"""The goals decided with a year's budget, and their indicators with the values of the year."""

from django.db.models import Q

from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import Placed, placed


def years(municipality: Municipality) -> tuple[int, ...]:
    """Return the years whose budgets have goals, the newest first. One query."""
    goals = models.Goal.objects.filter(municipality=municipality, year__isnull=False)
    found = goals.order_by("-year").values_list("year", flat=True).distinct()
    return tuple(year for year in found if year is not None)


def indicators(municipality: Municipality, year: int) -> tuple[Placed, ...]:
    """Return the indicators that stand on the goals of a year's budget. Three queries."""
    return placed(municipality, Q(goal__year=year), Q(year=year))
