"""The postings that Katsaus keeps, written for the other programs: a journal, and COPY text."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bench import books
from katsaus.ledger import engine

_TRANSACTIONS = """
SELECT date || ' ' || voucher || ' ' || min(text) || chr(10)
       || string_agg('  (' || path || ':' || account || ')  '
                     || (cents::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 2), chr(10)) || chr(10)
FROM {files} JOIN paths USING (unit) WHERE {which} GROUP BY date, voucher ORDER BY date, voucher
"""
_POSTINGS = "SELECT unit, account, date, cents FROM {files}"
_BATCH = 10_000


def write_journal(target: Path, which: str) -> None:
    """Write hledger's journal: a transaction per voucher, accounts named from the root down.

    `which` is a condition in SQL on the postings.
    """
    with engine.cursor() as cursor, target.open("w", encoding="utf-8") as journal:
        cursor.register("paths", pa.Table.from_pylist(list(_paths())))
        files = engine.parquet(books.postings_files())
        answer = cursor.execute(_TRANSACTIONS.format(files=files, which=which))
        while lines := answer.fetchmany(_BATCH):
            journal.writelines(f"{transaction}\n" for (transaction,) in lines)


def _paths() -> Iterator[dict[str, str]]:
    for unit in books.books().organization:
        yield {"unit": unit.code, "path": ":".join(_downwards(unit.code))}


def _downwards(code: str) -> list[str]:
    """Return the codes from the root to a unit."""
    parent = books.books().organization.unit(code).parent
    return [*(_downwards(parent) if parent else ()), code]


def write_copy_text(target: Path) -> list[list[str]]:
    """Write the postings as PostgreSQL takes them; returns the units above each cost centre.

    Each line is a cost centre, the municipality, its division and its service area.
    """
    with engine.cursor() as cursor:
        query = _POSTINGS.format(files=engine.parquet(books.postings_files()))
        cursor.execute(f"COPY ({query}) TO {engine.quoted(target)} (FORMAT csv, HEADER false)")
    paths = [_downwards(unit.code) for unit in books.books().organization]
    return [[path[-1], *(path + path[-1:] * 2)[:3]] for path in paths]
