"""What a plan tells of euros that figures kept from other files may tell already."""

from dataclasses import dataclass
from enum import IntEnum

import duckdb
import pyarrow as pa

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.repeats import DECISION
from katsaus.ledger.importers.values import Known

# The figures that a file is held against: those of its own source that it could replace, and
# others that count beside it. A figure without a decision has empty texts and no day.
BESIDE_SCHEMA = pa.schema(
    {
        "unit": pa.string(),
        "account": pa.string(),
        "year": pa.int32(),
        "month": pa.int32(),
        "is_internal": pa.bool_(),
        "decision_body": pa.string(),
        "decided_on": pa.date32(),
        "decision_section": pa.string(),
        "cents": pa.int64(),
        "file": pa.string(),
        "is_own": pa.bool_(),
    }
)
_BESIDE = "katsaus_beside"
_PAIRS = "katsaus_pairs"
_SUMS = (
    "CAST(sum({kept}.cents) AS BIGINT) AS others, CAST(sum({kept}.figures) AS BIGINT) AS figures,"
    " arg_max({kept}.other, abs({kept}.cents)) AS other"
)
_HASHED = "hash(unit) AS unit, hash(account) AS account, hash(time) AS time, month, cents"
_MONTH = "({kept}.month = given.month OR 0 IN ({kept}.month, given.month))"  # 0: the whole year


class Relation(IntEnum):
    """How a figure of a file stands to kept ones of the same time; the first that holds."""

    SAME = 0
    SUM = 1
    PART = 2


@dataclass(frozen=True, slots=True)
class Double:
    """How many figures of a file stand so to kept ones, and one of them as an example.

    `is_own` is of kept figures of the file's source, which it could replace. The example is on
    `row` of the file; of what it stands beside in `file`, `other_unit` and `other_account` are
    those of the largest, `other_count` and `other_cents` of all. Cents: revenue +, expense -.
    """

    is_own: bool
    relation: Relation
    count: int
    row: int
    unit: str
    account: str
    cents: int
    file: str
    other_unit: str
    other_account: str
    other_cents: int
    other_count: int


# What is below a figure of the file, or the same: kept figures summed up to the file's own.
_WHOLES = f"""
    sums AS (
        SELECT units.upper AS unit, accounts.upper AS account, kept.time, kept.month, kept.source,
               kept.is_own, units.upper = kept.unit AND accounts.upper = kept.account AS is_itself,
               CAST(sum(kept.cents) AS BIGINT) AS cents,
               CAST(sum(kept.figures) AS BIGINT) AS figures,
               arg_max(kept.other, abs(kept.cents)) AS other
        FROM kept JOIN units ON units.lower = kept.unit
        JOIN accounts ON accounts.lower = kept.account
        WHERE units.upper IN (SELECT unit FROM given)
          AND accounts.upper IN (SELECT account FROM given)
        GROUP BY ALL),
    wholes AS (
        SELECT figure, sums.source, sums.is_own,
               CASE WHEN NOT is_itself OR sums.month > given.month THEN {Relation.SUM:d}
                    WHEN sums.month < given.month THEN {Relation.PART:d}
                    ELSE {Relation.SAME:d} END AS relation,
               {_SUMS.format(kept="sums")}
        FROM given JOIN sums ON sums.unit = given.unit AND sums.account = given.account
        AND sums.time = given.time AND {_MONTH.format(kept="sums")}
        WHERE NOT (sums.is_own AND is_itself)
        GROUP BY ALL)
"""
# What is above a figure of the file: its units and rows are raised first, all months at once.
_PARTS = f"""
    keys AS MATERIALIZED (SELECT DISTINCT unit, account, time FROM given),
    raised AS MATERIALIZED (
        SELECT keys.*, units.upper AS above_unit, accounts.upper AS above_account
        FROM keys JOIN units ON units.lower = keys.unit
        JOIN accounts ON accounts.lower = keys.account
        WHERE (units.upper <> keys.unit OR accounts.upper <> keys.account)
          AND units.upper IN (SELECT unit FROM kept)
          AND accounts.upper IN (SELECT account FROM kept)),
    above AS MATERIALIZED (
        SELECT raised.unit, raised.account, raised.time, kept.month, kept.source, kept.is_own,
               {_SUMS.format(kept="kept")}
        FROM raised JOIN kept ON kept.unit = above_unit AND kept.account = above_account
        AND kept.time = raised.time
        GROUP BY ALL),
    parts AS (
        SELECT figure, kept.source, kept.is_own, {Relation.PART:d} AS relation,
               CAST(sum(others) AS BIGINT) AS others, CAST(sum(figures) AS BIGINT) AS figures,
               arg_max(other, abs(others)) AS other
        FROM given JOIN above AS kept USING (unit, account, time)
        WHERE {_MONTH.format(kept="kept")}
        GROUP BY ALL)
"""


def doubles(
    connection: duckdb.DuckDBPyConnection, table: str, kind: Kind, known: Known, beside: pa.Table
) -> tuple[Double, ...]:
    """Return what the table of a plan has of kept figures (BESIDE_SCHEMA) by relation.

    The same is a figure of the same unit, account or row, and month. A sum has kept ones below
    its unit or its account, or its year has their months; of a part it is the other way round.
    Of the file's own source the same unit and account are left out: they are told otherwise.
    Amounts of zero are left out, and so are other years, items and decisions.
    """
    connection.register(_BESIDE, beside)
    connection.register(_PAIRS, _pairs(known))
    try:
        found = connection.execute(_query(table, kind)).fetchall()
    finally:
        connection.unregister(_PAIRS)
        connection.unregister(_BESIDE)
    return tuple(Double(is_own, Relation(place), *rest) for is_own, place, *rest in found)


def _pairs(known: Known) -> pa.Table:
    """Return what is above what: units, and rows of the statements with their parts."""
    parts = [(row, part) for row, held in known.parts.items() for part in held]
    fields = ["unit"] * len(known.under) + ["account"] * len(parts)
    pairs = [*known.under, *parts]
    columns = {
        "field": fields,
        "upper": [upper for upper, _ in pairs],
        "lower": [lower for _, lower in pairs],
    }
    return pa.table(columns, pa.schema(dict.fromkeys(columns, pa.string())))


def _query(table: str, kind: Kind) -> str:
    """Ask for the figures that meet kept ones; names stand there as hashes, to be quick."""
    return f"""
        WITH file AS MATERIALIZED (
            SELECT row_number() OVER () AS figure, source_row AS row, unit, account, month, cents,
                   {_time(kind)} AS time
            FROM {table} WHERE cents <> 0),
        given AS MATERIALIZED (SELECT figure, {_HASHED} FROM file),
        beside AS MATERIALIZED (
            SELECT row_number() OVER () AS other, * FROM (
                SELECT unit, account, {_time(kind)} AS time, month, file, is_own,
                       CAST(sum(cents) AS BIGINT) AS cents, count(*) AS figures
                FROM {_BESIDE} WHERE cents <> 0 GROUP BY ALL)),
        kept AS MATERIALIZED (
            SELECT other, {_HASHED}, hash(file) AS source, is_own, figures FROM beside),
        units AS MATERIALIZED ({_above("unit")}),
        accounts AS MATERIALIZED ({_above("account")}),
        {_WHOLES}, {_PARTS},
        met AS (
            SELECT * FROM (SELECT * FROM wholes UNION ALL SELECT * FROM parts)
            QUALIFY relation = min(relation) OVER (PARTITION BY is_own, figure)),
        counted AS (
            SELECT is_own, relation, count(DISTINCT figure) AS number FROM met GROUP BY ALL)
        SELECT met.is_own, relation, number, file.row, file.unit, file.account, file.cents,
               beside.file, beside.unit, beside.account, others, met.figures
        FROM met JOIN counted USING (is_own, relation)
        JOIN file USING (figure) JOIN beside USING (other)
        QUALIFY row_number() OVER (
            PARTITION BY met.is_own, relation
            ORDER BY file.cents = others DESC, abs(file.cents) DESC, file.row, beside.file) = 1
        ORDER BY 1, 2
    """


def _time(kind: Kind) -> str:
    """Return what figures have alike that can be of the same euros, beside unit and account."""
    decision = DECISION if kind is Kind.AMENDMENTS else ()
    texts = ["year", "is_internal", *(f"coalesce({name}::VARCHAR, '')" for name in decision)]
    return f"concat_ws('|', {', '.join(texts)})"


def _above(column: str) -> str:
    """Ask for the pairs of what is used, each with itself too."""
    return (
        f"WITH used AS (SELECT {column} AS name FROM given UNION SELECT {column} FROM kept),"
        f" pairs AS (SELECT hash(upper) AS upper, hash(lower) AS lower FROM {_PAIRS}"
        f" WHERE field = '{column}')"
        " SELECT upper, lower FROM pairs"
        " WHERE upper IN (FROM used) AND lower IN (FROM used) UNION ALL SELECT name, name FROM used"
    )
