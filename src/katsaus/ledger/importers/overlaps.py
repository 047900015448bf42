"""What a plan tells twice: rows and their parts, years and their months, units and those under."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.repeats import DECISION
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

_PLANS = (Kind.BUDGET, Kind.AMENDMENTS, Kind.FORECASTS)
_MOST = 50
Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OverlapSearch:
    """A table of a plan, and what is known of its rows and units."""

    connection: duckdb.DuckDBPyConnection
    table: str
    kind: Kind
    name: str
    known: Known

    def problems(self) -> list[Problem]:
        """Return what would count twice, at most `_MOST` of a kind.

        A unit may have euros of its own beside those under it: that is a fault only where the sums
        are equal. So may a decision on an amendment name a row and its part, for its euros are
        changes. Both are told all the same.
        """
        if self.kind not in _PLANS:
            return []
        parts = self._parts()
        rows = self._told(ProblemCode.ROW_AND_PART, self._rows_query(), parts)
        months = self._told(ProblemCode.YEAR_AND_MONTH, self._months_query(), [])
        return [*rows, *months, *([] if rows else self._units(parts))]

    def _parts(self) -> Pairs:
        """Return which accounts and rows of the table are parts of which of its rows."""
        found = self.connection.execute(f"SELECT DISTINCT account FROM {self.table}").fetchall()
        used = {account for (account,) in found}
        return [
            (row, part)
            for row, parts in self.known.parts.items()
            if row in used
            for part in used.intersection(parts)
        ]

    def _rows_query(self) -> str:
        return (
            "SELECT whole.unit, whole.account, min(whole.row), min(part.row), count(DISTINCT part)"
            " FROM given whole JOIN pairs ON pairs.upper = whole.account"
            " JOIN given part ON part.account = pairs.lower AND part.unit = whole.unit"
            f" AND {self._of_same_time()}"
            f" GROUP BY 1, 2 ORDER BY 3 LIMIT {_MOST}"
        )

    def _months_query(self) -> str:
        return (
            "SELECT whole.unit, whole.account, min(whole.row), min(part.row), count(DISTINCT part)"
            " FROM given whole JOIN given part ON whole.month = 0 AND part.month > 0"
            " AND part.account = whole.account AND part.unit = whole.unit"
            f" AND {self._of_same_time()}"
            f" GROUP BY 1, 2 ORDER BY 3 LIMIT {_MOST}"
        )

    def _of_same_time(self) -> str:
        names = ("year", "is_internal", *(DECISION if self.kind is Kind.AMENDMENTS else ()))
        same = [f"part.{name} IS NOT DISTINCT FROM whole.{name}" for name in names]
        months = "(part.month = whole.month OR 0 IN (part.month, whole.month))"
        return " AND ".join([*same, months])

    def _told(self, code: ProblemCode, query: str, pairs: Pairs) -> list[Problem]:
        is_fault = self.kind is not Kind.AMENDMENTS
        return [
            Problem(
                code,
                self.name,
                row,
                "unit",
                f"{unit} {account}",
                is_blocking=is_fault,
                count=count,
                other_row=other,
            )
            for unit, account, row, other, count in self._asked(query, pairs)
        ]

    def _units(self, parts: Pairs) -> list[Problem]:
        query = (
            ", same AS (SELECT upper, lower FROM pairs UNION SELECT lower, upper FROM pairs"
            " UNION SELECT account, account FROM given),"
            " met AS (SELECT whole, part FROM given whole JOIN under ON under.upper = whole.unit"
            f" JOIN given part ON part.unit = under.lower AND {self._of_same_time()}"
            " JOIN same ON same.upper = whole.account AND same.lower = part.account),"
            " wholes AS (SELECT whole.unit AS unit, min(whole.row) AS row,"
            " sum(whole.cents) AS cents"
            " FROM (SELECT DISTINCT whole FROM met) GROUP BY 1),"
            " parts AS (SELECT unit, min(part.row) AS row, sum(part.cents) AS cents,"
            " count(*) AS rows FROM (SELECT DISTINCT whole.unit AS unit, part FROM met) GROUP BY 1)"
            " SELECT unit, wholes.row, wholes.cents, parts.row, parts.cents, parts.rows"
            f" FROM wholes JOIN parts USING (unit) ORDER BY 2 LIMIT {_MOST}"
        )
        is_plan = self.kind is not Kind.AMENDMENTS
        return [
            Problem(
                ProblemCode.UNIT_AND_UNDER,
                self.name,
                row,
                "unit",
                unit,
                is_blocking=is_plan and cents == below,
                count=count,
                cents=cents,
                other_cents=below,
                other_row=other,
            )
            for unit, row, cents, other, below, count in self._asked(query, parts)
        ]

    def _asked(self, query: str, pairs: Pairs) -> list[tuple[Any, ...]]:
        """Return what a query finds in the amounts that are not zero, `pairs` and `under`."""
        given = (
            f"WITH given AS (SELECT source_row AS row, * EXCLUDE source_row FROM {self.table}"
            " WHERE cents <> 0),"
            " pairs AS (SELECT unnest($upper) AS upper, unnest($lower) AS lower),"
            " under AS (SELECT unnest($above) AS upper, unnest($below) AS lower) "
        )
        upper, lower = _columns(pairs)
        above, below = _columns(self.known.under)
        said = {"upper": upper, "lower": lower, "above": above, "below": below}
        return self.connection.execute(f"{given}{query}", said).fetchall()


def _columns(pairs: Pairs) -> tuple[list[str], list[str]]:
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
