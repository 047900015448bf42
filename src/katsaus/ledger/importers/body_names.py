"""Governing bodies by their names: another spelling is the known one, another name is told."""

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

_FIELDS = {Kind.AMENDMENTS: "decision_body", Kind.ORGANIZATION: "governing_body"}
_MOST_NAMED = 20


def take_bodies(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, name: str
) -> list[Problem]:
    """Put the name of a known body in place of its other spellings and languages.

    Returns a remark for each name that an amendment gives and no body has; a file of units makes
    the bodies that it names first.
    """
    if kind not in _FIELDS or not known.bodies:
        return []
    field = _FIELDS[kind]
    spellings = connection.execute(
        f"SELECT {field}, count(*), min(source_row) AS row FROM {table}"
        f" WHERE {field} IS NOT NULL GROUP BY 1 ORDER BY row"
    ).fetchall()
    bodies = {_plain(each): body for each, body in known.bodies.items()}
    meant = {text: body for text, *_ in spellings if (body := bodies.get(_plain(text)))}
    connection.execute(
        f"UPDATE {table} SET {field} = map($spelled, $bodies)[{field}]"
        f" WHERE {field} IN (SELECT unnest($spelled))",
        {"spelled": list(meant), "bodies": list(meant.values())},
    )
    if kind is Kind.ORGANIZATION:
        return []
    possible = tuple(sorted(set(known.bodies.values())))[:_MOST_NAMED]
    code = ProblemCode.UNKNOWN_BODY
    return [
        Problem(
            code,
            name,
            row,
            field,
            text[:200],
            is_blocking=False,
            count=count,
            possible=possible,
        )
        for text, count, row in spellings
        if text not in meant
    ]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
