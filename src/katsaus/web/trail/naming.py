"""What the codes in a trail are called today, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from katsaus.core.accounts import Account
from katsaus.core.names import Names
from katsaus.definitions.tables import UNITS
from katsaus.web.audit.shelves import Shelf
from katsaus.web.languages import language
from katsaus.web.monitoring.table_words import Called
from katsaus.web.organization import queries
from katsaus.web.organization.models import GoverningBody, Municipality
from katsaus.web.planning.queries.row_names import CODED, row_names

MOST_NAMED = 4  # a file of units changes hundreds: a subject names the first


@dataclass(frozen=True)
class Named:
    """The names of a municipality's things; each kind is one query, when it is first needed.

    What is not there any more is called by its code. What units and rows are called is kept until
    one of them changes.
    """

    municipality: Municipality
    shelf: Shelf

    @cached_property
    def rows(self) -> Called:
        """What units and the rows of the strategy are called, by table and code."""
        return self.shelf.strategy.get(("called", language()), self._rows)

    def _rows(self) -> Called:
        found = row_names(self.municipality, CODED)
        return {key: _called(*key, names) for key, names in found.items()}

    @cached_property
    def _accounts(self) -> Mapping[str, Account]:
        return queries.accounts(self.municipality)

    @cached_property
    def _bodies(self) -> Mapping[str, GoverningBody]:
        return queries.bodies(self.municipality)

    def row(self, table: str, code: str) -> str:
        """Return what a row of a table of the strategy is called."""
        return self.rows.get((table, code), code)

    def unit(self, code: str) -> str:
        """Return a unit's name and code."""
        return self.row(UNITS, code)

    def account(self, number: str) -> str:
        """Return an account's number and name."""
        account = self._accounts.get(number)
        return f"{number} {account.names.text(language())}" if account else number

    def body(self, name: str) -> str:
        """Return the name of a governing body, which is recorded by its Finnish one."""
        body = self._bodies.get(name)
        if body is None:
            return name
        return body.names.text(language())


def _called(table: str, code: str, names: Names) -> str:
    name = names.text(language()) or code
    return f"{name} {code}" if table == UNITS else name


def first_of(words: Iterable[str]) -> str:
    """Return the first words of a list, and a mark where there are more."""
    found = list(words)
    return ", ".join([*found[:MOST_NAMED], *("…" for _each in found[MOST_NAMED:][:1])])
