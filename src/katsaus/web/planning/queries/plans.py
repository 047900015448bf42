"""The plan figures that count for a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from katsaus.core.figures import Scenario
from katsaus.core.periods import Period
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure, PlanSet


def figures(municipality: Municipality, period: Period) -> QuerySet[PlanFigure]:
    """Return the budget, the amendments decided by the period's end, the round's forecast.

    The forecast is that of the latest round of the year that is not after the period.
    """
    current = PlanFigure.objects.filter(
        plan_set__municipality=municipality, plan_set__is_current=True, year=period.year
    )
    return current.filter(
        Q(plan_set__scenario=Scenario.BUDGET)
        | Q(plan_set__scenario=Scenario.AMENDMENT, decision__decided_on__lte=period.ends_on)
        | Q(plan_set__scenario=Scenario.FORECAST, plan_set__round=_round(municipality, period))
    )


def _round(municipality: Municipality, period: Period) -> str:
    rounds = PlanSet.objects.filter(
        municipality=municipality,
        scenario=Scenario.FORECAST,
        is_current=True,
        round__startswith=f"{period.year}-",
        round__lte=period.code,
    )
    return rounds.order_by("-round").values_list("round", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Given:
    """When a plan figure was decided or given, by whom and why, and its row in the file."""

    on: date | None
    text: str
    source_row: int | None


def described(figure_ids: Iterable[int]) -> dict[int, Given]:
    """Return what is known of plan figures besides their amounts, by id."""
    found = PlanFigure.objects.filter(pk__in=list(figure_ids)).select_related("decision")
    return {figure.pk: _given(figure) for figure in found}


def _given(figure: PlanFigure) -> Given:
    giver = str(figure.decision) if figure.decision else figure.given_by
    on = figure.decision.decided_on if figure.decision else figure.given_on
    text = ": ".join(part for part in (giver, figure.text) if part)
    return Given(on, text, figure.source_row)
