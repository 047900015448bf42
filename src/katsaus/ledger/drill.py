"""What a figure is made of: its postings, budget rows, amendments or forecasts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from katsaus.core.columns import Slice
from katsaus.core.figures import Scenario
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.ledger import engine
from katsaus.ledger.statement import Question, register_weights, scaled_euros

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


@dataclass(frozen=True)
class Details:
    """The rows that figures are made of: postings files, and plan figures as PLAN_SCHEMA."""

    postings: tuple[Path, ...]
    plan: pa.Table


_COLUMNS = "source, amount, unit, account, date, voucher, text, file, source_row, id"
# The units and accounts stand in the text of the query as parameters, not in a join, so that
# only the row groups of the file that can hold them are read.
_POSTED = """
    SELECT 'actual' AS source, {sign} * p.cents * w.weight AS amount, p.unit, p.account, p.date,
           p.voucher, p.text, p.filename AS file, p.source_row, NULL AS id
    FROM {files} p JOIN weights w ON w.account = p.account
    WHERE p.date BETWEEN ? AND ? AND p.unit IN ({units}) AND p.account IN ({accounts})
"""
_PLANNED = """
    SELECT p.scenario AS source, {sign} * p.cents * w.weight AS amount, p.unit, p.account,
           NULL AS date, '' AS voucher, '' AS text, '' AS file, NULL AS source_row, p.id
    FROM plan p JOIN weights w ON w.account = p.account
    WHERE p.scenario = ? AND p.year = ? AND p.month BETWEEN ? AND ?
      AND p.unit IN ({units}) AND p.account IN ({accounts})
"""
_Parameters = list[str | int | date]


def entries(
    details: Details, question: Question, key: CellKey, *, limit: int | None = PAGE, offset: int = 0
) -> Entries:
    """List what the cell at `key` is made of, by date and voucher; `limit` None lists all.

    The sum of all entries is the cell. Those of a difference are the entries of both columns,
    the subtracted ones with the sign turned. A ratio has none: it has two amounts. Raises
    LookupError or SchemeError for a unit, column or row that is not there.
    """
    weights = [weight for weight in question.weights if weight.row == key.row]
    units = [unit.code for unit in question.organization.subtree(key.unit)]
    with engine.cursor() as cursor:
        cursor.register("plan", details.plan)
        register_weights(cursor, weights)
        parts = [
            _part(details, part, sign, units, [weight.account for weight in weights])
            for part, sign in _signed_slices(question, key.column)
            if part.scenario is not Scenario.ACTUAL or details.postings
        ]
        if not parts:
            return Entries((), 0, None)
        query = " UNION ALL ".join(text for text, _ in parts)
        parameters = [value for _, values in parts for value in values]
        sums = f"SELECT count(*), CAST(sum(amount) AS BIGINT) FROM ({query})"
        [(count, amount)] = cursor.execute(sums, parameters).fetchall()
        page = (
            f"SELECT {_COLUMNS} FROM ({query}) "
            f"ORDER BY date, voucher, file, source_row, id "
            f"LIMIT {'ALL' if limit is None else limit} OFFSET {offset}"
        )
        found = cursor.execute(page, parameters).fetchall()
    return Entries(
        tuple(_entry(*row) for row in found),
        count,
        None if amount is None else scaled_euros(amount),
    )


def _signed_slices(question: Question, column_id: str) -> Iterator[tuple[Slice, int]]:
    column = question.column(column_id)
    if column.kind == "amount":
        yield from ((part, 1) for part in column.slices)
    elif column.kind == "difference":
        yield from _signed_slices(question, column.left)
        for part, sign in _signed_slices(question, column.right):
            yield part, -sign


def _part(
    details: Details, part: Slice, sign: int, units: list[str], accounts: list[str]
) -> tuple[str, _Parameters]:
    marks = {"units": _marks(units), "accounts": _marks(accounts), "sign": sign}
    if part.scenario is Scenario.ACTUAL:
        files = engine.parquet(details.postings, ", filename = true")
        first = date(part.year, max(part.first_month, 1), 1)
        last = Period(part.year, part.last_month).ends_on
        return _POSTED.format(files=files, **marks), [first, last, *units, *accounts]
    scope: _Parameters = [part.scenario, part.year, part.first_month, part.last_month]
    return _PLANNED.format(**marks), [*scope, *units, *accounts]


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def _entry(
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
    batch = Path(file).stem if file else ""
    return Entry(
        Scenario(source),
        scaled_euros(int(amount)),
        unit,
        account,
        on,
        voucher or "",
        text or "",
        batch,
        source_row,
        plan_id,
    )
