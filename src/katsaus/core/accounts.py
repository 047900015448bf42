"""Accounts of a chart, and the selectors that say which of them a row takes."""

import re
from dataclasses import dataclass

from katsaus.core.names import Names

OFFICIAL_LENGTH = 4  # digits in a number of the official chart
NUMBER = r"[0-9A-Za-zÅÄÖåäö]+(?:\.[0-9A-Za-zÅÄÖåäö]+)*"


class SelectorError(ValueError):
    """A selector of accounts cannot be read; the message shows it."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the official chart, or a municipality's own under an official one."""

    number: str
    names: Names
    official: str = ""

    @property
    def is_of_balance_sheet(self) -> bool:
        """Whether it is an account of the balance sheet: in the official chart 1 and 2 begin it."""
        return bool(re.match(r"[12]\d{3}", self.official or self.number))


def is_unusual(number: str) -> bool:
    """Return whether a number is hardly an own account's: those have the official digits or more.

    Some ledgers have letters beside the digits, and a few have short numbers of their own.
    """
    return len(number) < OFFICIAL_LENGTH or not re.search(r"\d", number)


@dataclass(frozen=True, slots=True)
class Selector:
    """One account, a range of accounts, or all accounts that begin with given characters.

    A range of official four-digit accounts holds the municipality's own longer accounts
    under them: codes are compared as numbers of equal length, so 3000-3199 holds 310020.
    `last` is None for a single account, which is held alone.
    """

    first: str
    last: str | None = None
    is_prefix: bool = False

    @classmethod
    def parse(cls, text: str) -> "Selector":
        """Read "4000", "3000-3199" or "IN*"; raises SelectorError for anything else."""
        if match := re.fullmatch(r"(\d+)\s*-\s*(\d+)", text):
            if len(match[1]) != len(match[2]) or match[1] > match[2]:
                raise SelectorError(f"{text!r}: a range goes from a smaller code to a larger one")
            return cls(match[1], match[2])
        if match := re.fullmatch(r"(\w+)(\*?)", text):
            return cls(match[1], is_prefix=bool(match[2]))
        raise SelectorError(f"{text!r} is not an account, a range or a beginning such as 40*")

    def holds(self, account: str, official: str = "") -> bool:
        """Say whether an account belongs to the selection.

        A range holds a municipality's own account by the official one that it is mapped to,
        where there is such: its own number may be anything.
        """
        if self.last is not None and official:
            account = official
        if self.is_prefix:
            return account.startswith(self.first)
        if self.last is None:
            return account == self.first
        length = len(self.first)
        return len(account) >= length and self.first <= account[:length] <= self.last
