"""The statement query: facts, unit closure and row weights, in one pass of portable SQL."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from katsaus.core.columns import Column
from katsaus.core.figures import Items, Scenario, euros
from katsaus.core.organization import Organization
from katsaus.core.results import CellKey, Statement
from katsaus.core.statements import WEIGHT_DECIMALS, Scheme, Weight
from katsaus.ledger import engine

WEIGHT_SCALE = 10**WEIGHT_DECIMALS

PLAN_SCHEMA = pa.schema(
    [
        ("scenario", pa.string()),
        ("unit", pa.string()),
        ("account", pa.string()),
        ("year", pa.int16()),
        ("month", pa.int16()),
        ("is_internal", pa.bool_()),
        ("cents", pa.int64()),
        ("id", pa.int64()),
    ]
)
_SLICES = pa.schema(
    [
        ("column_id", pa.string()),
        ("scenario", pa.string()),
        ("year", pa.int16()),
        ("first_month", pa.int16()),
        ("last_month", pa.int16()),
    ]
)
_CLOSURE = pa.schema([("ancestor", pa.string()), ("unit", pa.string())])
_BUNDLES = pa.schema([("account", pa.string()), ("bundle", pa.int16())])
_WEIGHTS = pa.schema([("row_id", pa.string()), ("bundle", pa.int16()), ("weight", pa.int64())])

# Amounts are summed to bundles, which are accounts that weigh the same in every row, and to rows
# before they are carried up the tree of units, so that the later joins are over few lines.
STATEMENT_SQL = """
WITH leaf AS (
    SELECT s.column_id, f.unit, b.bundle, sum(f.cents) AS cents
    FROM facts f
    JOIN slices s ON s.scenario = f.scenario AND s.year = f.year
                 AND f.month BETWEEN s.first_month AND s.last_month
    JOIN bundles b ON b.account = f.account
    GROUP BY s.column_id, f.unit, b.bundle
),
line AS (
    SELECT l.column_id, l.unit, w.row_id, sum(l.cents * w.weight) AS amount
    FROM leaf l JOIN weights w ON w.bundle = l.bundle
    GROUP BY l.column_id, l.unit, w.row_id
)
SELECT c.ancestor, n.row_id, n.column_id, CAST(sum(n.amount) AS BIGINT) AS amount
FROM line n JOIN closure c ON c.unit = n.unit
GROUP BY c.ancestor, n.row_id, n.column_id
"""


@dataclass(frozen=True)
class Facts:
    """What a statement is computed of: cubes of postings, and plan figures as PLAN_SCHEMA.

    The plan figures hold only what counts: the amendments decided by the period's end, the
    forecast of the round. Their account may be a row's pseudo-account; month 0 is a year.
    """

    cubes: tuple[Path, ...]
    plan: pa.Table


@dataclass(frozen=True)
class Question:
    """What is asked: a scheme on an organisation, with the accounts there are, in columns.

    `officials` pairs a municipality's own accounts with the official ones they are mapped to.
    `units` and `rows` narrow the answer to those that will be shown; None asks for all.
    """

    organization: Organization
    scheme: Scheme
    accounts: frozenset[str]
    columns: tuple[Column, ...]
    officials: frozenset[tuple[str, str]] = frozenset()
    items: Items = Items.ALL
    units: frozenset[str] | None = None
    rows: frozenset[str] | None = None

    def weights_of(self, row: str) -> tuple[Weight, ...]:
        """Return the weights of one row, which is empty of a ratio; raises SchemeError."""
        self.scheme.row(row)
        return _by_row(self.scheme, self.accounts, self.officials).get(row, ())

    def column(self, column_id: str) -> Column:
        """Return a column by its id; raises LookupError."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise LookupError(column_id)


@lru_cache(maxsize=32)  # schemes and accounts change seldom, and are asked of at every request
def _weights(
    scheme: Scheme, accounts: frozenset[str], officials: frozenset[tuple[str, str]]
) -> tuple[Weight, ...]:
    return scheme.weights(accounts, dict(officials))


@lru_cache(maxsize=32)
def _by_row(
    scheme: Scheme, accounts: frozenset[str], officials: frozenset[tuple[str, str]]
) -> dict[str, tuple[Weight, ...]]:
    found: dict[str, list[Weight]] = defaultdict(list)
    for weight in _weights(scheme, accounts, officials):
        found[weight.row].append(weight)
    return {row: tuple(weights) for row, weights in found.items()}


@lru_cache(maxsize=32)
def _bundled(
    scheme: Scheme,
    accounts: frozenset[str],
    officials: frozenset[tuple[str, str]],
    asked: frozenset[str] | None,
) -> tuple[pa.Table, pa.Table]:
    """Bundle the accounts that weigh the same in every row; returns _BUNDLES and _WEIGHTS."""
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for weight in _weights(scheme, accounts, officials):
        if asked is None or weight.row in asked:
            parts[weight.account].append((weight.row, scaled(weight)))
    numbers: dict[tuple[tuple[str, int], ...], int] = {}
    bundles = [
        (account, numbers.setdefault(tuple(sorted(rows)), len(numbers)))
        for account, rows in sorted(parts.items())
    ]
    weights = [(row, number, weight) for rows, number in numbers.items() for row, weight in rows]
    return table(_BUNDLES, bundles), table(_WEIGHTS, weights)


def compute(facts: Facts, question: Question) -> Statement:
    """Compute all units x rows x amount columns of a statement, exact to the cent.

    Raises duckdb.Error when a batch's file cannot be read or a sum passes 9.2 trillion
    euros, which is what 64 bits hold of hundredths of a cent.
    """
    return statement_of(compute_amounts(facts, question), question)


def compute_amounts(facts: Facts, question: Question) -> pa.Table:
    """Compute a statement's amounts as a table: ancestor, row_id, column_id, amount (scaled).

    A table takes a tenth of the memory of a Statement's keys and decimals. Raises as compute.
    """
    with engine.cursor() as cursor:
        for name, each in tables(facts, question).items():
            cursor.register(name, each)
        make_facts(cursor, facts.cubes, question.items)
        return cursor.sql(STATEMENT_SQL).to_arrow_table()


def tables(facts: Facts, question: Question) -> dict[str, pa.Table]:
    """Return all that the statement query reads besides the cubes, by the names it has there.

    The same figures asked for in the same way give the same tables in every process.
    """
    scheme, rows = question.scheme, question.rows
    bundles, weights = _bundled(scheme, question.accounts, question.officials, rows)
    return {
        "plan": facts.plan,
        "bundles": bundles,
        "weights": weights,
        "slices": table(_SLICES, _slices(question.columns)),
        "closure": _closure(question.organization, question.units),
    }


@lru_cache(maxsize=32)
def _closure(organization: Organization, units: frozenset[str] | None) -> pa.Table:
    """Pair each unit asked for with each of its parts; an organisation is itself alone."""
    if units is None:
        return table(_CLOSURE, sorted(organization.closure()))
    parts = ((code, part.code) for code in units for part in organization.subtree(code))
    return table(_CLOSURE, sorted(parts))


def packed(amounts: pa.Table) -> pa.Table:
    """Return the same amounts with each unit, row and column written once, to be kept."""
    columns = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column
        for column in amounts.combine_chunks().columns
    ]
    return pa.table(columns, names=amounts.column_names)


def statement_of(amounts: pa.Table, question: Question) -> Statement:
    """Return what is asked as a statement, of amounts of the same question or of a wider one."""
    for name, wanted in (("ancestor", question.units), ("row_id", question.rows)):
        if wanted is not None:
            amounts = amounts.filter(pc.is_in(amounts[name], pa.array(wanted, pa.string())))
    units, rows, columns, cents = (column.to_pylist() for column in amounts.columns)
    keys = map(CellKey, units, rows, columns)
    euros_of = dict(zip(keys, map(scaled_euros, cents), strict=True))
    return Statement(question.scheme, question.columns, euros_of)


def counts(items: Items) -> str:
    """Write the condition under which a figure counts."""
    conditions = {Items.EXTERNAL: "NOT is_internal", Items.INTERNAL: "is_internal"}
    return conditions.get(items, "true")


def make_facts(cursor: duckdb.DuckDBPyConnection, cubes: tuple[Path, ...], items: Items) -> None:
    """Make the view `facts` of what is planned, in the cursor's table `plan`, and of the cubes."""
    wanted = "scenario, unit, account, year, month, cents"
    parts = [f"SELECT {wanted} FROM plan WHERE {counts(items)}"]
    if cubes:
        posted = f"SELECT '{Scenario.ACTUAL}' AS scenario, * FROM {engine.parquet(cubes)}"
        parts.append(f"SELECT {wanted} FROM ({posted}) WHERE {counts(items)}")
    cursor.execute(f"CREATE TEMP VIEW facts AS {' UNION ALL '.join(parts)}")


def table(schema: pa.Schema, rows: Iterable[tuple[object, ...]]) -> pa.Table:
    """Return rows as a table of a schema."""
    values = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(list(map(pa.array, values)), schema=schema)


def _slices(columns: Iterable[Column]) -> Iterable[tuple[object, ...]]:
    for column in columns:
        for part in column.slices:
            yield column.id, part.scenario, part.year, part.first_month, part.last_month


def scaled(weight: Weight) -> int:
    """Return a weight times WEIGHT_SCALE, a whole number."""
    return int(weight.weight.scaleb(WEIGHT_DECIMALS))


def scaled_euros(amount: int) -> Decimal:
    """Return cents times WEIGHT_SCALE as euros: two decimals, more only where a weight did so."""
    cents, rest = divmod(amount, WEIGHT_SCALE)
    return euros(cents) if rest == 0 else euros(amount).scaleb(-WEIGHT_DECIMALS)
