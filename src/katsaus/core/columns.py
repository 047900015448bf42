"""The columns of a statement: slices of the figures, and what is computed from them."""

from dataclasses import dataclass
from typing import Literal

from katsaus.core.figures import Scenario
from katsaus.core.names import Names
from katsaus.core.periods import Period

# A figure of a whole year stands on month 0: a budget, an amendment, a forecast.
WHOLE_YEAR = 0

Role = Literal[
    "prior_actual",
    "prior_same_period",
    "budget",
    "amended_budget",
    "actual",
    "realization_rate",
    "forecast",
    "deviation",
]


@dataclass(frozen=True, slots=True)
class Slice:
    """Figures of one scenario and year, from month to month (0 is the year as a whole)."""

    scenario: Scenario
    year: int
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts (a sum of slices), of a ratio, or of a difference of two columns.

    A ratio is `left` / `right`, a difference `left` - `right`; both name columns by id.
    """

    id: str
    names: Names
    kind: Literal["amount", "ratio", "difference"] = "amount"
    slices: tuple[Slice, ...] = ()
    left: str = ""
    right: str = ""


def _year(scenario: Scenario, year: int, last_month: int = 12) -> Slice:
    return Slice(scenario, year, WHOLE_YEAR, last_month)


def columns_of(period: Period) -> dict[Role, Column]:
    """Return the columns of a report on a period, by what they are for.

    Which amendments and which forecast count is decided where the figures are fetched, by the
    period's end and by the round. The amended budget is budget + amendments, never stored.
    """
    year, budget = period.year, _year(Scenario.BUDGET, period.year)
    names = _names(period)
    actual_id = f"actual_{year}_{period.month:02}"
    amended_id, forecast_id = f"amended_budget_{year}", f"forecast_{year}"
    prior = _year(Scenario.ACTUAL, year - 1)
    prior_same = _year(Scenario.ACTUAL, year - 1, period.month)
    prior_same_id = f"actual_{year - 1}_{period.month:02}"
    amended = (budget, _year(Scenario.AMENDMENT, year))
    actual = _year(Scenario.ACTUAL, year, period.month)
    forecast = _year(Scenario.FORECAST, year)
    columns: dict[Role, Column] = {
        "prior_actual": Column(f"actual_{year - 1}", names["prior_actual"], slices=(prior,)),
        "prior_same_period": Column(
            prior_same_id, names["prior_same_period"], slices=(prior_same,)
        ),
        "budget": Column(f"budget_{year}", names["budget"], slices=(budget,)),
        "amended_budget": Column(amended_id, names["amended_budget"], slices=amended),
        "actual": Column(actual_id, names["actual"], slices=(actual,)),
        "realization_rate": Column(
            "realization_rate", names["realization_rate"], "ratio", (), actual_id, amended_id
        ),
        "forecast": Column(forecast_id, names["forecast"], slices=(forecast,)),
        "deviation": Column(
            f"deviation_{year}", names["deviation"], "difference", (), forecast_id, amended_id
        ),
    }
    return columns


def _names(period: Period) -> dict[Role, Names]:
    year, months = period.year, period.months
    prior_months = Period(year - 1, period.month).months
    return {
        "prior_actual": Names(f"TP {year - 1}", f"Bokslut {year - 1}", f"Accounts {year - 1}"),
        "prior_same_period": Names(
            f"Toteuma {prior_months}", f"Utfall {prior_months}", f"Actual {prior_months}"
        ),
        "budget": Names(f"TA {year}", f"Budget {year}", f"Budget {year}"),
        "amended_budget": Names(
            f"Muutettu TA {year}", f"Ändrad budget {year}", f"Amended budget {year}"
        ),
        "actual": Names(f"Toteuma {months}", f"Utfall {months}", f"Actual {months}"),
        "realization_rate": Names("Toteuma-%", "Utfall-%", "Realization"),
        "forecast": Names(f"TP-ennuste {year}", f"Bokslutsprognos {year}", f"Forecast {year}"),
        "deviation": Names(f"Poikkeama {year}", f"Avvikelse {year}", f"Deviation {year}"),
    }
