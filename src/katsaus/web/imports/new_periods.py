"""The period that begins with a file of postings: all pages show the newest one first."""

from dataclasses import dataclass

from katsaus.core.periods import Period
from katsaus.ledger.importers import ControlTotals, Kind
from katsaus.web.imports import queries
from katsaus.web.imports.messages import money
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True, slots=True)
class Beginning:
    """A period that begins with a file, as it is written, and what its last month adds up to.

    `missing` are the months between the newest period and its end that have no postings.
    """

    period: str
    amount: str
    missing: str = ""


def beginning(
    municipality: Municipality | None, kind: Kind, file: ControlTotals
) -> Beginning | None:
    """Return the period that a file begins; None where it is no newer, or the very first."""
    newest = queries.newest_period(municipality) if municipality else None
    if kind is not Kind.POSTINGS or newest is None or not file.by_month:
        return None
    month, cents = file.by_month[-1]
    last = newest.year * 100 + newest.month
    if month <= last:
        return None
    given = {each for each, _cents in file.by_month}
    between = (each for each in range(last + 1, month) if 1 <= each % 100 <= 12)
    missing = ", ".join(f"{each % 100}/{each // 100}" for each in between if each not in given)
    return Beginning(Period(*divmod(month, 100)).months, money(cents), missing)
