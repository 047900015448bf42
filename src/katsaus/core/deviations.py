"""Comparisons of two amounts: deviation, realization rate, relative change, thresholds."""

from dataclasses import dataclass
from decimal import Decimal


def deviation(forecast: Decimal | None, amended_budget: Decimal | None) -> Decimal | None:
    """Return forecast - amended budget, in the unit of the two; positive is better.

    Revenue is positive and expenses negative, so one subtraction serves both: revenue 100
    under budget is -100, expenses 100 under budget is +100. None when nothing was forecast;
    a forecast without a budget deviates by all of itself.
    """
    if forecast is None:
        return None
    return forecast - (amended_budget or Decimal(0))


def realization_rate(actual: Decimal | None, amended_budget: Decimal | None) -> Decimal | None:
    """Return actual / amended budget as a fraction; None where the budget is zero or missing.

    A row with a budget and nothing booked has a rate of 0.
    """
    if not amended_budget:
        return None
    return (actual or Decimal(0)) / amended_budget


def change(value: Decimal | None, reference: Decimal | None) -> Decimal | None:
    """Return (value - reference) / |reference| as a fraction; None where one is missing.

    A change from zero to something has no finite size, and is None unless nothing changed.
    """
    if value is None or reference is None:
        return None
    if reference == 0:
        return Decimal(0) if value == 0 else None
    return (value - reference) / abs(reference)


def pace_deviation(
    actual: Decimal | None, amended_budget: Decimal | None, share: Decimal
) -> Decimal | None:
    """Return actual - amended budget * share of the year; positive is better for the result.

    None where there is no budget: nothing has a pace.
    """
    if not amended_budget:
        return None
    return (actual or Decimal(0)) - amended_budget * share


@dataclass(frozen=True, slots=True)
class Threshold:
    """How large a deviation is worth telling: of so many euros and such a fraction of the budget.

    A deviation that has no budget beside it is measured in euros alone.
    """

    fraction: Decimal
    euros: Decimal

    def is_passed(self, deviation: Decimal | None, amended_budget: Decimal | None) -> bool:
        """Say whether a deviation in euros, better or worse, reaches both limits."""
        if deviation is None or abs(deviation) < self.euros or deviation == 0:
            return False
        return abs(deviation) >= abs(amended_budget or Decimal(0)) * self.fraction
