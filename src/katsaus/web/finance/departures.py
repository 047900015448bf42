"""Units and rows that depart from the amended budget, the worst first, in words and numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.bridge import MARGIN
from katsaus.core.deviations import pace_deviation
from katsaus.core.organization import OrgUnit
from katsaus.web.finance.cells import Cells, Shown
from katsaus.web.finance.findings import lacking
from katsaus.web.finance.forms import FIRST_COLUMNS
from katsaus.web.finance.numbers import percent, rounded
from katsaus.web.languages import language

EXPENSES = "operating_expenses"


@dataclass(frozen=True, slots=True)
class Departure:
    """One unit's row that departs: how, in words, and its figures; `size` in euros, better +.

    It is the forecast's deviation where that passes its limit, otherwise the distance to an even
    pace.
    """

    unit: OrgUnit
    name: str
    row_name: str
    said: tuple[str, ...]
    cells: tuple[Shown, ...]
    href: str
    size: Decimal
    is_forecast: bool


def departures(cells: Cells, units: Iterable[OrgUnit]) -> list[Departure]:
    """Return what passes the thresholds of the units' levels, the worst first."""
    found = [
        departure
        for unit in units
        for row in cells.limits.rows
        for departure in _of_place(cells, unit, row)
    ]
    return sorted(found, key=lambda each: (each.size, each.unit.code))


def _of_place(cells: Cells, unit: OrgUnit, row: str) -> Iterator[Departure]:
    limits = cells.limits
    budget = cells.amount(unit.code, row, "amended_budget")
    deviation = cells.amount(unit.code, row, "deviation")
    actual = cells.amount(unit.code, row, "actual")
    pace = pace_deviation(actual, budget, cells.view.period.straight_line_share)
    said, sizes = [], []
    forecast_limit, pace_limit = limits.forecast.get(unit.level), limits.pace.get(unit.level)
    is_forecast = bool(forecast_limit and forecast_limit.is_passed(deviation, budget))
    is_pace = bool(pace_limit and pace_limit.is_passed(pace, budget))
    if deviation is not None and is_forecast:
        said.append(_forecast_said(row, deviation, budget))
        sizes.append(deviation)
    if pace is not None and is_pace:
        said.append(_pace_said(cells, unit.code, row, pace))
        sizes.append(pace)
    gap = lacking(cells.gaps, unit.code, row, compares=True)
    if is_forecast and gap:
        said.append(gap)
    if not gap and row != MARGIN:
        said += _beyond(actual, cells.amount(unit.code, row, "forecast"))
    if sizes:
        yield Departure(
            unit=unit,
            name=unit.names.text(language()),
            row_name=cells.statement.scheme.row(row).names.text(language()),
            said=tuple(said),
            cells=cells.line(unit.code, row),
            href=replace(cells.view, unit=unit.code, columns=FIRST_COLUMNS).query,
            size=sizes[0],
            is_forecast=is_forecast,
        )


def _beyond(actual: Decimal | None, forecast: Decimal | None) -> Iterator[str]:
    """Say that more has been realized than is forecast of the whole year."""
    if actual and forecast is not None and abs(actual) > abs(forecast) and actual * forecast >= 0:
        yield _("Already realized: %(actual)s, more than the forecast of the year.") % {
            "actual": rounded(actual)
        }


def _forecast_said(row: str, deviation: Decimal, budget: Decimal | None) -> str:
    if row == MARGIN:
        worse = _("The margin is forecast %(amount)s worse than budgeted%(share)s.")
        better = _("The margin is forecast %(amount)s better than budgeted%(share)s.")
    elif budget < 0 if budget else row == EXPENSES:
        worse = _("Expenses are forecast to exceed the budget by %(amount)s%(share)s.")
        better = _("Expenses are forecast to stay %(amount)s under the budget%(share)s.")
    else:
        worse = _("Revenue is forecast to fall short of the budget by %(amount)s%(share)s.")
        better = _("Revenue is forecast to exceed the budget by %(amount)s%(share)s.")
    share = f" ({percent(abs(deviation / budget))})" if budget else ""
    sentence = worse if deviation < 0 else better
    return sentence % {"amount": rounded(deviation), "share": share}


def _pace_said(cells: Cells, unit: str, row: str, pace: Decimal) -> str:
    rate = cells.amount(unit, row, "realization_rate") or Decimal(0)
    if pace < 0:
        sentence = _("%(rate)s realised so far, %(amount)s worse than an even pace of %(even)s.")
    else:
        sentence = _("%(rate)s realised so far, %(amount)s better than an even pace of %(even)s.")
    even = percent(cells.view.period.straight_line_share)
    return sentence % {"rate": percent(rate), "amount": rounded(pace), "even": even}
