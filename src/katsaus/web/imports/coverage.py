"""What a file covers of the figures that its source has given of the same time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from duckdb import DuckDBPyConnection

from katsaus.core.figures import Scenario
from katsaus.ledger.importers import ControlTotals, Kind, Reading
from katsaus.ledger.importers.doubles import Double
from katsaus.web.imports import use_cases
from katsaus.web.imports.doubles import found_doubles
from katsaus.web.imports.models import Batch, Upload
from katsaus.web.imports.queries import store
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure

Figure = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of the older files the file has too, and how many it lacks.

    A figure is a unit's account or row in a year, of an amendment by its decision; of postings it
    is a posting with all that it holds. What the file lacks is lost only where it can replace them.
    A forecast of a new round leaves `left` figures of the round before it behind, which is
    `earlier` ("2023-06"). `doubles` are its figures that may count twice with kept ones.
    """

    shared: int
    lacking: int
    earlier: str = ""
    left: int = 0
    doubles: tuple[Double, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: its source, the round of a forecast ("2023-06").

    `together` are the batches of the files that were given with it.
    """

    municipality: Municipality
    source: str
    period: str = ""
    together: Collection[int] = ()

    @classmethod
    def of(cls, upload: Upload) -> "Origin":
        """Return the origin of a file that a person has given alone."""
        return cls(upload.municipality, upload.source, upload.period)

    def round_of(self, kind: Kind) -> str:
        """Return the round of forecasts; empty of other kinds, which have none."""
        return self.period if kind is Kind.FORECASTS else ""

    def batch(self, totals: ControlTotals, kind: Kind) -> Batch:
        """Return the batch, not saved, that a file would become."""
        return Batch(
            municipality=self.municipality,
            kind=kind,
            source=self.source,
            first_month=totals.first_month,
            last_month=totals.last_month,
        )


def replaced(origin: Origin, totals: ControlTotals, kind: Kind) -> Sequence[Batch]:
    """Return the batches that a file can take the place of; raises PartlyReplacedError."""
    return use_cases.superseded_by(
        origin.batch(totals, kind), origin.period, replaces=True, together=origin.together
    )


def coverage(origin: Origin, connection: DuckDBPyConnection, reading: Reading) -> Coverage | None:
    """Return what a file covers of what its source gave of the same time; None of nothing."""
    if reading.totals is None or reading.kind in use_cases.WHOLE:
        return None
    new = origin.batch(reading.totals, reading.kind)
    older = use_cases.of_source(new, origin.period, origin.together)
    if reading.kind is Kind.POSTINGS:
        return _of_postings(origin, older, connection, reading)
    return _of_plan(origin, older, connection, reading)


def _of_postings(
    origin: Origin, older: QuerySet[Batch], connection: DuckDBPyConnection, reading: Reading
) -> Coverage | None:
    rows = dict(older.values_list("content_hash", "rows"))
    if not rows:
        return None
    shared = store(origin.municipality).shared(connection, reading.table, rows)
    return Coverage(shared, sum(rows.values()) - shared)


def _of_plan(
    origin: Origin, older: QuerySet[Batch], connection: DuckDBPyConnection, reading: Reading
) -> Coverage | None:
    new = _given(connection, reading)
    old = _figures(PlanFigure.objects.filter(plan_set__batch__in=older), reading.kind)
    own, period = set(older.values_list("pk", flat=True)), origin.round_of(reading.kind)
    twice = found_doubles(origin.municipality, period, own, connection, reading)
    earlier, left = _left_behind(origin, new) if reading.kind is Kind.FORECASTS else ("", 0)
    if not (old or left or twice):
        return None
    return Coverage(len(old & new), len(old - new), earlier, left, twice)


def _left_behind(origin: Origin, new: set[Figure]) -> tuple[str, int]:
    """Return the round before the file's, and how many of its figures the file's has not."""
    of_year = PlanFigure.objects.filter(
        plan_set__municipality=origin.municipality,
        plan_set__scenario=Scenario.FORECAST,
        plan_set__is_current=True,
        plan_set__round__startswith=origin.period[:5],
    )
    rounds = of_year.filter(plan_set__round__lt=origin.period)
    earlier = rounds.aggregate(last=Max("plan_set__round"))["last"]
    if not origin.period or earlier is None:
        return "", 0
    told = _figures(of_year.filter(plan_set__round=origin.period), Kind.FORECASTS)
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
