"""The published reports that follow the figures of a file or a batch: they are computed anew."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Min
from duckdb import DuckDBPyConnection

from katsaus.core.figures import Scenario
from katsaus.ledger.importers import Kind, Reading
from katsaus.web.access.publications import published_change, published_periods
from katsaus.web.imports.comparing import Comparison
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure, PlanSet

# From a month (202306) to another that is not in it any more.
Span = tuple[int, int]


def spans_of_file(
    owner: Municipality, connection: DuckDBPyConnection, reading: Reading, period: str
) -> tuple[Span, ...]:
    """Return when the periods end whose figures a file changes; `period` is a forecast's round."""
    if reading.kind is Kind.FORECASTS:
        return _of_round(owner, period)
    if reading.kind is Kind.AMENDMENTS:
        found = connection.execute(
            f"SELECT year, min(year(decided_on) * 100 + month(decided_on)) FROM {reading.table}"  # noqa: S608 - ours
            " GROUP BY 1"
        )
        return _of_decisions(dict(found.fetchall()))
    totals = reading.totals
    return _of_months(reading.kind, totals.first_month, totals.last_month) if totals else ()


def spans_of(batches: Sequence[Batch]) -> tuple[Span, ...]:
    """Return when the periods end whose figures change when batches of one kind come or go."""
    if not batches:
        return ()
    kind, given = Kind(batches[0].kind), PlanFigure.objects.filter(plan_set__batch__in=batches)
    if kind is Kind.FORECASTS:
        rounds = given.values_list("plan_set__round", flat=True).distinct()
        owner = batches[0].municipality
        return tuple(span for period in rounds for span in _of_round(owner, period))
    if kind is Kind.AMENDMENTS:
        years = given.values_list("year").annotate(Min("decision__decided_on"))
        return _of_decisions({year: on.year * 100 + on.month for year, on in years})
    months = ((batch.first_month, batch.last_month) for batch in batches)
    return tuple(span for first, last in months for span in _of_months(kind, first, last))


def published_after(owner: Municipality, spans: Iterable[Span]) -> str:
    """Return which published reports change, in words; empty where none does."""
    spans = tuple(spans)
    found = ((each, each.year * 100 + each.month) for each in published_periods(owner))
    return published_change(
        period for period, month in found if any(first <= month < end for first, end in spans)
    )


def changes_reports(kind: Kind, found: Comparison) -> bool:
    """Whether a file of units or accounts changes reports, which print no names of accounts."""
    if kind is Kind.ORGANIZATION:
        return found.changed > 0
    fields = {field for each in found.listed for field, _before, _after in each.fields}
    return "official" in fields or found.changed > len(found.listed)


def _of_months(kind: Kind, first: int | None, last: int | None) -> tuple[Span, ...]:
    if first is None or last is None:
        return ()
    if kind is Kind.POSTINGS:  # a report shows the whole of the year before it too
        return ((first, (last // 100 + 2) * 100),)
    return ((first // 100 * 100, (last // 100 + 1) * 100),)


def _of_decisions(decided: Mapping[int, int]) -> tuple[Span, ...]:
    """Return the rest of each year from the month in which its first amendment was decided."""
    return tuple(
        (max(month, year * 100), (year + 1) * 100) for year, month in sorted(decided.items())
    )


def _of_round(owner: Municipality, period: str) -> tuple[Span, ...]:
    """Return the year from a round of forecasts to the next."""
    if not period:
        return ()
    rounds = PlanSet.objects.filter(
        municipality=owner, scenario=Scenario.FORECAST, is_current=True, round__gt=period
    )
    later = rounds.filter(round__startswith=period[:5]).aggregate(first=Min("round"))["first"]
    end = _month(later) if later else (int(period[:4]) + 1) * 100
    return ((_month(period), end),)


def _month(period: str) -> int:
    return int(period.replace("-", ""))
