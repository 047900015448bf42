"""The faults of codes among themselves: doubles, unknown parents and successors, circles."""

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode


def code_problems(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, name: str
) -> list[Problem]:
    """Return what is wrong with the codes of an organisation or an account list."""
    if kind is Kind.ACCOUNTS:
        doubles = _doubles(connection, table, "number", name)
        return doubles + _unknown_officials(connection, table, known, name)
    if kind is not Kind.ORGANIZATION:
        return []
    rows = connection.execute(
        f"SELECT code, parent, successor, source_row FROM {table} WHERE code IS NOT NULL"
        " ORDER BY source_row"
    ).fetchall()
    codes = known.units | {code for code, _, _, _ in rows}
    parents = {code: parent for code, parent, _, _ in rows if parent}
    problems = _doubles(connection, table, "code", name)
    for _, parent, successors, row in rows:
        if parent and parent not in codes:
            problems.append(Problem(ProblemCode.UNKNOWN_PARENT, name, row, "parent", parent))
        for successor in (part.strip() for part in (successors or "").split(",")):
            if successor and successor not in codes:
                code = ProblemCode.UNKNOWN_SUCCESSOR
                problems.append(Problem(code, name, row, "successor", successor))
    row_of = {code: row for code, _, _, row in rows}
    return problems + [
        Problem(ProblemCode.UNIT_CYCLE, name, row_of[cycle[0]], "parent", " -> ".join(cycle))
        for cycle in _cycles(parents)
    ]


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


def _doubles(
    connection: duckdb.DuckDBPyConnection, table: str, field: str, name: str
) -> list[Problem]:
    rows = connection.execute(
        f"SELECT {field}, count(*), max(source_row) FROM {table} WHERE {field} IS NOT NULL"
        " GROUP BY 1 HAVING count(*) > 1 ORDER BY 3"
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
