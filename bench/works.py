"""The works that are timed: Katsaus's own, and plain DuckDB's on the same files."""

import shutil
from collections.abc import Callable

import pyarrow as pa
from django.conf import settings

from bench import books
from bench.municipality import YEARS
from bench.times import Times, Totals, in_turn
from katsaus.cli import demo
from katsaus.core.columns import columns_of
from katsaus.core.results import CellKey
from katsaus.ledger import engine
from katsaus.web.audit import shelves
from katsaus.web.finance.queries import Books
from katsaus.web.reports.compose import compose
from katsaus.web.reports.writing import Format, write

LEAF = "64110200"  # a cost centre with some hundred postings of wages
EVERY, TENTH = "true", "voucher LIKE '%0'"
_COLUMNS = """{'unit': 'VARCHAR', 'account': 'VARCHAR', 'date': 'DATE', 'amount': 'DECIMAL(18, 2)',
    'is_internal': 'VARCHAR', 'voucher': 'VARCHAR', 'text': 'VARCHAR'}"""
_SORTED = f"""
COPY (SELECT * FROM read_csv($source, columns = {_COLUMNS}, delim = ';', header = true,
                             dateformat = '%d.%m.%Y', decimal_separator = ',')
      ORDER BY unit, account, date) TO $target (FORMAT parquet)
"""


def grouped() -> object:
    """Group the postings files by unit and account with DuckDB alone: the yardstick.

    The answer is fetched as the statement's is: an Arrow table, then Python's own values.
    """
    files = engine.parquet(books.postings_files())
    query = f"SELECT unit, account, sum(cents) FROM {files} GROUP BY unit, account"
    with engine.cursor() as cursor:
        answer: pa.Table = cursor.sql(query).to_arrow_table()
    return [column.to_pylist() for column in answer.columns]


def grouped_totals(which: str = EVERY) -> Totals:
    """Return what the postings add up to, or those of a condition in SQL."""
    files = engine.parquet(books.postings_files())
    sums = "SELECT year(date), CAST(sum(cents) AS BIGINT)"
    query = f"{sums} FROM {files} WHERE {which} GROUP BY 1 ORDER BY 1"
    with engine.cursor() as cursor:
        totals = {str(year): cents for year, cents in cursor.execute(query).fetchall()}
    return totals | {"all": sum(totals.values())}


def statement() -> object:
    """Compute all units x rows x columns, with what the database knows fetched beforehand."""
    held = books.books()
    return held.computed(held.question(books.SCHEME))


def statement_anew() -> object:
    """Compute all units x rows x columns from the database on."""
    _forget()
    return Books(books.owner(), demo.PERIOD).statement(books.SCHEME)


def _forget() -> None:
    """Remove what was computed before, in memory and on the disk: the computing is timed here."""
    shelves.empty()
    shutil.rmtree(settings.COMPUTED, ignore_errors=True)


def page() -> object:
    """Fetch the first page of the postings of a leaf: one cost centre and one row of accounts."""
    leaf = CellKey(LEAF, "wages_and_salaries", columns_of(demo.PERIOD)["actual"].id)
    held = books.books()
    found = held.entries(held.question(books.SCHEME), leaf)
    if not found.page:
        raise ValueError(f"{leaf} has no entries")
    return found


def sort_csv() -> None:
    """Have DuckDB read the postings CSV, its types told, and write it sorted as Parquet."""
    for year in YEARS:
        target = settings.DATA / f"duckdb-{year}.parquet"
        with engine.cursor() as cursor:
            files = {"source": str(books.postings_csv(year)), "target": str(target)}
            cursor.execute(_SORTED, files)
        target.unlink()


def report() -> bytes:
    """Compose the whole report and write it as PDF."""
    _forget()
    return write(compose(books.owner(), demo.PERIOD), Format.PDF)


def time_answers(rounds: int) -> dict[str, Times]:
    """Time the yardstick, the statement and the drill-down in turn."""
    return in_turn(
        {
            "grouped": grouped,
            "statement": statement,
            "page": page,
            "statement_anew": statement_anew,
        },
        rounds,
    )


def time_imports(rounds: int) -> dict[str, Times]:
    """Time both ways from CSV to sorted Parquet in turn; the postings stay brought in."""
    works = {"sort_csv": sort_csv, "import": books.bring_in_postings}
    return in_turn(works, rounds, before=books.take_back_postings)


def time_report(rounds: int) -> dict[str, Times]:
    """Time the report as PDF."""
    return in_turn({"report": report}, rounds)


def once(work: Callable[[], object]) -> None:
    """Do a work once, for its peak memory."""
    work()


def nothing() -> None:
    """Do nothing: what the loaded program alone takes."""
