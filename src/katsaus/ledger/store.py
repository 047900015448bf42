"""The ledger at rest: immutable Parquet batches named by their content, each with its cube."""

import hashlib
import os
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from katsaus.core.figures import Cents
from katsaus.ledger import engine

# Small row groups let a drill-down read only the few that hold its unit and account.
ROW_GROUP_SIZE = 4_096
LEFT_BEHIND_SECONDS = 24 * 3600

# What a posting is, wherever it stands in a file.
POSTING = ("unit", "account", "date", "cents", "is_internal", "voucher", "text")
_POSTING = ", ".join(POSTING)
_POSTINGS = f"""
    SELECT {_POSTING}, source_row
    FROM {{table}} ORDER BY unit, account, date, voucher, source_row
"""
_CUBE = """
    SELECT unit, account, CAST(year(date) AS SMALLINT) AS year,
           CAST(month(date) AS SMALLINT) AS month, is_internal,
           CAST(sum(cents) AS BIGINT) AS cents, count(*) AS postings
    FROM {table} GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Store:
    """A municipality's folder of batches.

    A batch is two files that never change: `<hash>.parquet` holds its postings sorted by
    unit, account and date, `<hash>.cube.parquet` their sums by unit, account and month. The
    hash is the SHA-256 of the postings file. Files are written under another name, forced to
    disk and renamed, the postings last, so a batch whose postings are there is whole. A batch
    counts only once the database has its row: what a crash leaves before that is never read.
    """

    folder: Path

    def postings(self, batch: str) -> Path:
        """Return the file of a batch's postings."""
        return self.folder / f"{batch}.parquet"

    def cube(self, batch: str) -> Path:
        """Return the file of a batch's sums."""
        return self.folder / f"{batch}.cube.parquet"

    def keep(self, connection: duckdb.DuckDBPyConnection, table: str) -> str:
        """Write the postings of a DuckDB table as a batch and return its content hash.

        The table has unit, account, date, cents (revenue +, expense -), is_internal, voucher,
        text and source_row. The same postings give the same batch, written once.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        postings, cube = self._draft(), self._draft()
        try:
            _write(connection, _POSTINGS.format(table=table), postings)
            _write(connection, _CUBE.format(table=table), cube)
            batch = _hash(postings)
            if not self.postings(batch).exists():
                cube.replace(self.cube(batch))
                postings.replace(self.postings(batch))
                force(self.folder)
            return batch
        finally:
            postings.unlink(missing_ok=True)
            cube.unlink(missing_ok=True)

    def shared(
        self, connection: duckdb.DuckDBPyConnection, table: str, batches: Iterable[str]
    ) -> int:
        """Return how many postings of some batches a DuckDB table, as of `keep`, has too.

        Equal ones are as many as there are on the side that has fewer of them; `batches` has at
        least one.
        """
        kept = engine.parquet(map(self.postings, batches))
        [(count,)] = connection.execute(
            f"SELECT count(*) FROM (SELECT {_POSTING} FROM {kept}"
            f" INTERSECT ALL SELECT {_POSTING} FROM {table})"
        ).fetchall()
        return int(count)

    def _draft(self) -> Path:
        return self.folder / f"{uuid.uuid4().hex}.draft"

    def _sweep(self) -> None:
        """Remove drafts that a crash left behind."""
        for draft in self.folder.glob("*.draft"):
            with suppress(FileNotFoundError):  # another import has just renamed its own
                if time.time() - draft.stat().st_mtime > LEFT_BEHIND_SECONDS:
                    draft.unlink()


def of_years(cubes: Iterable[Path], years: range) -> tuple[int, Cents]:
    """Return how many postings cubes, at least one, have in some years, and their sum."""
    query = (
        "SELECT coalesce(sum(postings), 0), coalesce(sum(cents), 0)"
        f" FROM {engine.parquet(cubes)} WHERE year BETWEEN $first AND $last"
    )
    with engine.cursor() as cursor:
        asked = {"first": years[0], "last": years[-1]}
        [(count, cents)] = cursor.execute(query, asked).fetchall()
    return int(count), int(cents)


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    connection.execute(
        f"COPY ({query}) TO {engine.quoted(target)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_SIZE})"
    )
    force(target)


def force(path: Path) -> None:
    """Have the system write a file's bytes, or a folder's names, to the disk now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
