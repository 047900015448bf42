"""Accounts as the lines of a table: whose they are and which row they are counted on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.accounts import Account
from katsaus.definitions import load
from katsaus.web.languages import language
from katsaus.web.organization import models
from katsaus.web.organization.queries import official_accounts


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An own account with its official one, and the row it is counted on.

    `fault` says in words what is wrong, "" when nothing is.
    """

    saved: models.Account
    name: str
    official_name: str
    row: str
    fault: str

    @property
    def order(self) -> tuple[bool, bool, str]:
        """Those with a fault first, then those without an official account, then by number."""
        return not self.fault, bool(self.saved.official), self.saved.number


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """An account of an official chart and the row that it is counted on."""

    number: str
    name: str
    row: str


def own_lines(accounts: Iterable[models.Account], q: str = "") -> list[AccountLine]:
    """Return own accounts, those that need a hand first; of all that `q` is found in."""
    known = _Known()
    lines = [known.line(account) for account in accounts if _is_found(account, q.casefold())]
    return sorted(lines, key=lambda line: line.order)


def _is_found(account: models.Account, q: str) -> bool:
    texts = (account.number, account.official, account.name_fi, account.name_sv, account.name_en)
    return not q or q in "\n".join(texts).casefold()


class _Known:
    """What is the same for all lines: thousands of accounts are under a few official ones."""

    def __init__(self) -> None:
        self.officials, self.language = official_accounts(), language()
        self.rows = {number: row_name(each) for number, each in self.officials.items()}

    def line(self, account: models.Account) -> AccountLine:
        """Return an own account as a line."""
        names = account.names
        official = self.officials.get(account.official)
        row = self.rows.get(account.official or account.number)
        if row is None:
            row = row_name(Account(account.number, names, account.official))
        fault = ""
        if account.official and official is None:
            fault = _("The official account is in no chart.")
        elif not row:
            fault = _("It is on no row of the statement: choose its official account.")
        official_name = official.names.text(self.language) if official else ""
        return AccountLine(account, names.text(self.language), official_name, row, fault)


def official_lines(year: int, q: str = "") -> list[OfficialLine]:
    """Return the official accounts of a year by number; of all that `q` is found in."""
    return [
        OfficialLine(number, account.names.text(language()), row_name(account))
        for number, account in sorted(load.chart(year).items())
        if q.casefold() in f"{number} {account.names.fi}".casefold()
    ]


def row_name(account: Account) -> str:
    """Return the row of the income statement that an account is on, "" when it is on none."""
    row = load.scheme("income_statement").row_of(account)
    if row is not None:
        return row.names.text(language())
    return _("balance sheet") if account.is_of_balance_sheet else ""
