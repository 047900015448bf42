"""What the cubes of posting batches say of units and accounts."""

from collections.abc import Iterable, Sequence
from typing import Any

from katsaus.ledger import engine
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
