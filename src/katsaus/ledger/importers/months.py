"""Columns of months: the headers that mean one, and a figure of its own for each month of a row."""

import re
from collections import abc
from dataclasses import dataclass

import duckdb

from katsaus.ledger.importers.kinds import (
    MONTHS,
    Kind,
    columns_of,
    has_months,
    month_words,
    words_before_month,
)
from katsaus.ledger.problems import Problem, ProblemCode

# Twelve months in whole euros, or thousands, may differ from the year by half of one each.
_ROUNDING = 6
_LISTED = 1000
_YEAR = r"(?:19|20|21)[0-9]{2}"
_SPELLINGS = tuple(
    re.compile(spelling)
    for spelling in (
        rf"(?P<name>[a-zåäö]+) ?(?P<year>{_YEAR}|[0-9]{{2}})?",  # tammi, tammi 2026, tammi 26
        rf"(?P<year>{_YEAR}) ?(?P<name>[a-zåäö]+)",
        rf"(?P<number>[0-9]{{1,2}})(?: (?P<year>{_YEAR}))?",  # 1, 01 2026
        rf"(?P<year>{_YEAR}) ?(?P<number>[0-9]{{1,2}})(?: 01)?",  # 2026 1, 202601, 2026 01 01
    )
)


@dataclass(frozen=True, slots=True)
class MonthHeader:
    """A month of the year from 1, and the year where the header tells it."""

    month: int
    year: int | None


def months_in(headers: abc.Collection[str], kind: Kind) -> dict[str, MonthHeader]:
    """Return which normalised headers are of months; one month alone is none.

    Bare numbers are months only where all twelve are there.
    """
    if not has_months(kind):
        return {}
    found = {header: month for header in headers if (month := _month(header))}
    bare = {header for header in found if len(header) < 3}
    if len({found[header].month for header in bare}) < len(MONTHS):
        found = {header: month for header, month in found.items() if header not in bare}
    return found if len({each.month for each in found.values()}) > 1 else {}


def _month(header: str) -> MonthHeader | None:
    first, _space, rest = header.partition(" ")
    text = rest if first in words_before_month() else header
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(text):
            said = match.groupdict()
            month = month_words().get(said.get("name", "")) or int(said.get("number", 0))
            if month in MONTHS.values():
                return MonthHeader(month, _year(said["year"]))
    return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) > 2 else 2000 + int(text)


def part_into_months(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, months: abc.Sequence[str]
) -> None:
    """Make of each row of the table a row for each of its months; an empty cell is no figure."""
    fields = ["cents" if field.name == "amount" else field.name for field in columns_of(kind)]
    names = ", ".join(f"{name} AS '{MONTHS[name]}'" for name in months)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS"
        f" SELECT * REPLACE (CAST(month AS INTEGER) AS month) FROM ("
        f"SELECT {', '.join(fields)}, source_row FROM (UNPIVOT"
        f" (SELECT * EXCLUDE (month, cents) FROM {table})"
        f" ON {names} INTO NAME month VALUE cents))"
    )


def month_problems(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    months: abc.Sequence[str],
    unit: int,
    name: str,
) -> list[Problem]:
    """Return the rows whose months do not add up to the column of totals beside them.

    What rounding to the `unit` of the amounts explains (in cents: 100 of euros) is told once, of
    all such rows, and prevents nothing.
    """
    is_read = " AND ".join(f"bad_{month} IS NULL" for month in months)
    differs = f"total <> COALESCE(cents, 0) AND {is_read}"
    is_rounded = f"COALESCE(abs(total - cents) <= {_ROUNDING * unit}, false)"
    code = ProblemCode.MONTHS_DIFFER
    rows = connection.execute(
        f"SELECT source_row, total, cents FROM {table} WHERE {differs} AND NOT ({is_rounded})"
        f" ORDER BY source_row LIMIT {_LISTED}"
    ).fetchall()
    [(first, count, total, cents)] = connection.execute(
        f"SELECT min(source_row), count(*), sum(total), sum(cents) FROM {table}"
        f" WHERE {differs} AND {is_rounded}"
    ).fetchall()
    faults = [
        Problem(code, name, row, "total", cents=year, other_cents=months)
        for row, year, months in rows
    ]
    remark = Problem(
        code,
        name,
        first,
        "total",
        is_blocking=False,
        count=count,
        cents=total,
        other_cents=cents,
    )
    return [*faults, *([remark] if count else [])]
