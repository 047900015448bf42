"""The figures that count beside a file of plans, and what of it may count twice with them."""

from collections.abc import Collection

import pyarrow as pa
from django.db.models import QuerySet
from duckdb import DuckDBPyConnection

from katsaus.ledger.importers import Reading
from katsaus.ledger.importers.doubles import BESIDE_SCHEMA, Double, doubles
from katsaus.web.imports import tables
from katsaus.web.imports.known import known
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure

_NAMES = ("unit__code", "account", "year", "month", "is_internal", "decision__body")
_MORE = ("decision__decided_on", "decision__section", "cents", "plan_set__batch__file_name")


def found_doubles(
    municipality: Municipality,
    period: str,
    own: Collection[int],
    connection: DuckDBPyConnection,
    reading: Reading,
) -> tuple[Double, ...]:
    """Return what a plan that was read has of the figures that count in the same years.

    Of forecasts those of the round `period` count. `own` are the numbers of the batches that the
    file could replace.
    """
    beside = _table(_counting(municipality, period, reading), own)
    if not beside.num_rows:
        return ()
    names = known(municipality, reading.kind, period)
    return doubles(connection, reading.table, reading.kind, names, beside)


def _counting(municipality: Municipality, period: str, reading: Reading) -> QuerySet[PlanFigure]:
    years = reading.totals.years if reading.totals else None
    found = PlanFigure.objects.filter(
        plan_set__municipality=municipality,
        plan_set__scenario=tables.SCENARIOS[reading.kind],
        plan_set__is_current=True,
        plan_set__round=period,
    )
    return found.filter(year__range=(years[0], years[-1])) if years else found.none()


def _table(figures: QuerySet[PlanFigure], own: Collection[int]) -> pa.Table:
    found = figures.values_list(*_NAMES, *_MORE, "plan_set__batch__pk")
    columns = list(zip(*found.iterator(), strict=True)) or [()] * len(BESIDE_SCHEMA)
    columns[-1] = tuple(batch in own for batch in columns[-1])
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(columns, BESIDE_SCHEMA.types, strict=True)],
        BESIDE_SCHEMA,
    )
