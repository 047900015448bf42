"""Amounts that can be read and yet are hardly meant: turned signs, other years, doubles."""

from dataclasses import dataclass
from itertools import chain

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.overlaps import OverlapSearch
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

EXPENSES = ("row:operating_expenses",)
REVENUE = ("row:operating_revenue", "row:tax_revenue", "row:central_government_transfers")
_SIGNED = (Kind.BUDGET, Kind.FORECASTS, Kind.POSTINGS)  # an amendment may take expenses away


def amount_problems(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, name: str
) -> list[Problem]:
    """Return what the amounts of a plan or of postings tell twice, or hardly mean."""
    search = _Search(connection, table, kind, known, name)
    doubles = OverlapSearch(connection, table, kind, name, known).problems()
    return [*search.turned_signs(), *search.other_years(), *doubles]


def year_problems(
    connection: duckdb.DuckDBPyConnection, table: str, told_year: int | None, name: str
) -> list[Problem]:
    """Return the rows of other years than the header of their amounts tells, as one problem."""
    if told_year is None:
        return []
    [(row, count, cents, years)] = connection.execute(
        "SELECT min(source_row), count(*), sum(cents),"
        " string_agg(DISTINCT year, ', ' ORDER BY year)"
        f" FROM {table} WHERE year <> $year",
        {"year": told_year},
    ).fetchall()
    problem = Problem(
        ProblemCode.YEAR_UNLIKE_HEADER,
        name,
        row,
        "year",
        years,
        count=count,
        cents=cents,
        hint="columns",
        possible=(str(told_year),),
    )
    return [problem] if count else []


@dataclass(frozen=True, slots=True)
class _Search:
    connection: duckdb.DuckDBPyConnection
    table: str
    kind: Kind
    known: Known
    name: str

    def turned_signs(self) -> list[Problem]:
        """Return the expenses that add up to more than nothing, the revenue that does to less."""
        found = []
        if self.kind in _SIGNED:
            found += self._turned(ProblemCode.EXPENSES_POSITIVE, EXPENSES, 1)
        if self.kind in _SIGNED and self.kind is not Kind.POSTINGS:
            found += self._turned(ProblemCode.REVENUE_NEGATIVE, REVENUE, -1)
        return found

    def _turned(self, code: ProblemCode, rows: tuple[str, ...], wrong: int) -> list[Problem]:
        parts = (self.known.parts.get(row, ()) for row in rows)
        [(cents, row, count)] = self.connection.execute(
            f"SELECT sum(cents), min(source_row) FILTER (sign(cents) = {wrong}), count(*)"
            f" FROM {self.table} WHERE account IN (SELECT unnest($accounts))",
            {"accounts": [*rows, *chain.from_iterable(parts)]},
        ).fetchall()
        if cents is None or cents * wrong <= 0:
            return []
        return [
            Problem(
                code,
                self.name,
                row,
                "amount",
                is_blocking=False,
                count=count,
                cents=cents,
                hint="sign",
            )
        ]

    def other_years(self) -> list[Problem]:
        """Return the rows of a forecast that are of other years than its round."""
        if self.kind is not Kind.FORECASTS or self.known.year is None:
            return []
        [(row, count, cents, years)] = self.connection.execute(
            "SELECT min(source_row), count(*), sum(cents), string_agg(DISTINCT year, ', ')"
            f" FROM {self.table} WHERE year <> $year",
            {"year": self.known.year},
        ).fetchall()
        if not count:
            return []
        return [
            Problem(
                ProblemCode.YEAR_OF_OTHER_ROUND,
                self.name,
                row,
                "year",
                years,
                count=count,
                cents=cents,
                possible=(str(self.known.year),),
            )
        ]
