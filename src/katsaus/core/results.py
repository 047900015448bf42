"""A computed statement: its amounts by unit, row and column, and what is derived from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from katsaus.core import deviations
from katsaus.core.columns import Column
from katsaus.core.statements import Scheme


@dataclass(frozen=True, slots=True)
class CellError:
    """What went wrong in one cell; all other cells are there all the same."""

    code: str


DIVISION_BY_ZERO = CellError("division_by_zero")
Value = Decimal | CellError | None


class CellKey(NamedTuple):
    """Where a figure stands: a unit with all below it, a row of the scheme, a column.

    A tuple, for a statement makes tens of thousands of them and looks things up by them.
    """

    unit: str
    row: str
    column: str


@dataclass(frozen=True)
class Statement:
    """All units x rows x columns of a scheme, amounts in euros, revenue + and expenses -.

    `amounts` has the linear rows in the amount columns; a key that is not there is "nothing
    booked". Ratio rows and derived columns are computed when they are asked for.
    """

    scheme: Scheme
    columns: tuple[Column, ...]
    amounts: Mapping[CellKey, Decimal]

    def column(self, column_id: str) -> Column:
        """Return a column by its id; raises LookupError."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise LookupError(column_id)

    def value(self, unit: str, row_id: str, column_id: str) -> Value:
        """Return one cell: an amount in euros, a ratio as a fraction, an error or None.

        A difference of ratios is a fraction too (0.25 is 25 percentage points), and None where
        one of them is missing; the realization of a ratio is always None.
        """
        row, column = self.scheme.row(row_id), self.column(column_id)
        if column.kind != "amount":
            return self._derived(unit, row_id, column)
        if row.ratio is not None:
            return self._ratio(*(self.value(unit, part, column_id) for part in row.ratio))
        return self.amounts.get(CellKey(unit, row_id, column_id))

    def _derived(self, unit: str, row_id: str, column: Column) -> Value:
        left = self.value(unit, row_id, column.left)
        right = self.value(unit, row_id, column.right)
        is_of_ratios = self.scheme.row(row_id).ratio is not None
        if is_of_ratios and column.kind == "ratio":
            return None
        if isinstance(left, CellError) or isinstance(right, CellError):
            return left if isinstance(left, CellError) else right
        if is_of_ratios:
            return None if left is None or right is None else left - right
        if column.kind == "difference":
            return deviations.deviation(left, right)
        return deviations.realization_rate(left, right)

    @staticmethod
    def _ratio(numerator: Value, denominator: Value) -> Value:
        if isinstance(numerator, CellError) or isinstance(denominator, CellError):
            return numerator if isinstance(numerator, CellError) else denominator
        if numerator is None or denominator is None:
            return None
        return DIVISION_BY_ZERO if denominator == 0 else numerator / denominator
