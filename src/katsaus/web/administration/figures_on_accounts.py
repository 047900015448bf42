"""What stands on an account: it moves when the account's row does."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from katsaus.core.figures import Scenario, euros
from katsaus.web.administration.cubes import asked, was_posted
from katsaus.web.imports import queries as imports
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import FigureNote, PlanFigure


@dataclass(frozen=True, slots=True)
class YearOnAccount:
    """What an account has of a year in euros, revenue + and expenses -; None where nothing."""

    year: int
    actual: Decimal | None
    plans: Decimal | None


def years_on_account(municipality: Municipality, number: str) -> list[YearOnAccount]:
    """Return what counts of an account, the newest year first; plans are the amended budget."""
    figures = PlanFigure.objects.filter(
        plan_set__municipality=municipality,
        plan_set__is_current=True,
        plan_set__scenario__in=[Scenario.BUDGET, Scenario.AMENDMENT],
        account=number,
    )
    plans = dict(figures.values_list("year").annotate(cents=Sum("cents")))
    actual = _posted(municipality, number)
    return [
        YearOnAccount(year, _euros(actual.get(year)), _euros(plans.get(year)))
        for year in sorted({*actual, *plans}, reverse=True)
    ]


def is_used(municipality: Municipality, number: str) -> bool:
    """Whether a posting, a plan or a note was ever given on an account."""
    plans = PlanFigure.objects.filter(plan_set__municipality=municipality, account=number)
    notes = FigureNote.objects.filter(municipality=municipality, row__endswith=f".{number}")
    return plans.exists() or notes.exists() or was_posted(municipality, "account", number)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else euros(cents)


def _posted(municipality: Municipality, number: str) -> dict[int, int]:
    query = "SELECT year, sum(cents) FROM {cubes} WHERE account = ? GROUP BY year"
    batches = imports.posting_batches(municipality)
    return {year: int(cents) for year, cents in asked(municipality, batches, query, [number])}
