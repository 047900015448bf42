"""Rows of a file that are there more than once: they are added up, and may not be meant so."""

from typing import Any

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.ledger.store import POSTING

DECISION = ("decision_body", "decided_on", "decision_section")
_FIGURE = ("unit", "account", "year", "month", "is_internal")
# What rows have alike that are the same posting, or figures of the same thing and time.
_ALIKE = {
    Kind.POSTINGS: POSTING,
    Kind.BUDGET: _FIGURE,
    Kind.FORECASTS: _FIGURE,
    Kind.AMENDMENTS: (*_FIGURE, *DECISION),
}


def repeated_rows(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, name: str
) -> list[Problem]:
    """Return the rows that repeat an earlier one, as one remark with their number and sum.

    Postings repeat one that is alike in all that it holds, plans one of the same unit, account or
    row, and time (amendments: of the same decision). Amounts of zero are left out.
    """
    if kind not in _ALIKE:
        return []
    found = connection.execute(_query(table, ", ".join(_ALIKE[kind]))).fetchall()
    return [_problem(kind, name, *each) for each in found]


def _query(table: str, alike: str) -> str:
    """Ask for the first rows that are alike, beside the number and sum of all that repeat."""
    return (
        "WITH alike AS (SELECT unit, account, min(source_row) AS row, max(source_row) AS other,"
        " count(*) - 1 AS rows, sum(cents) - arg_min(cents, source_row) AS cents"
        f" FROM {table} WHERE cents <> 0 GROUP BY {alike} HAVING count(*) > 1)"
        " SELECT row, unit || ' ' || account, other, sum(rows) OVER (), sum(cents) OVER ()"
        " FROM alike ORDER BY row LIMIT 1"
    )


def _problem(kind: Kind, name: str, row: int, value: str, other: int, *sums: Any) -> Problem:
    is_posting = kind is Kind.POSTINGS
    count, cents = map(int, sums)
    return Problem(
        ProblemCode.REPEATED_POSTING if is_posting else ProblemCode.REPEATED_FIGURE,
        name,
        row,
        value=value,
        is_blocking=False,
        count=count,
        cents=cents,
        other_row=other,
    )
