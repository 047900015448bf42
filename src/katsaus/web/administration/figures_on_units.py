"""Whether anything stands on a unit's code, so that the code cannot be changed any more."""

from katsaus.ledger import engine
from katsaus.ledger.importers import Kind
from katsaus.web.imports import queries as imports
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure
from katsaus.web.reports.models import ReportText


def has_figures(municipality: Municipality, code: str) -> bool:
    """Whether a figure, a posting or a text of the report was ever given for a unit's code."""
    plans = PlanFigure.objects.filter(unit__municipality=municipality, unit__code=code)
    texts = ReportText.objects.filter(municipality=municipality, place=code)
    return plans.exists() or texts.exists() or _has_postings(municipality, code)


def _has_postings(municipality: Municipality, code: str) -> bool:
    """Look into every batch, also those that count no more: they can count again."""
    batches = Batch.objects.filter(municipality=municipality, kind=Kind.POSTINGS)
    hashes = batches.values_list("content_hash", flat=True).distinct()
    cubes = [imports.store(municipality).cube(each) for each in hashes if each]
    if not cubes:
        return False
    query = f"SELECT 1 FROM {engine.parquet(cubes)} WHERE unit = ? LIMIT 1"  # noqa: S608 - our paths
    with engine.cursor() as cursor:
        return bool(cursor.execute(query, [code]).fetchall())
