"""The plan figures of a year, and the notes on a period's figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from katsaus.core.bridge import Appropriation, DeviationItem, Duration
from katsaus.core.figures import Items
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.models import FigureNote, PlanFigure


def figures(municipality: Municipality, year: int) -> QuerySet[PlanFigure]:
    """Return the plan figures of a year that nothing has superseded, of all rounds."""
    return PlanFigure.objects.filter(
        plan_set__municipality=municipality, plan_set__is_current=True, year=year
    )


@dataclass(frozen=True, slots=True)
class Given:
    """How a plan figure came about: the decision of an amendment, or who gave it; when and why.

    `body` and `section` are of the decision, `on` is its day or the day of giving, `source_row`
    the row in the file. `month` 0 is the `year` as a whole.
    """

    on: date | None
    body: str
    section: str
    giver: str
    reason: str
    source_row: int | None
    year: int
    month: int


def described(figure_ids: Iterable[int]) -> dict[int, Given]:
    """Return what is known of plan figures besides their amounts, by id."""
    found = PlanFigure.objects.filter(pk__in=list(figure_ids)).select_related("decision")
    return {figure.pk: _given(figure) for figure in found}


def _given(figure: PlanFigure) -> Given:
    decision = figure.decision
    return Given(
        on=decision.decided_on if decision else figure.given_on,
        body=decision.body if decision else "",
        section=decision.section if decision else "",
        giver=figure.given_by,
        reason=figure.text,
        source_row=figure.source_row,
        year=figure.year,
        month=figure.month,
    )


def notes(municipality: Municipality, period: Period, items: Items) -> dict[CellKey, str]:
    """Return the notes on a period's figures, by the figure."""
    found = FigureNote.objects.filter(municipality=municipality, period=period.code, items=items)
    fields = found.values_list("unit__code", "row", "column", "text")
    return {CellKey(unit, row, column): text for unit, row, column, text in fields}


def explanations(municipality: Municipality, period: Period) -> tuple[DeviationItem, ...]:
    """Return what the deviations of a period are made of, in the order given. One query."""
    found = models.DeviationItem.objects.filter(
        municipality=municipality, year=period.year, month=period.month
    )
    fields = ("pk", "unit__code", "row", "cause", "euros", "duration", "appropriation")
    return tuple(
        DeviationItem(
            number,
            unit,
            row,
            cause,
            euros,
            Duration(duration) if duration else None,
            Appropriation(appropriation) if appropriation else None,
        )
        for number, unit, row, cause, euros, duration, appropriation in found.values_list(*fields)
    )
