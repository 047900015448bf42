"""Cells that hold a code and a name, "64110000 Konsernipalvelut": the code is taken from them."""

import re

import duckdb

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.totals import WITH_AMOUNTS
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

_CODE = re.compile(r"([^ \t\u00a0]+?)[:;,.\u2013-]*[ \t\u00a0]")
_BLANKS = "[ \\t\u00a0]"


def take_codes(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, name: str
) -> list[Problem]:
    """Put the code in place of code and name, where the code is known and the whole is not.

    Returns a piece of information for each field in which this was done.
    """
    if kind not in WITH_AMOUNTS:
        return []
    found = []
    for field, codes in (("unit", known.units), ("account", known.accounts)):
        # Each spelling once: there are some hundreds of them in a million rows.
        spellings = connection.execute(
            f"SELECT {field}, count(*), min(source_row) AS row FROM {table}"
            f" WHERE regexp_matches({field}, '{_BLANKS}') GROUP BY 1 ORDER BY row"
        ).fetchall()
        meant = {text: code for text, _, _ in spellings if (code := _code(text, codes))}
        if not meant:
            continue
        connection.execute(
            f"UPDATE {table} SET {field} = map($spelled, $codes)[{field}]"
            f" WHERE {field} IN (SELECT unnest($spelled))",
            {"spelled": list(meant), "codes": list(meant.values())},
        )
        counted = [(text, count, row) for text, count, row in spellings if text in meant]
        found.append(_told(name, field, counted))
    return found


def _code(text: str, codes: frozenset[str]) -> str | None:
    """Return the code that a cell begins with; None where the whole of it is known."""
    match = _CODE.match(text)
    return match[1] if match and text not in codes and match[1] in codes else None


def _told(name: str, field: str, counted: list[tuple[str, int, int]]) -> Problem:
    return Problem(
        ProblemCode.NAME_LEFT_OUT,
        name,
        row=counted[0][2],
        field=field,
        value=counted[0][0][:200],
        is_blocking=False,
        count=sum(count for _, count, _ in counted),
    )
