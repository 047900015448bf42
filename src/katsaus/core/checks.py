"""Checks that every account is counted once, and that parts add up to their wholes."""

from collections.abc import Iterable
from decimal import Decimal

from katsaus.core.figures import total
from katsaus.core.statements import Scheme


def accounts_off_scheme(scheme: Scheme, accounts: Iterable[str]) -> tuple[str, ...]:
    """Return the accounts that are on no row: what is booked on them would be lost."""
    return tuple(account for account in accounts if not _rows(scheme, account))


def accounts_twice(scheme: Scheme, accounts: Iterable[str]) -> tuple[str, ...]:
    """Return the accounts that stand on more than one row, and would be counted twice."""
    return tuple(account for account in accounts if len(_rows(scheme, account)) > 1)


def _rows(scheme: Scheme, account: str) -> list[str]:
    return [
        row.id for row in scheme.rows if any(selector.holds(account) for selector in row.selectors)
    ]


def unexplained(whole: Decimal | None, parts: Iterable[Decimal | None]) -> Decimal:
    """Return whole - sum of its parts, in their unit: 0 when the parts equal the whole.

    The whole may be a control total and the parts the rows under it, or a unit and the units
    below it. Nothing booked in a whole without parts leaves nothing unexplained.
    """
    return (whole or Decimal(0)) - (total(parts) or Decimal(0))
