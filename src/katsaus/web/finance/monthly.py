"""A row month by month: what was budgeted, what happened, and what happened the year before."""

from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.columns import WHOLE_YEAR
from katsaus.core.figures import Scenario, euros, spread, total
from katsaus.core.formats import DisplayUnit
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.ledger.months import Month
from katsaus.web.finance.forms import View
from katsaus.web.finance.numbers import money
from katsaus.web.finance.queries import Books

MONTHS = range(1, 13)
_BUDGET = (Scenario.BUDGET, Scenario.AMENDMENT)


def monthly(books: Books, view: View, row: str) -> ReportTable:
    """Return twelve months of a unit's row as a table of budget, actual and the year before.

    What was budgeted for the year as a whole stands evenly on its months, to the cent.
    """
    amounts = books.by_month(view.unit, row)
    year = view.period.year

    def budget(month: int) -> Decimal | None:
        return total(amounts.get(Month(each, year, month)) for each in _BUDGET)

    def actual(year: int, month: int) -> Decimal | None:
        return amounts.get(Month(Scenario.ACTUAL, year, month))

    shares = _shares(budget(WHOLE_YEAR))
    rows = []
    for month, share in zip(MONTHS, shares, strict=True):
        now = actual(year, month) if month <= view.period.month else None
        values = (total((budget(month), share)), now, actual(year - 1, month))
        rows.append(TableRow(f"month-{month}", str(month), view.unit, tuple(map(_cell, values))))
    heads = (
        TableColumn("budget", _("Amended budget %s") % year, "amount"),
        TableColumn("actual", _("Actual %s") % year, "amount"),
        TableColumn("prior", _("Actual %s") % (year - 1), "amount"),
    )
    title = _("Month by month")
    return ReportTable("months", title, DisplayUnit.EUR, heads, (RowGroup("", tuple(rows)),))


def _shares(year: Decimal | None) -> list[Decimal | None]:
    """Divide an amount of a year over its months so that they sum to it exactly."""
    if year is None:
        return [None] * 12
    return [euros(cents) for cents in spread(int(year.scaleb(2)), [1] * 12)]


def _cell(value: Decimal | None) -> Cell:
    return Cell(value, money(value, DisplayUnit.EUR))
