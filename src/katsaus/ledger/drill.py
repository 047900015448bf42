"""What a figure is made of: its postings, budget rows, amendments or forecasts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from katsaus.core.columns import Slice
from katsaus.core.figures import Scenario
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.ledger import engine
from katsaus.ledger.statement import Question, scaled, scaled_euros

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a figure; `amount` is its share in euros, signed as the figure is.

    A posting has its date `on`, a voucher, its batch and its row in the file; a plan figure has the
    id of its row in the database.
    """

    source: Scenario
    amount: Decimal
    unit: str
    account: str
    on: date | None = None
    voucher: str = ""
    text: str = ""
    batch: str = ""
    source_row: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of a figure's entries, with the number and the sum of all of them."""

    page: tuple[Entry, ...]
    count: int
    total: Decimal | None


_NONE = Entries((), 0, None)


@dataclass(frozen=True)
class Details:
    """The rows that figures are made of: postings files by path, and plan figures as PLAN_SCHEMA.

    With each file come the years it has postings of: files of other years are not opened.
    """

    postings: Mapping[Path, range]
    plan: pa.Table


# The units and accounts stand in the text of the query as parameters, not in a join, so that
# only the row groups of the file that can hold them are read.
_POSTED = """
    SELECT 'actual' AS source, {factor} * cents AS amount, unit, account, date, voucher, text,
           filename AS file, source_row, NULL AS id
    FROM {files}
    WHERE date BETWEEN ? AND ? AND unit IN ({units}) AND account IN ({accounts})
"""
_PLANNED = """
    SELECT scenario AS source, {factor} * cents AS amount, unit, account, NULL AS date,
           '' AS voucher, '' AS text, '' AS file, NULL AS source_row, id
    FROM plan
    WHERE scenario = ? AND year = ? AND month BETWEEN ? AND ?
      AND unit IN ({units}) AND account IN ({accounts})
"""
_PAGE = """
    SELECT *, count(*) OVER (), CAST(sum(amount) OVER () AS BIGINT) FROM ({found})
    ORDER BY date, voucher, file, source_row, id LIMIT {limit} OFFSET {offset}
"""
_Parameters = list[str | int | date]


def entries(
    details: Details, question: Question, key: CellKey, *, limit: int | None = PAGE, offset: int = 0
) -> Entries:
    """List what the cell at `key` is made of, by date and voucher; `limit` None lists all.

    The sum of all entries is the cell. Those of a difference are the entries of both columns,
    the subtracted ones with the sign turned; there is no difference where the first is missing.
    A ratio has none: it has two amounts. Raises
    LookupError or SchemeError for a unit, column or row that is not there.
    """
    parts = list(_parts(details, question, key))
    if not parts or _is_missing(details, question, key):
        return _NONE
    query = _PAGE.format(
        found=" UNION ALL ".join(text for text, _ in parts),
        limit="ALL" if limit is None else limit,
        offset=offset,
    )
    with engine.cursor() as cursor:
        if "FROM plan" in query:
            cursor.register("plan", details.plan)
        rows = cursor.execute(query, [value for _, values in parts for value in values]).fetchall()
    if not rows and offset:
        return replace(entries(details, question, key, limit=1), page=())
    if not rows:
        return _NONE
    batches = {str(path): path.stem for path in details.postings}
    *_, count, amount = rows[0]
    return Entries(
        tuple(_entry(batches, *row[:-2]) for row in rows), count, scaled_euros(int(amount))
    )


def _is_missing(details: Details, question: Question, key: CellKey) -> bool:
    """Whether the cell is a difference whose first amount nothing was booked for."""
    column = question.column(key.column)
    if column.kind != "difference":
        return False
    return not entries(details, question, key._replace(column=column.left), limit=1).count


def _parts(details: Details, question: Question, key: CellKey) -> Iterator[tuple[str, _Parameters]]:
    """Write a query, with its parameters, for each slice of the column and weight of accounts."""
    units = [unit.code for unit in question.organization.subtree(key.unit)]
    accounts: dict[int, list[str]] = defaultdict(list)
    question.scheme.row(key.row)
    for weight in question.weights:
        if weight.row == key.row:
            accounts[scaled(weight)].append(weight.account)
    for part, sign in _signed_slices(question, key.column):
        files = [path for path, years in details.postings.items() if part.year in years]
        if part.scenario is Scenario.ACTUAL and not files:
            continue
        text, scope = _scope(part)
        marks = {"files": engine.parquet(files, ", filename = true"), "units": _marks(units)}
        for weight_of_all, weighed in accounts.items():
            marks["accounts"] = _marks(weighed)
            yield text.format(factor=sign * weight_of_all, **marks), [*scope, *units, *weighed]


def _signed_slices(question: Question, column_id: str) -> Iterator[tuple[Slice, int]]:
    column = question.column(column_id)
    if column.kind == "amount":
        yield from ((part, 1) for part in column.slices)
    elif column.kind == "difference":
        yield from _signed_slices(question, column.left)
        for part, sign in _signed_slices(question, column.right):
            yield part, -sign


def _scope(part: Slice) -> tuple[str, _Parameters]:
    """Return the query of a slice, for units and accounts to be filled in, and what bounds it."""
    if part.scenario is not Scenario.ACTUAL:
        return _PLANNED, [part.scenario, part.year, part.first_month, part.last_month]
    first = date(part.year, max(part.first_month, 1), 1)
    return _POSTED, [first, Period(part.year, part.last_month).ends_on]


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def _entry(
    batches: Mapping[str, str],
    source: str,
    amount: int,
    unit: str,
    account: str,
    on: date | None,
    voucher: str | None,
    text: str | None,
    file: str,
    source_row: int | None,
    plan_id: int | None,
) -> Entry:
    return Entry(
        Scenario(source),
        scaled_euros(int(amount)),
        unit,
        account,
        on,
        voucher or "",
        text or "",
        batches.get(file, ""),
        source_row,
        plan_id,
    )
