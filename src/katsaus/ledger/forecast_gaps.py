"""Which units have a budget and which a forecast of their own, by rows of a scheme."""

from collections import defaultdict
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from katsaus.core.figures import Items, Scenario, euros
from katsaus.core.gaps import Gaps
from katsaus.core.statements import ROW_ACCOUNT
from katsaus.ledger.statement import Question


def gaps(plan: pa.Table, question: Question, year: int) -> Gaps:
    """Return the gaps of a year's forecasts; `plan` has what counts, as PLAN_SCHEMA.

    A figure that stands on an account belongs to the row that the account is on, one that stands
    on a row to that row. Figures of units that are not in the tree are left out.
    """
    budgets: dict[str, dict[str, Decimal]] = defaultdict(dict)
    forecasts: dict[str, set[str]] = defaultdict(set)
    units = {unit.code for unit in question.organization}
    for unit, row, is_forecast, cents in _sums(plan, question, year):
        if unit in units and is_forecast:
            forecasts[row].add(unit)
        elif unit in units:
            budgets[row][unit] = euros(cents)
    return Gaps(question.organization, question.scheme, budgets, forecasts)


def _sums(plan: pa.Table, question: Question, year: int) -> list[tuple[str, str, bool, int]]:
    rows = _rows(question)
    places = pc.index_in(plan["account"], pa.array(list(rows), pa.string()))
    told = pa.table(
        {
            "unit": plan["unit"],
            "row": pc.take(pa.array(rows.values(), pa.string()), places),
            "is_forecast": pc.equal(plan["scenario"], Scenario.FORECAST.value),
            "cents": plan["cents"],
        }
    )
    counts = pc.and_(pc.equal(plan["year"], year), pc.is_valid(places))
    if question.items is not Items.ALL:
        of_items = pc.equal(plan["is_internal"], question.items is Items.INTERNAL)
        counts = pc.and_(counts, of_items)
    names = ["unit", "row", "is_forecast"]
    sums = told.filter(counts).group_by(names).aggregate([("cents", "sum")])
    return list(zip(*(sums[name].to_pylist() for name in [*names, "cents_sum"]), strict=True))


def _rows(question: Question) -> dict[str, str]:
    """Return the row of each account, and of each row's own pseudo-account."""
    rows: dict[str, str] = {}
    for row in question.scheme.rows:
        for weight in question.weights_of(row.id) if row.selectors else ():
            rows[weight.account] = row.id
        rows[ROW_ACCOUNT + row.id] = row.id
    return rows
