"""Which of a year's plan figures count for a period."""

import pyarrow as pa
import pyarrow.compute as pc

from katsaus.core.figures import Scenario
from katsaus.core.periods import Period
from katsaus.ledger.statement import PLAN_SCHEMA

# A year's plan figures, with what decides which of them count: the day on which an amendment was
# decided, and the round of a forecast ("2023-06").
YEAR_SCHEMA = PLAN_SCHEMA.append(pa.field("decided_on", pa.date32())).append(
    pa.field("round", pa.string())
)


def counting(figures: pa.Table, period: Period) -> pa.Table:
    """Return the budget, the amendments decided by the period's end, the round's forecast.

    Takes a year's figures as YEAR_SCHEMA and returns PLAN_SCHEMA. The forecast is that of the
    latest round of the year that is not after the period.
    """
    scenario, rounds = pc.field("scenario"), pc.field("round")
    counts = (
        (scenario == Scenario.BUDGET.value)
        | ((scenario == Scenario.AMENDMENT.value) & (pc.field("decided_on") <= period.ends_on))
        | ((scenario == Scenario.FORECAST.value) & (rounds == _round(figures, period)))
    )
    return figures.filter(counts).select(PLAN_SCHEMA.names)


def parts_items(plan: pa.Table) -> bool:
    """Say whether the forecasts of PLAN_SCHEMA tell external from internal items.

    They do not where none is of internal items, of which there is a budget: each is of both then,
    and cannot be compared with the budget of either.
    """
    is_internal, scenario = pc.field("is_internal"), pc.field("scenario")
    internal = set(plan.filter(is_internal)["scenario"].unique().to_pylist())
    is_forecast = plan.filter(scenario == Scenario.FORECAST.value).num_rows > 0
    is_whole = Scenario.BUDGET.value in internal and Scenario.FORECAST.value not in internal
    return not (is_forecast and is_whole)


def without_forecasts(plan: pa.Table) -> pa.Table:
    """Return the figures of PLAN_SCHEMA that are no forecasts."""
    return plan.filter(pc.field("scenario") != Scenario.FORECAST.value)


def _round(figures: pa.Table, period: Period) -> str:
    of_year = pc.starts_with(pc.field("round"), f"{period.year}-")
    found = figures.filter(of_year & (pc.field("round") <= period.code))["round"]
    return pc.max(found).as_py() or ""
