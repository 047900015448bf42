"""Rows into a temporary table, each with the line of the file that it came from."""

import duckdb
import pyarrow as pa

from katsaus.ledger.importers.headers import Layout
from katsaus.ledger.importers.parsing import Parse, rows_sql
from katsaus.ledger.importers.sources import (
    Source,
    ends_in_quote,
    last_line,
    lines_of_rows,
)
from katsaus.ledger.problems import Problem, ProblemCode

_REJECTS = "katsaus_rejected_rows"
_SCANS = "katsaus_rejected_scans"
_LINES = "katsaus_line_numbers"


def load(
    connection: duckdb.DuckDBPyConnection, table: str, parse: Parse, source: Source, name: str
) -> list[Problem]:
    """Fill `table` with all rows of the text; return the lines that could not be taken as rows.

    The quick way cannot take a quoted field that goes over a line end, the second can; both stop at
    the first line that is no row. The third leaves such lines out and lists them.
    """
    problems: list[Problem] = []
    ways = ("", ", parallel = false")
    if not any(_try(connection, table, parse, source, way) for way in ways):
        problems = _load_leniently(connection, table, parse, source, name)
    rejected = {problem.row for problem in problems}
    found = _number(connection, table, parse.layout, source, name, rejected)
    blamed = {problem.row for problem in found}
    return [*(other for other in problems if other.row not in blamed), *found]


def _try(
    connection: duckdb.DuckDBPyConnection, table: str, parse: Parse, source: Source, options: str
) -> bool:
    try:
        _create(connection, table, parse, rows_sql(source.path, parse.layout, options))
    except duckdb.Error:
        return False
    return True


def _load_leniently(
    connection: duckdb.DuckDBPyConnection, table: str, parse: Parse, source: Source, name: str
) -> list[Problem]:
    options = f", parallel = false, store_rejects = true, rejects_table = '{_REJECTS}'"
    options += f", rejects_scan = '{_SCANS}'"
    _create(connection, table, parse, rows_sql(source.path, parse.layout, options))
    rows = connection.execute(
        "SELECT line, any_value(error_type::VARCHAR), any_value(csv_line)"
        f" FROM {_REJECTS} GROUP BY line ORDER BY line"
    ).fetchall()
    for leftover in (_REJECTS, _SCANS):
        connection.execute(f"DROP TABLE IF EXISTS {leftover}")
    # The reader refused the file: it must not pass, even where it names no line.
    return [
        Problem(_code(error, text), name, row=line, value=text.strip()[:200])
        for line, error, text in rows
    ] or [Problem(ProblemCode.NOT_A_TABLE, name, hint="delimiter")]


def _create(connection: duckdb.DuckDBPyConnection, table: str, parse: Parse, relation: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {parse.sql(relation)}")


def _code(error: str, text: str) -> ProblemCode:
    if error == "UNQUOTED VALUE" and text.count('"') % 2:
        return ProblemCode.CUT_FILE
    if error == "LINE SIZE OVER MAXIMUM":
        return ProblemCode.LINE_TOO_LONG
    return ProblemCode.RAGGED_ROW


def _number(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    layout: Layout,
    source: Source,
    name: str,
    rejected: set[int | None],
) -> list[Problem]:
    """Give each row its line; return the problems of quotes that end too late or never.

    DuckDB pads the row of a quote that never ends and loses all that follows, without a word. Where
    there are as many rows as lines, only the last line can hold one; otherwise Python's reader
    tells.
    """
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    if found == [(source.lines - layout.skip,)]:
        connection.execute(f"UPDATE {table} SET source_row = rowid + {layout.skip + 1}")
        is_open = ends_in_quote(last_line(source), layout.delimiter)
        return [Problem(ProblemCode.CUT_FILE, name, row=source.lines)] if is_open else []
    seen = lines_of_rows(source, layout.delimiter, layout.width, strict=not rejected)
    lines = [line for line in seen.starts if line > layout.skip and line not in rejected]
    numbered = pa.table({"place": range(len(lines)), "line": lines})
    connection.register(_LINES, numbered)
    connection.execute(
        f"UPDATE {table} SET source_row = n.line FROM {_LINES} AS n WHERE {table}.rowid = n.place"
    )
    connection.unregister(_LINES)
    swallowing = [
        Problem(ProblemCode.QUOTE_OVER_ROWS, name, row=line, value=text[:200])
        for line, text in seen.swallowing
    ]
    if seen.complaint is not None and not rejected:
        is_cut = seen.complaint == "unexpected end of data"
        code = ProblemCode.CUT_FILE if is_cut else ProblemCode.RAGGED_ROW
        return [*swallowing, Problem(code, name, row=seen.starts[-1])]
    if found != [(len(lines),)] and not rejected:
        return [*swallowing, Problem(ProblemCode.RAGGED_ROW, name)]
    return swallowing
