"""The faults of codes among themselves: doubles, unknown parents and successors, circles.

A unit has a row for each hierarchy that it has a place in; the rows say the same of the unit.
"""

import re

import duckdb

from katsaus.core.accounts import NUMBER, is_unusual
from katsaus.ledger.importers.kinds import Kind, fields_of
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

# What a row tells of the unit's place, not of the unit itself.
_OF_PLACES = ("parent", "hierarchy", "hierarchy_from")


def code_problems(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, name: str
) -> list[Problem]:
    """Return what is wrong with the codes of an organisation or an account list."""
    if kind is Kind.ACCOUNTS:
        doubles = _doubles(connection, table, "number", name)
        officials = _unknown_officials(connection, table, known, name)
        return [*doubles, *officials, *_numbers(connection, table, name)]
    if kind is not Kind.ORGANIZATION:
        return []
    rows = connection.execute(
        f"SELECT code, parent, successor, coalesce(hierarchy, ''), source_row FROM {table}"
        " WHERE code IS NOT NULL ORDER BY source_row"
    ).fetchall()
    codes = known.units | {code for code, *_ in rows}
    problems = _doubles(connection, table, "code", name, "coalesce(hierarchy, '')")
    problems += _differing(connection, table, name)
    for _, parent, successors, _, row in rows:
        if parent and parent not in codes:
            problems.append(Problem(ProblemCode.UNKNOWN_PARENT, name, row, "parent", parent))
        for successor in (part.strip() for part in (successors or "").split(",")):
            if successor and successor not in codes:
                code = ProblemCode.UNKNOWN_SUCCESSOR
                problems.append(Problem(code, name, row, "successor", successor))
    for hierarchy in dict.fromkeys(row[3] for row in rows):
        within = [row for row in rows if row[3] == hierarchy]
        row_of = {row[0]: row[4] for row in within}
        problems += [
            Problem(ProblemCode.UNIT_CYCLE, name, row_of[cycle[0]], "parent", " -> ".join(cycle))
            for cycle in _cycles({row[0]: row[1] for row in within if row[1]})
        ]
    return problems


def _differing(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[Problem]:
    """Return the units whose rows for several hierarchies say different things of them."""
    own = [f.name for f in fields_of(Kind.ORGANIZATION) if f.name not in _OF_PLACES]
    rows = connection.execute(
        f"SELECT code, max(source_row) FROM {table} WHERE code IS NOT NULL GROUP BY 1"
        " HAVING count(DISTINCT coalesce(hierarchy, '')) > 1"
        f" AND count(DISTINCT ({', '.join(own)})) > 1 ORDER BY 2"
    ).fetchall()
    return [Problem(ProblemCode.UNIT_TOLD_TWICE, name, row, "code", code) for code, row in rows]


def _unknown_officials(
    connection: duckdb.DuckDBPyConnection, table: str, known: Known, name: str
) -> list[Problem]:
    """Return the officials that are none: an own account is on the row of its official one."""
    rows = connection.execute(
        f"SELECT official, source_row FROM {table} WHERE official IS NOT NULL ORDER BY source_row"
    ).fetchall()
    return [
        Problem(ProblemCode.UNKNOWN_OFFICIAL, name, row, "official", official)
        for official, row in rows
        if official not in known.accounts
    ]


def _numbers(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[Problem]:
    """Return the numbers that no account can have, and as a remark those that few have."""
    rows = connection.execute(
        f"SELECT number, source_row FROM {table} WHERE number IS NOT NULL ORDER BY source_row"
    ).fetchall()
    wrong = [
        Problem(ProblemCode.BAD_ACCOUNT_NUMBER, name, row, "number", number[:200])
        for number, row in rows
        if not re.fullmatch(NUMBER, number)
    ]
    unusual = {number: row for number, row in rows if is_unusual(number)}
    remark = Problem(
        ProblemCode.UNUSUAL_ACCOUNTS,
        name,
        next(iter(unusual.values()), None),
        "number",
        ", ".join(unusual)[:200],
        is_blocking=False,
        count=len(unusual),
    )
    return [*wrong, *([remark] if unusual else [])]


def _doubles(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    field: str,
    name: str,
    within: str = "''",
) -> list[Problem]:
    rows = connection.execute(
        f"SELECT {field}, count(*), max(source_row) FROM {table} WHERE {field} IS NOT NULL"
        f" GROUP BY {field}, {within} HAVING count(*) > 1 ORDER BY 3"
    ).fetchall()
    return [
        Problem(ProblemCode.DUPLICATE_CODE, name, row, field, code, count=count)
        for code, count, row in rows
    ]


def _cycles(parents: dict[str, str]) -> list[list[str]]:
    """Return every circle once, from the code that stands first in the file and back to it."""
    done: set[str] = set()
    cycles = []
    for start in parents:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in done and code not in path:
            path[code] = None
            code = parents.get(code)
        if code is not None and code in path:
            steps = list(path)
            cycles.append([*steps[steps.index(code) :], code])
        done.update(path)
    return cycles
