"""Rows of the whole municipality's statement, for what is computed from them."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from katsaus.core.columns import Role, columns_of
from katsaus.core.organization import Organization
from katsaus.core.periods import Period
from katsaus.core.results import Statement
from katsaus.web.access.viewers import Viewer
from katsaus.web.audit.shelves import Shelf
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True)
class LedgerRows:
    """The actuals of statement rows by period; a statement is asked for when a row of it is."""

    municipality: Municipality
    tree: Organization
    at: Shelf
    _statements: dict[Period, Statement] = field(default_factory=dict)

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        """Return the rows in the tree of units that is in force today."""
        return cls(viewer.municipality, viewer.organization, viewer.shelf)

    def number(self, row: str, period: Period) -> Decimal | None:
        """Return a row in euros from January to the period's end; None where nothing is posted.

        A statement tells the whole year before it, too: those who ask for the newest period first
        need one statement for two years.
        """
        at = next((each for each in self._statements if period == _year_before(each)), period)
        if at not in self._statements:
            books = Books(self.municipality, at, at=self.at, tree=self.tree)
            self._statements[at] = books.statement(SCHEME)
        role: Role = "actual" if at == period else "prior_actual"
        column = columns_of(at)[role].id
        value = self._statements[at].value(self.tree.root.code, row, column)
        return value if isinstance(value, Decimal) else None


def _year_before(period: Period) -> Period:
    return Period(period.year - 1, 12)
