"""Statements of a municipality's saved figures, and what each figure is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa

from katsaus.core.accounts import Account
from katsaus.core.columns import columns_of
from katsaus.core.organization import Organization
from katsaus.core.periods import Period
from katsaus.core.results import CellKey, Statement
from katsaus.definitions import load
from katsaus.ledger import drill, statement
from katsaus.web.imports import queries as imports
from katsaus.web.organization import queries as organization
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import queries as planning


@dataclass(frozen=True)
class Books:
    """A municipality's figures for one period, fetched once and asked many times.

    The books reach from the year before the period's to the period's end; which plan figures
    count is decided by planning.queries.figures.
    """

    municipality: Municipality
    period: Period

    @cached_property
    def organization(self) -> Organization:
        """The municipality's tree of units."""
        return organization.organization(self.municipality)

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        return organization.accounts(self.municipality)

    @cached_property
    def _batches(self) -> dict[str, range]:
        return imports.posting_batches(self.municipality, self.period.year - 1, self.period.year)

    @cached_property
    def _plan(self) -> pa.Table:
        names = statement.PLAN_SCHEMA.names
        fields = ("plan_set__scenario", "unit__code", *names[2:])
        rows = list(planning.figures(self.municipality, self.period).values_list(*fields))
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        return pa.table([pa.array(column) for column in columns], schema=statement.PLAN_SCHEMA)

    def question(self, scheme_id: str) -> statement.Question:
        """Return what is asked with a scheme, in all columns of the period."""
        columns = tuple(columns_of(self.period).values())
        officials = ((each.number, each.official) for each in self._accounts.values())
        return statement.Question(
            self.organization,
            load.scheme(scheme_id),
            frozenset(self._accounts),
            columns,
            frozenset(officials),
        )

    def statement(self, scheme_id: str) -> Statement:
        """Compute all units x rows x columns of a scheme."""
        store = imports.store(self.municipality)
        cubes = tuple(store.cube(batch) for batch in self._batches)
        return statement.compute(statement.Facts(cubes, self._plan), self.question(scheme_id))

    def entries(
        self, scheme_id: str, key: CellKey, *, limit: int | None = drill.PAGE, offset: int = 0
    ) -> drill.Entries:
        """List what a cell is made of; see ledger.drill.entries."""
        store = imports.store(self.municipality)
        postings = {store.postings(batch): years for batch, years in self._batches.items()}
        details = drill.Details(postings, self._plan)
        question = self.question(scheme_id)
        found = drill.entries(details, question, key, limit=limit, offset=offset)
        plan_ids = [entry.plan_id for entry in found.page if entry.plan_id]
        if not plan_ids:
            return found
        given = planning.described(plan_ids)
        return replace(found, page=tuple(_described(entry, given) for entry in found.page))


def _described(entry: drill.Entry, given: Mapping[int, planning.Given]) -> drill.Entry:
    """Say of a plan figure what the database knows: its decision or its giver, and its text."""
    if entry.plan_id is None:
        return entry
    plan = given[entry.plan_id]
    return replace(entry, on=plan.on, text=plan.text, source_row=plan.source_row)
