"""The file's own total row, and the control totals of the rows that were read."""

from dataclasses import dataclass

import duckdb

from katsaus.ledger.importers.kinds import Kind, normalise, total_words
from katsaus.ledger.importers.values import ControlTotals
from katsaus.ledger.problems import Problem, ProblemCode

WITH_AMOUNTS = frozenset(Kind) - {Kind.ORGANIZATION, Kind.ACCOUNTS}


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total that the file prints under its rows, in cents."""

    row: int
    cents: int


def take_total_row(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind
) -> TotalRow | None:
    """Remove the last row from the table where it is a total: a sum without unit and account."""
    if kind not in WITH_AMOUNTS:
        return None
    rows = connection.execute(
        f"SELECT source_row, unit, account, cents FROM {table} ORDER BY rowid DESC LIMIT 1"
    ).fetchall()
    for row, unit, account, cents in rows:
        if cents is not None and _says_total(unit) and _says_total(account):
            connection.execute(f"DELETE FROM {table} WHERE source_row = ?", [row])
            return TotalRow(row, cents)
    return None


def _says_total(text: str | None) -> bool:
    if text is None:
        return True
    words = normalise(text)
    return any(words == total or words.startswith(f"{total} ") for total in total_words())


def total_problems(
    connection: duckdb.DuckDBPyConnection, table: str, total: TotalRow | None, name: str
) -> list[Problem]:
    """Say that the total row was left out, or that it is not what the rows add up to."""
    if total is None:
        return []
    [(cents, unread)] = connection.execute(
        f"SELECT sum(cents), count(*) - count(cents) FROM {table}"
    ).fetchall()
    if unread or cents == total.cents:
        return [
            Problem(
                ProblemCode.TOTAL_ROW_SKIPPED,
                name,
                row=total.row,
                cents=total.cents,
                other_cents=None if unread else cents,
                is_blocking=False,
            )
        ]
    return [
        Problem(
            ProblemCode.CONTROL_TOTAL_DIFFERS,
            name,
            row=total.row,
            field="amount",
            cents=total.cents,
            other_cents=cents,
        )
    ]


def control_totals(connection: duckdb.DuckDBPyConnection, table: str, kind: Kind) -> ControlTotals:
    """Return what the rows of the table add up to."""
    if kind not in WITH_AMOUNTS:
        code = "number" if kind is Kind.ACCOUNTS else "code"  # a unit may have many places
        [(count,)] = connection.execute(f"SELECT count(DISTINCT {code}) FROM {table}").fetchall()
        return ControlTotals(rows=count)
    month = "year(date) * 100 + month(date)" if kind is Kind.POSTINGS else "year * 100 + month"
    months = connection.execute(
        f"SELECT {month} AS yyyymm, count(*), sum(cents), sum(cents) FILTER (is_internal)"
        f" FROM {table} GROUP BY 1 ORDER BY 1 NULLS LAST"
    ).fetchall()
    dated = [(yyyymm, cents) for yyyymm, _, cents, _ in months if yyyymm is not None]
    return ControlTotals(
        rows=sum(count for _, count, _, _ in months),
        cents=sum(cents or 0 for _, _, cents, _ in months),
        internal_cents=sum(internal or 0 for _, _, _, internal in months),
        first_month=dated[0][0] if dated else None,
        last_month=dated[-1][0] if dated else None,
        by_month=tuple((yyyymm, cents or 0) for yyyymm, cents in dated),
    )
