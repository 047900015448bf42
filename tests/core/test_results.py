"""Cells of a computed statement (the golden cases hold the rest)."""

from decimal import Decimal

import pytest

from katsaus.core.accounts import Selector
from katsaus.core.columns import Column
from katsaus.core.names import Names
from katsaus.core.results import CellKey, Statement
from katsaus.core.statements import Row, Scheme, SchemeError

STATEMENT = Statement(
    Scheme("s", Names("s"), (Row("a", Names("a"), (Selector.parse("A"),)),)),
    (Column("actual", Names("actual")),),
    {CellKey("1", "a", "actual"): Decimal("10.00")},
)


def test_a_cell_that_was_never_booked_is_missing() -> None:
    assert STATEMENT.value("1", "a", "actual") == 10
    assert STATEMENT.value("2", "a", "actual") is None


def test_a_row_or_column_that_is_not_there_is_an_error_and_not_missing() -> None:
    with pytest.raises(SchemeError, match="'b'"):
        STATEMENT.value("1", "b", "actual")
    with pytest.raises(LookupError, match="budget"):
        STATEMENT.value("1", "a", "budget")
