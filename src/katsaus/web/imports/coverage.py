"""What a file of plan figures covers of those that it can replace."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from duckdb import DuckDBPyConnection

from katsaus.ledger.importers import ControlTotals, Kind, Reading
from katsaus.web.imports import use_cases
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.planning.models import PlanFigure

_PLANS = (Kind.BUDGET, Kind.AMENDMENTS, Kind.FORECASTS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of the older files the file has too, and how many it lacks.

    A figure is a unit's account or row in a year, of an amendment by its decision.
    """

    shared: int
    lacking: int


def replaced(upload: Upload, totals: ControlTotals, kind: Kind) -> Sequence[Batch]:
    """Return the batches that a file can take the place of; raises PartlyReplacedError."""
    new = Batch(
        municipality=upload.municipality,
        kind=kind,
        source=upload.source,
        first_month=totals.first_month,
        last_month=totals.last_month,
    )
    return use_cases.superseded_by(new, upload.period, replaces=True)


def coverage(upload: Upload, connection: DuckDBPyConnection, reading: Reading) -> Coverage | None:
    """Return what a file covers of the plan that it can replace; None where it replaces nothing."""
    if reading.kind not in _PLANS or reading.totals is None:
        return None
    try:
        batches = replaced(upload, reading.totals, reading.kind)
    except use_cases.PartlyReplacedError:
        return None
    if not batches:
        return None
    old, new = _kept(batches, reading.kind), _given(connection, reading)
    return Coverage(shared=len(old & new), lacking=len(old - new))


def _kept(batches: Sequence[Batch], kind: Kind) -> set[tuple[object, ...]]:
    figures: QuerySet[PlanFigure] = PlanFigure.objects.filter(plan_set__batch__in=batches)
    names = ["unit__code", "account", "year", "is_internal"]
    if kind is Kind.AMENDMENTS:
        names += ["decision__body", "decision__decided_on", "decision__section"]
    return set(figures.values_list(*names).distinct())


def _given(connection: DuckDBPyConnection, reading: Reading) -> set[tuple[object, ...]]:
    names = "unit, account, year, is_internal"
    if reading.kind is Kind.AMENDMENTS:
        names += ", decision_body, decided_on, coalesce(decision_section, '')"
    found = connection.execute(f"SELECT DISTINCT {names} FROM {reading.table}")  # noqa: S608 - ours
    return set(found.fetchall())
