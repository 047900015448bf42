"""DuckDB inside this process: one connection a process, one cursor a caller."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb


@cache
def _connection(process: int) -> duckdb.DuckDBPyConnection:
    """Make the process's connection; `process` keeps a forked child from its parent's."""
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "true",
        }
    )


def cursor() -> duckdb.DuckDBPyConnection:
    """Return a cursor of this process's in-memory database, for one thread to use and close.

    Nothing is written to a DuckDB file: processes share only Parquet.
    """
    opened = _connection(os.getpid()).cursor()
    opened.execute("SET enable_progress_bar = false")  # the command draws its own
    return opened


def quoted(path: Path) -> str:
    """Write a path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def parquet(paths: Iterable[Path], options: str = "") -> str:
    """Write a table function that reads Parquet files as one table."""
    return f"read_parquet([{', '.join(map(quoted, paths))}]{options})"
