"""What a file of plan figures covers of those that it can replace."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from duckdb import DuckDBPyConnection

from katsaus.core.figures import Scenario
from katsaus.ledger.importers import ControlTotals, Kind, Reading
from katsaus.web.imports import use_cases
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.planning.models import PlanFigure

Figure = tuple[object, ...]
_PLANS = (Kind.BUDGET, Kind.AMENDMENTS, Kind.FORECASTS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of the older files the file has too, and how many it lacks.

    A figure is a unit's account or row in a year, of an amendment by its decision. A forecast of a
    new round leaves `left` figures of the round before it behind, which is `earlier` ("2023-06").
    """

    shared: int
    lacking: int
    earlier: str = ""
    left: int = 0


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
    """Return what a file covers of a plan that counts; None where there is no such."""
    if reading.kind not in _PLANS or reading.totals is None:
        return None
    try:
        batches = replaced(upload, reading.totals, reading.kind)
    except use_cases.PartlyReplacedError:
        return None
    new = _given(connection, reading)
    old = _figures(PlanFigure.objects.filter(plan_set__batch__in=batches), reading.kind)
    earlier, left = _left_behind(upload, new) if reading.kind is Kind.FORECASTS else ("", 0)
    if not old and not left:
        return None
    return Coverage(len(old & new), len(old - new), earlier, left)


def _left_behind(upload: Upload, new: set[Figure]) -> tuple[str, int]:
    """Return the round before the file's, and how many of its figures the file's has not."""
    of_year = PlanFigure.objects.filter(
        plan_set__municipality=upload.municipality,
        plan_set__scenario=Scenario.FORECAST,
        plan_set__is_current=True,
        plan_set__round__startswith=upload.period[:5],
    )
    rounds = of_year.filter(plan_set__round__lt=upload.period)
    earlier = rounds.aggregate(last=Max("plan_set__round"))["last"]
    if not upload.period or earlier is None:
        return "", 0
    told = _figures(of_year.filter(plan_set__round=upload.period), Kind.FORECASTS)
    before = _figures(of_year.filter(plan_set__round=earlier), Kind.FORECASTS)
    return earlier, len(before - told - new)


def _figures(figures: QuerySet[PlanFigure], kind: Kind) -> set[Figure]:
    names = ["unit__code", "account", "year", "is_internal"]
    if kind is Kind.AMENDMENTS:
        names += ["decision__body", "decision__decided_on", "decision__section"]
    return set(figures.values_list(*names).distinct())


def _given(connection: DuckDBPyConnection, reading: Reading) -> set[Figure]:
    names = "unit, account, year, is_internal"
    if reading.kind is Kind.AMENDMENTS:
        names += ", coalesce(decision_body, ''), decided_on, coalesce(decision_section, '')"
    found = connection.execute(f"SELECT DISTINCT {names} FROM {reading.table}")  # noqa: S608 - ours
    return set(found.fetchall())
