"""An indicator with all its values, and the performance figures of a unit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from katsaus.core.indicators import Entry, Indicator, ValueScenario
from katsaus.core.periods import Period
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.entries import (
    DEFINITION,
    Placed,
    entries,
    indicator_of,
    indicators,
    placed,
)

_S = ValueScenario
Completed = Callable[[tuple[Placed, ...]], tuple[Placed, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator: its definition, those before it (newest first), its places, parts, values."""

    indicator: Indicator
    versions: tuple[Indicator, ...]
    places: tuple[Placed, ...]
    parts: tuple[Indicator, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PerformanceRow:
    """A performance figure: the values of each column, none where nothing is told ("-")."""

    indicator: Indicator
    label: str
    group: str
    cells: tuple[tuple[Entry, ...], ...]


def indicator(municipality: Municipality, code: str) -> IndicatorView | None:
    """Return an indicator by its code; None where there is none. Six queries."""
    rows = models.IndicatorDefinition.objects.filter(
        indicator__municipality=municipality, indicator__code=code
    )
    versions = list(rows.order_by("-version").values_list("indicator_id", *DEFINITION))
    if not versions:
        return None
    pk = versions[0][0]
    newest, *earlier = (indicator_of(told) for _, *told in versions)
    return IndicatorView(
        newest,
        tuple(earlier),
        placed(municipality, Q(indicator=pk), Q(pk__in=[])),
        tuple(indicators(Q(indicator__part_of=pk)).values()),
        entries(models.IndicatorValue.objects.filter(indicator=pk)).get(pk, ()),
    )


def performance_columns(period: Period) -> tuple[str, ...]:
    """Return the ids of the columns: the year before, the budget, the period, the forecast."""
    year, month = period.year, period.month
    return (
        f"actual_{year - 1}",
        f"budget_{year}",
        f"actual_{year}" if month == 12 else f"actual_{year}_{month:02}",
        f"forecast_{year}",
    )


def performance(
    municipality: Municipality, unit: str, period: Period
) -> tuple[PerformanceRow, ...]:
    """Return the rows of a unit's performance figures in the order of `performance_columns`.

    The values are those of the unit itself, of each of its places, and of the whole where the unit
    has none of its own. Three queries.
    """
    return performances(municipality, period, Q(unit__code=unit)).get(unit, ())


def performances(
    municipality: Municipality,
    period: Period,
    of_units: Q | None = None,
    completed: Completed = tuple,
) -> dict[str, tuple[PerformanceRow, ...]]:
    """Return the performance figures of units by their code, of all units unless told otherwise.

    The rows are those of `performance`. `completed` adds what is computed. Two queries.
    """
    units = of_units or Q(unit__isnull=False)
    found = placed(municipality, units, performance_values(period))
    return performance_rows(completed(found), period)


def _told(period: Period) -> tuple[tuple[ValueScenario, Period], ...]:
    """Return what each of `performance_columns` tells."""
    return (
        (_S.ACTUAL, Period(period.year - 1, 12)),
        (_S.BUDGET, Period(period.year, 12)),
        (_S.ACTUAL, period),
        (_S.FORECAST, Period(period.year, 12)),
    )


def actual_periods(period: Period) -> tuple[Period, ...]:
    """Return the periods whose actuals `performance_columns` tell, the period itself the last."""
    return tuple(of for scenario, of in _told(period) if scenario is _S.ACTUAL)


def performance_values(period: Period) -> Q:
    """Return the condition of the values that performance figures of a period need."""
    wanted = Q(pk__in=[])
    for scenario, of in _told(period):
        wanted |= Q(scenario=scenario, year=of.year, month=of.month)
    return wanted


def performance_rows(
    placed_on_units: Iterable[Placed], period: Period
) -> dict[str, tuple[PerformanceRow, ...]]:
    """Return the performance figures by the unit's code, of indicators that stand on units."""
    found: dict[str, list[PerformanceRow]] = {}
    for each in placed_on_units:
        cells = tuple(_of(each.entries, *column, each.on) for column in _told(period))
        row = PerformanceRow(each.indicator, each.label, each.group, cells)
        found.setdefault(each.on, []).append(row)
    return {unit: tuple(rows) for unit, rows in found.items()}


def _of(
    found: tuple[Entry, ...], scenario: ValueScenario, period: Period, unit: str
) -> tuple[Entry, ...]:
    same = [each for each in found if each.scenario is scenario and each.period == period]
    own = tuple(each for each in same if each.unit == unit)
    return own or tuple(each for each in same if not each.unit)
