"""The bench's municipality in Katsaus: its files brought in by the importers that users have."""

import contextlib
import io
from functools import cache
from pathlib import Path

from django.conf import settings

from bench.municipality import YEARS
from bench.times import Totals
from katsaus.cli import demo, importing
from katsaus.cli.importing import ImportKind, Order
from katsaus.core.columns import columns_of
from katsaus.core.results import CellKey
from katsaus.ledger import engine
from katsaus.ledger.importers import Kind, read
from katsaus.web.finance.queries import Books
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.known import known
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import municipality

SCHEME = "income_statement"


def postings_csv(year: int) -> Path:
    """Return the file of a year's postings as it was made."""
    return Path(settings.DATA) / "files" / f"postings-{year}.csv"


def owner() -> Municipality:
    """Return the municipality."""
    return municipality(demo.SLUG)


@cache
def books() -> Books:
    """Return the municipality's figures, fetched once a process."""
    return Books(owner(), demo.PERIOD)


def bring_in_the_rest() -> None:
    """Bring in everything but the postings. Raises RuntimeError with what the command said."""
    folder = settings.DATA / "files"
    files = [(kind, [folder / name]) for kind, name in demo.FILES]
    files.append((ImportKind.TEXTS, sorted((demo.EXAMPLE / "texts").glob("*.md"))))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for kind, paths in files:
            if not importing.bring_in(Order(kind, demo.SLUG, demo.PERIOD.code), paths):
                raise RuntimeError(said.getvalue())


def bring_in_postings() -> None:
    """Bring in the postings of all years. Raises use_cases.BlockedError."""
    for year in YEARS:
        with engine.cursor() as cursor:
            names = known(owner(), Kind.POSTINGS)
            reading = read(cursor, postings_csv(year), Kind.POSTINGS, known=names)
            use_cases.keep(municipality=owner(), connection=cursor, reading=reading, source="bench")


def take_back_postings() -> None:
    """Leave nothing of the postings, so that they can be brought in anew."""
    store = queries.store(owner())
    for batch in queries.kept(owner(), Kind.POSTINGS):
        use_cases.undo(batch=batch)
        store.postings(batch.content_hash).unlink(missing_ok=True)
        store.cube(batch.content_hash).unlink(missing_ok=True)


def bring_in_postings_anew() -> None:
    """Take the postings back and bring them in."""
    take_back_postings()
    bring_in_postings()


@cache
def postings_files() -> tuple[Path, ...]:
    """Return the Parquet files of all postings."""
    batches = queries.posting_batches(owner())
    return tuple(map(queries.store(owner()).postings, batches))


def statement_totals() -> Totals:
    """Return what the statement's rows of accounts add up to over the whole municipality."""
    columns = columns_of(demo.PERIOD)
    by_year = zip(YEARS, (columns["prior_actual"], columns["actual"]), strict=True)
    totals = {str(year): _total(column.id) for year, column in by_year}
    return totals | {"all": sum(totals.values())}


def _total(column_id: str) -> int:
    computed, root = books().statement(SCHEME), books().organization.root.code
    rows = [row for row in computed.scheme.rows if row.selectors]
    amounts = [computed.amounts.get(CellKey(root, row.id, column_id)) for row in rows]
    return sum(int(amount * 100) for amount in amounts if amount is not None)
