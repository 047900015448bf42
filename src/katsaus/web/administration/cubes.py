"""What the cubes of posting batches say of units and accounts."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from katsaus.ledger import engine
from katsaus.ledger.importers import Kind
from katsaus.web.imports.models import Batch
from katsaus.web.imports.queries import store
from katsaus.web.organization.models import Municipality


def asked(
    municipality: Municipality, batches: Iterable[str], query: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    """Return the rows of a query over the `{cubes}` of batches, given by their content hashes."""
    kept = store(municipality)
    cubes = [kept.cube(each) for each in batches if each]
    if not cubes:
        return []
    with engine.cursor() as cursor:
        return cursor.execute(query.format(cubes=engine.parquet(cubes)), values).fetchall()


def was_posted(municipality: Municipality, column: Literal["unit", "account"], code: str) -> bool:
    """Whether anything was ever posted on a unit or an account.

    Every batch is looked into, also those that count no more: they can count again.
    """
    batches = Batch.objects.filter(municipality=municipality, kind=Kind.POSTINGS)
    hashes = batches.values_list("content_hash", flat=True).distinct()
    query = f"SELECT 1 FROM {{cubes}} WHERE {column} = ? LIMIT 1"  # noqa: S608 - our own names
    return bool(asked(municipality, hashes, query, [code]))
