"""A small ledger of one test: postings as a real batch, plan figures as the query takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from katsaus.core.figures import Cents, Scenario
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.ledger import engine
from katsaus.ledger.drill import Details
from katsaus.ledger.statement import PLAN_SCHEMA, Facts
from katsaus.ledger.store import Store

POSTINGS_SCHEMA = pa.schema(
    [
        ("unit", pa.string()),
        ("account", pa.string()),
        ("date", pa.date32()),
        ("cents", pa.int64()),
        ("is_internal", pa.bool_()),
        ("voucher", pa.string()),
        ("text", pa.string()),
        ("source_row", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Posting:
    """One posting; its row in the file is its place among the others."""

    unit: str
    account: str
    on: date
    cents: Cents
    is_internal: bool = False
    voucher: str = ""
    text: str = ""


@dataclass(frozen=True)
class Plan:
    """One plan figure; month 0 is the year as a whole."""

    scenario: Scenario
    unit: str
    account: str
    year: int
    cents: Cents
    month: int = 0


def organization_of(parents: dict[str, str | None]) -> Organization:
    return Organization(
        OrgUnit(code, Names(code), Level.UNIT, parent) for code, parent in parents.items()
    )


def keep(store: Store, postings: Iterable[Posting]) -> str:
    """Keep postings as a batch and return its content hash."""
    with engine.cursor() as cursor:
        cursor.register("incoming", postings_table(postings))
        return store.keep(cursor, "incoming")


def postings_table(postings: Iterable[Posting]) -> pa.Table:
    """Return postings as a reading has them, from the second row of a file on."""
    rows = [
        (p.unit, p.account, p.on, p.cents, p.is_internal, p.voucher, p.text, row)
        for row, p in enumerate(postings, 2)
    ]
    return _table(POSTINGS_SCHEMA, rows)


def plan_table(figures: Iterable[Plan]) -> pa.Table:
    """Return plan figures as the query takes them, with ids from 1."""
    rows = [
        (f.scenario.value, f.unit, f.account, f.year, f.month, False, f.cents, number)
        for number, f in enumerate(figures, 1)
    ]
    return _table(PLAN_SCHEMA, rows)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema
    )


@dataclass(frozen=True)
class Ledger:
    """Batches and plan figures in a folder of the test's own."""

    store: Store
    batches: tuple[str, ...]
    plan: pa.Table

    @classmethod
    def of(
        cls, folder: Path, batches: Iterable[Iterable[Posting]] = (), plan: Iterable[Plan] = ()
    ) -> "Ledger":
        store = Store(folder)
        return cls(store, tuple(keep(store, each) for each in batches), plan_table(plan))

    @property
    def facts(self) -> Facts:
        return Facts(tuple(map(self.store.cube, self.batches)), self.plan)

    @property
    def details(self) -> Details:
        every_year = range(1900, 2101)
        return Details({self.store.postings(each): every_year for each in self.batches}, self.plan)
