"""Statements of a municipality's saved figures, and what each figure is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from katsaus.core.accounts import Account
from katsaus.core.columns import columns_of
from katsaus.core.figures import Items
from katsaus.core.gaps import Gaps
from katsaus.core.organization import Organization
from katsaus.core.periods import Period
from katsaus.core.results import CellKey, Statement
from katsaus.definitions import load
from katsaus.definitions.thresholds import Thresholds
from katsaus.ledger import drill, finding, kept, months
from katsaus.ledger.forecast_gaps import gaps
from katsaus.ledger.plans import YEAR_SCHEMA, counting, parts_items, without_forecasts
from katsaus.ledger.statement import (
    PLAN_SCHEMA,
    Facts,
    Question,
    compute,
    statement_of,
    table,
)
from katsaus.web.audit.shelves import BYTES_OF_AMOUNT, Shelf, shelf
from katsaus.web.imports import queries as imports
from katsaus.web.imports.models import Batch, Status
from katsaus.web.organization import queries as organization
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import queries as planning
from katsaus.web.planning.queries.limits import limits

# The scheme that screens show: it has every row of the others.
SCHEME = "income_statement"


@dataclass(frozen=True)
class Books:
    """A municipality's figures for one period, fetched once and asked many times.

    The books reach from the year before the period's to the period's end; which plan figures
    count is decided by ledger.plans. `at` is the shelf of the request, where there is
    one: what is read of the database and computed of it is kept there until something is changed.
    `tree` is the hierarchy of units that they are told in.
    """

    municipality: Municipality
    period: Period
    items: Items = Items.ALL
    at: Shelf | None = None
    tree: Organization | None = None

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept of the municipality's data; its mark is read before all else."""
        return self.at or shelf(self.municipality.slug)

    @cached_property
    def organization(self) -> Organization:
        """The municipality's tree of units, the one in force today where none was given."""
        return self.tree or organization.kept_organization(self.municipality, self.shelf)

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """The official accounts and the municipality's own, by number."""
        return kept_accounts(self.municipality, self.shelf)

    @cached_property
    def _batches(self) -> Mapping[str, range]:
        """The years of each batch with something in the period's year or the year before."""
        first, last = self.period.year - 1, self.period.year
        years = {
            batch: range(months[0] // 100, months[1] // 100 + 1)
            for batch, months in _kept_batches(self.municipality, self.shelf).items()
        }
        return {batch: of for batch, of in years.items() if of[0] <= last and of[-1] >= first}

    @cached_property
    def _plan(self) -> pa.Table:
        return without_forecasts(self._whole_plan) if self.lacks_parted else self._whole_plan

    @cached_property
    def _whole_plan(self) -> pa.Table:
        year = self.period.year
        figures = self.shelf.figures.get(("plan", year), lambda: self._read_plan(year), _size)
        return counting(figures, self.period)

    @property
    def lacks_parted(self) -> bool:
        """Whether external or internal items alone are asked for, and forecasts are of both."""
        return self.items is not Items.ALL and not parts_items(self._whole_plan)

    def _read_plan(self, year: int) -> pa.Table:
        fields = ("plan_set__scenario", "unit__code", *PLAN_SCHEMA.names[2:])
        figures = planning.figures(self.municipality, year)
        rows = figures.values_list(*fields, "decision__decided_on", "plan_set__round")
        return table(YEAR_SCHEMA, rows.order_by("pk"))

    @cached_property
    def notes(self) -> Mapping[CellKey, str]:
        """The notes on the figures of the period."""
        return self.shelf.get(
            ("notes", self.period, self.items),
            lambda: planning.notes(self.municipality, self.period, self.items),
        )

    def question(self, scheme_id: str) -> Question:
        """Return what is asked with a scheme, in all columns of the period."""
        columns = tuple(columns_of(self.period).values())
        numbers, officials = self._account_sets
        return Question(
            self.organization,
            load.scheme(scheme_id),
            numbers,
            columns,
            officials,
            self.items,
        )

    @property
    def _account_sets(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The numbers of the accounts, and each with its official one, as questions ask them."""
        return self.shelf.figures.get(
            "account_sets",
            lambda: (
                frozenset(self.accounts),
                frozenset((each.number, each.official) for each in self.accounts.values()),
            ),
        )

    def statement(self, scheme_id: str) -> Statement:
        """Compute all units x rows x columns of a scheme."""
        return self.answer(self.question(scheme_id))

    def answer(self, question: Question) -> Statement:
        """Return what is asked, computed once for each mark of the municipality's data.

        What asks for some units or rows of a whole scheme is answered from the whole, which is
        kept as a table: the next unit's page computes nothing.
        """
        return self.shelf.figures.get(
            ("statement", self.period, tuple(self._cubes), question),
            lambda: self._answered(question),
            lambda statement: len(statement.amounts),
        )

    def _answered(self, question: Question) -> Statement:
        whole = replace(question, units=None, rows=None)
        if whole == self.question(question.scheme.id):
            return statement_of(self._whole(whole), question)
        return self.computed(question)

    def keep_whole(self) -> None:
        """Compute the amounts that screens show, for all processes; raises ValueError untreed."""
        self._whole(self.question(SCHEME))

    def _whole(self, question: Question) -> pa.Table:
        """Return the amounts of all units and rows, which another process may have computed.

        The key has the hashes of the batches, in the names of their cubes, and the question with
        its organisation: an organisation is the same only as the very same tree.
        """
        return self.shelf.figures.get(
            ("amounts", self.period, tuple(self._cubes), question),
            lambda: kept.amounts(imports.computed(self.municipality), self._facts, question),
            _size,
        )

    def computed(self, question: Question) -> Statement:
        """Compute what is asked, and keep nothing of it."""
        return compute(self._facts, question)

    @cached_property
    def gaps(self) -> Gaps:
        """What of the year has a budget and no forecast."""
        question = self.question(SCHEME)
        return self.shelf.figures.get(
            ("gaps", question, self.period),
            lambda: gaps(self._plan, question, self.period.year),
            lambda found: sum(map(len, found.budgets.values())),
        )

    @cached_property
    def limits(self) -> Thresholds:
        """When a deviation is worth telling in the municipality."""
        return self.shelf.get("limits", lambda: limits(self.municipality))

    def by_month(self, unit: str, row: str) -> Mapping[months.Month, Decimal]:
        """Return the amounts of a unit's row by month; see ledger.months.amounts."""
        question = self.question(SCHEME)
        return self.shelf.figures.get(
            ("months", self.period, tuple(self._cubes), question, unit, row),
            lambda: months.amounts(self._facts, question, unit, row),
        )

    @property
    def _facts(self) -> Facts:
        return Facts(tuple(self._cubes), self._plan)

    @property
    def _cubes(self) -> dict[Path, range]:
        store = imports.store(self.municipality)
        return {store.cube(batch): years for batch, years in self._batches.items()}

    @property
    def _details(self) -> drill.Details:
        store = imports.store(self.municipality)
        postings = {store.postings(batch): years for batch, years in self._batches.items()}
        return drill.Details(postings, self._plan)

    def entries(
        self,
        question: Question,
        key: CellKey,
        *,
        limit: int | None = drill.PAGE,
        offset: int = 0,
        reading: drill.Reading = drill.EVERYTHING,
    ) -> drill.Entries:
        """List what a cell is made of; see ledger.drill.entries."""
        details = self._details
        found = drill.entries(details, question, key, limit=limit, offset=offset, reading=reading)
        return replace(found, page=_all_described(found.page))

    def chunks(
        self, question: Question, key: CellKey, reading: drill.Reading
    ) -> Iterator[tuple[drill.Entry, ...]]:
        """Iterate over all that a cell is made of, some thousands at a time."""
        yield from map(_all_described, drill.chunks(self._details, question, key, reading=reading))

    def month_sums(self, question: Question, key: CellKey) -> tuple[drill.MonthSum, ...]:
        """Return what was posted of a cell by account and month."""
        return drill.month_sums(self._cubes, question, key)


def _size(amounts: pa.Table) -> int:
    """Return the room that a table takes on a shelf."""
    return int(amounts.nbytes) // BYTES_OF_AMOUNT


def posting_files(municipality: Municipality, at: Shelf) -> list[list[Path]]:
    """Return the files of all postings that count, in groups as they are searched."""
    store = imports.store(municipality)
    months = _kept_batches(municipality, at)
    return finding.newest_first({store.postings(batch): months[batch] for batch in months})


def newest_batches(municipality: Municipality, count: int) -> list[Batch]:
    """Return the batches that were brought in last and count, the newest first."""
    found = Batch.objects.filter(municipality=municipality, status=Status.KEPT)
    return list(found.select_related("imported_by").order_by("-imported_at", "-id")[:count])


def kept_periods(municipality: Municipality, at: Shelf) -> tuple[Period, ...]:
    """Return the periods that postings were brought in for, the newest first."""
    batches = _kept_batches(municipality, at)
    months = {
        month
        for first, last in batches.values()
        for month in range(first, last + 1)
        if 1 <= month % 100 <= 12
    }
    return tuple(Period(*divmod(month, 100)) for month in sorted(months, reverse=True))


def kept_accounts(municipality: Municipality, at: Shelf) -> Mapping[str, Account]:
    """Return the official accounts and the municipality's own, by number."""
    return at.figures.get("accounts", lambda: organization.accounts(municipality))


def _kept_batches(municipality: Municipality, at: Shelf) -> Mapping[str, tuple[int, int]]:
    return at.figures.get("posting batches", lambda: imports.posting_batches(municipality))


def _all_described(found: Iterable[drill.Entry]) -> tuple[drill.Entry, ...]:
    entries = tuple(found)
    plan_ids = [entry.plan_id for entry in entries if entry.plan_id]
    if not plan_ids:
        return entries
    given = planning.described(plan_ids)
    return tuple(_described(entry, given) for entry in entries)


def _described(entry: drill.Entry, given: Mapping[int, planning.Given]) -> drill.Entry:
    """Say of a plan figure what the database knows: its decision, its giver and its reason."""
    if entry.plan_id is None:
        return entry
    plan = given[entry.plan_id]
    return replace(
        entry,
        on=plan.on,
        text=plan.reason,
        source_row=plan.source_row,
        body=plan.body,
        section=plan.section,
        giver=plan.giver,
        year=plan.year,
        month=plan.month,
    )
