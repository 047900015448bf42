"""Postings of a file that other sources have given already: they would count twice."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet
from duckdb import DuckDBPyConnection

from katsaus.ledger.importers import Kind, Reading
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports.coverage import Origin
from katsaus.web.imports.models import Batch
from katsaus.web.imports.queries import beside, store


def with_elsewhere(origin: Origin, connection: DuckDBPyConnection, reading: Reading) -> Reading:
    """Return a reading with a remark for each batch of another source that has its postings."""
    if reading.kind is not Kind.POSTINGS or reading.totals is None:
        return reading
    others = beside(origin.batch(reading.totals, reading.kind)).exclude(source=origin.source)
    others = others.exclude(pk__in=origin.together)
    found = tuple(_remarks(origin, others, connection, reading))
    return replace(reading, problems=(*reading.problems, *found))


def _remarks(
    origin: Origin, others: QuerySet[Batch], connection: DuckDBPyConnection, reading: Reading
) -> Iterator[Problem]:
    ledger = store(origin.municipality)
    for batch in others:
        if count := ledger.shared(connection, reading.table, [batch.content_hash]):
            yield Problem(
                ProblemCode.GIVEN_ELSEWHERE,
                reading.file,
                value=batch.source,
                count=count,
                is_blocking=False,
                possible=(batch.file_name,),
            )
