"""What a figure is made of: its postings, budget rows, amendments or forecasts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from katsaus.core.columns import Slice
from katsaus.core.figures import Scenario, size_of
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.ledger import engine, leaves
from katsaus.ledger.statement import WEIGHT_SCALE, Question, counts, scaled, scaled_euros, table

PAGE = 50
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a figure; `amount` is its share in euros, signed as the figure is.

    A posting has its date `on`, a voucher, its batch and its row in the file; a plan figure has the
    id of its row in the database. Whoever knows the plan figures says the rest of them: of an
    amendment the `body` and `section` of its decision, of a forecast its `giver`; `text` is then
    the reason, and `month` of `year` what the figure is of, 0 for the year as a whole.
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
    body: str = ""
    section: str = ""
    giver: str = ""
    year: int | None = None
    month: int | None = None


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


@dataclass(frozen=True, slots=True)
class Reading:
    """How entries are read: those that hold a text, without the texts of some accounts.

    `search` is looked for in vouchers and shown texts, or is a whole account number, or an amount
    of either sign. Postings on the `hidden` accounts have an empty text, which is not searched.
    """

    search: str = ""
    hidden: frozenset[str] = frozenset()


EVERYTHING = Reading()


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What was posted on one account in one month, signed as the figure is, in euros."""

    account: str
    year: int
    month: int
    amount: Decimal
    postings: int


# The units, weights and hidden accounts asked for are tables to join with: a query that names
# thousands of units takes longer to plan than to answer. A join, too, reads only the row groups
# of a file that can hold them.
_POSTED = """
    SELECT 'actual' AS source, {sign} * factor * cents AS amount, unit, account, date, voucher,
           CASE WHEN account IN (FROM hidden) THEN '' ELSE text END AS text,
           filename AS file, source_row, NULL AS id
    FROM {files} JOIN weights USING (account)
    WHERE date BETWEEN ? AND ? AND {items} AND unit IN (FROM units)
"""
_PLANNED = """
    SELECT scenario AS source, {sign} * factor * cents AS amount, unit, account, NULL AS date,
           '' AS voucher, '' AS text, '' AS file, NULL AS source_row, id
    FROM plan JOIN weights USING (account)
    WHERE scenario = ? AND year = ? AND month BETWEEN ? AND ? AND {items}
      AND unit IN (FROM units)
"""
_SUMMED = """
    SELECT account, year, month, {sign} * factor * cents AS amount, postings
    FROM {files} JOIN weights USING (account)
    WHERE year = ? AND month BETWEEN ? AND ? AND {items} AND unit IN (FROM units)
"""
_MATCHING = """
    SELECT * FROM ({found})
    WHERE contains(lower(voucher), lower(?)) OR contains(lower(text), lower(?)) OR account = ?
       OR abs(amount) = ?
"""
# Forecasts and amendments are few and have their reasons: they stand before the budget.
_ORDER = """
    ORDER BY date, voucher, file, source_row,
             CASE source WHEN 'forecast' THEN 1 WHEN 'amendment' THEN 2 ELSE 3 END, id
"""
_PAGE = """
    SELECT *, count(*) OVER (), CAST(sum(amount) OVER () AS BIGINT) FROM ({found})
    {order} LIMIT {limit} OFFSET {offset}
"""
_MONTHS = """
    SELECT account, year, month, CAST(sum(amount) AS BIGINT), CAST(sum(postings) AS BIGINT)
    FROM ({found}) GROUP BY ALL ORDER BY ALL
"""
_UNITS = pa.schema([("unit", pa.string())])
_WEIGHTS = pa.schema([("account", pa.string()), ("factor", pa.int64())])
_HIDDEN = pa.schema([("account", pa.string())])
_Parameters = list[str | int | date]


def entries(
    details: Details,
    question: Question,
    key: CellKey,
    *,
    limit: int | None = PAGE,
    offset: int = 0,
    reading: Reading = EVERYTHING,
) -> Entries:
    """List what the cell at `key` is made of, by date and voucher; `limit` None lists all.

    The sum of all entries is the cell. Those of a difference are the entries of both columns,
    the subtracted ones with the sign turned; there is no difference where the first is missing.
    A ratio has none: it has two amounts. Raises
    LookupError or SchemeError for a unit, column or row that is not there.
    """
    if not reading.search:
        leaf = _leaf(details, question, key)
        if leaf is not None:
            return _page(leaf, limit, offset, reading.hidden)
    found, values = _found(details, question, key, reading)
    if not found or _is_missing(details, question, key):
        return _NONE
    most = "ALL" if limit is None else limit
    with _reading(details, question, key, reading) as cursor:
        query = _PAGE.format(found=found, order=_ORDER, limit=most, offset=offset)
        rows = cursor.execute(query, values).fetchall()
    if not rows and offset:
        first = entries(details, question, key, limit=1, reading=reading)
        return replace(first, page=())
    if not rows:
        return _NONE
    batches = {str(path): path.stem for path in details.postings}
    *_, count, amount = rows[0]
    return Entries(
        tuple(_entry(batches, *row[:-2]) for row in rows), count, scaled_euros(int(amount))
    )


def _leaf(details: Details, question: Question, key: CellKey) -> pa.Table | None:
    """Read the postings of a cell that is one column's, where few row groups hold them."""
    column = question.column(key.column)
    if len(column.slices) != 1 or column.slices[0].scenario is not Scenario.ACTUAL:
        return None
    (part,) = column.slices
    files = [path for path, years in details.postings.items() if part.year in years]
    units = question.organization.codes_under(key.unit)
    factors = {each.account: scaled(each) for each in question.weights_of(key.row)}
    return leaves.read(files, leaves.Leaf(units, factors, *_days(part), question.items))


def _page(postings: pa.Table, limit: int | None, offset: int, hidden: frozenset[str]) -> Entries:
    """Make a page of entries of postings that are in memory."""
    rows = postings.slice(offset, limit).to_pylist()
    page = tuple(
        Entry(
            Scenario.ACTUAL,
            scaled_euros(row["amount"]),
            row["unit"],
            row["account"],
            row["date"],
            row["voucher"] or "",
            "" if row["account"] in hidden else row["text"] or "",
            row["batch"],
            row["source_row"],
        )
        for row in rows
    )
    total = pc.sum(postings["amount"]).as_py()
    return Entries(page, len(postings), None if total is None else scaled_euros(total))


def _is_missing(details: Details, question: Question, key: CellKey) -> bool:
    """Whether the cell is a difference whose first amount nothing was booked for."""
    column = question.column(key.column)
    if column.kind != "difference":
        return False
    return not entries(details, question, key._replace(column=column.left), limit=1).count


def chunks(
    details: Details, question: Question, key: CellKey, *, reading: Reading = EVERYTHING
) -> Iterator[tuple[Entry, ...]]:
    """Iterate over all entries of a cell in their order, some thousands at a time."""
    found, values = _found(details, question, key, reading)
    if not found:
        return
    batches = {str(path): path.stem for path in details.postings}
    with _reading(details, question, key, reading) as cursor:
        cursor.execute(f"{found} {_ORDER}", values)
        while rows := cursor.fetchmany(CHUNK):
            yield tuple(_entry(batches, *row) for row in rows)


def month_sums(
    cubes: Mapping[Path, range], question: Question, key: CellKey
) -> tuple[MonthSum, ...]:
    """Return what was posted of the cell at `key` by account and month; no posting is read."""
    parts = list(_parts(cubes, question, key, _SUMMED))
    if not parts:
        return ()
    query = _MONTHS.format(found=" UNION ALL ".join(text for text, _ in parts))
    with asking(question, key.unit, key.row) as cursor:
        rows = cursor.execute(query, [value for _, values in parts for value in values]).fetchall()
    return tuple(
        MonthSum(account, year, month, scaled_euros(int(amount)), postings)
        for account, year, month, amount, postings in rows
    )


def asking(question: Question, unit: str, row: str) -> duckdb.DuckDBPyConnection:
    """Return a cursor with the tables `units`, parts of a unit, and `weights`, of a row's accounts.

    Raises LookupError or SchemeError for a unit or a row that is not there.
    """
    units = ((each.code,) for each in question.organization.subtree(unit))
    factors = ((each.account, scaled(each)) for each in question.weights_of(row))
    of_units, weights = table(_UNITS, units), table(_WEIGHTS, factors)
    cursor = engine.cursor()
    cursor.register("units", of_units)
    cursor.register("weights", weights)
    return cursor


def _reading(
    details: Details, question: Question, key: CellKey, reading: Reading
) -> duckdb.DuckDBPyConnection:
    """Return a cursor with all the tables that the query of a cell's entries names."""
    cursor = asking(question, key.unit, key.row)
    cursor.register("hidden", table(_HIDDEN, ((account,) for account in reading.hidden)))
    cursor.register("plan", details.plan)
    return cursor


def _found(
    details: Details, question: Question, key: CellKey, reading: Reading
) -> tuple[str, _Parameters]:
    """Write the query of a cell's entries, with its parameters; empty where there are none."""
    parts = list(_parts(details.postings, question, key, _POSTED))
    if not parts:
        return "", []
    text = " UNION ALL ".join(text for text, _ in parts)
    values = [value for _, values in parts for value in values]
    if not reading.search:
        return text, values
    size = size_of(reading.search)
    scaled_size = -1 if size is None else size * WEIGHT_SCALE  # no amount is of -1
    return _MATCHING.format(found=text), [*values, *[reading.search] * 3, scaled_size]


def _parts(
    files: Mapping[Path, range], question: Question, key: CellKey, posted: str
) -> Iterator[tuple[str, _Parameters]]:
    """Write a query, with its parameters, for each slice of the column.

    What was posted is read from `files` with the query `posted`; sums leave plan figures out.
    """
    if not question.weights_of(key.row):
        return
    for part, sign in _signed_slices(question, key.column):
        is_posted = part.scenario is Scenario.ACTUAL
        chosen = [path for path, years in files.items() if part.year in years]
        if (is_posted and not chosen) or (not is_posted and posted is _SUMMED):
            continue
        text = posted if is_posted else _PLANNED
        read = engine.parquet(chosen, ", filename = true")
        yield (
            text.format(sign=sign, files=read, items=counts(question.items)),
            _scope(part, text),
        )


def _signed_slices(question: Question, column_id: str) -> Iterator[tuple[Slice, int]]:
    column = question.column(column_id)
    if column.kind == "amount":
        yield from ((part, 1) for part in column.slices)
    elif column.kind == "difference":
        yield from _signed_slices(question, column.left)
        for part, sign in _signed_slices(question, column.right):
            yield part, -sign


def _scope(part: Slice, text: str) -> _Parameters:
    """Return what bounds a query to the months of a slice."""
    if text is _POSTED:
        return list(_days(part))
    months: _Parameters = [part.year, part.first_month, part.last_month]
    return months if text is _SUMMED else [part.scenario, *months]


def _days(part: Slice) -> tuple[date, date]:
    """Return the first and the last day of a slice's months."""
    first_on = date(part.year, max(part.first_month, 1), 1)
    return first_on, Period(part.year, part.last_month).ends_on


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
