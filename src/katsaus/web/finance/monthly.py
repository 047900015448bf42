"""A row month by month: what was budgeted, what happened, and what happened the year before."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.columns import WHOLE_YEAR, Column, Slice
from katsaus.core.figures import Scenario, euros, spread, total
from katsaus.core.formats import DisplayUnit
from katsaus.core.names import Names
from katsaus.core.results import Statement
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.web.finance.forms import View
from katsaus.web.finance.numbers import money
from katsaus.web.finance.queries import SCHEME, Books

MONTHS = range(1, 13)
_BUDGET = (Scenario.BUDGET, Scenario.AMENDMENT)


def monthly(books: Books, view: View, row: str) -> ReportTable:
    """Return twelve months of a unit's row as a table of budget, actual and the year before.

    What was budgeted for the year as a whole stands evenly on its months, to the cent.
    """
    year = view.period.year
    columns = [_column("budget", _BUDGET, year, WHOLE_YEAR)]
    for month in MONTHS:
        columns.append(_column("budget", _BUDGET, year, month))
        columns.append(_column("prior", (Scenario.ACTUAL,), year - 1, month))
        if month <= view.period.month:
            columns.append(_column("actual", (Scenario.ACTUAL,), year, month))
    question = replace(
        books.question(SCHEME),
        columns=tuple(columns),
        units=frozenset({view.unit}),
        rows=frozenset({row}),
    )
    return _table(books.answer(question), view, row)


def _column(kind: str, scenarios: tuple[Scenario, ...], year: int, month: int) -> Column:
    slices = tuple(Slice(scenario, year, month, month) for scenario in scenarios)
    return Column(f"{kind}-{month}", Names(kind), slices=slices)


def _table(statement: Statement, view: View, row: str) -> ReportTable:
    known = {column.id for column in statement.columns}

    def amount(kind: str, month: int) -> Decimal | None:
        if f"{kind}-{month}" not in known:
            return None
        value = statement.value(view.unit, row, f"{kind}-{month}")
        return value if isinstance(value, Decimal) else None

    shares = _shares(amount("budget", WHOLE_YEAR))
    rows = []
    for month, share in zip(MONTHS, shares, strict=True):
        values = (total((amount("budget", month), share)), amount("actual", month))
        cells = tuple(map(_cell, (*values, amount("prior", month))))
        rows.append(TableRow(f"month-{month}", str(month), view.unit, cells))
    year = str(view.period.year)
    heads = (
        TableColumn("budget", _("Amended budget %s") % year, "amount"),
        TableColumn("actual", _("Actual %s") % year, "amount"),
        TableColumn("prior", _("Actual %s") % (view.period.year - 1), "amount"),
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
