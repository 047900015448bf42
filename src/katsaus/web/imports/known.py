"""What the files of a municipality may name: its units, accounts and the rows of the statements."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.utils.timezone import localdate

from katsaus.core.accounts import Account
from katsaus.core.names import LANGUAGES
from katsaus.core.periods import Period
from katsaus.core.statements import ROW_ACCOUNT
from katsaus.definitions import load
from katsaus.ledger.importers import Kind, Known
from katsaus.web.organization import queries as organization
from katsaus.web.organization.models import Municipality

_NAMES = (Kind.ORGANIZATION, Kind.ACCOUNTS)
_WITH_BODIES = (Kind.ORGANIZATION, Kind.AMENDMENTS)


def known(municipality: Municipality | None, kind: Kind, period: str = "") -> Known:
    """Return the units, accounts and statement rows that files of a kind may name.

    A posting's account is in some year's chart or among the municipality's own; an own account
    is under an account of a chart. A municipality that is not there yet has neither units nor own
    accounts. `period` is the round of a forecast, all of whose figures are of its year.
    """
    accounts = (
        organization.official_accounts()
        if kind is Kind.ACCOUNTS or municipality is None
        else organization.accounts(municipality)
    )
    # A posting dated before the euro or after next year is a slip of the keyboard.
    first, last = date(1999, 1, 1), date(localdate().year + 1, 12, 31)
    units = organization.unit_codes(municipality) if municipality else frozenset()
    return Known(
        units=units,
        accounts=frozenset(accounts),
        rows=_rows(),
        first_on=first,
        last_on=last,
        year=Period.parse(period).year if period else None,
        parts={} if kind in _NAMES else _parts(_officials(accounts.values())),
        under=() if kind in _NAMES or municipality is None or not units else _under(municipality),
        bodies=_bodies(municipality) if municipality and kind in _WITH_BODIES else {},
    )


def _bodies(municipality: Municipality) -> dict[str, str]:
    """Return the Finnish names of the governing bodies by their names in each language."""
    return {
        name: body.name_fi
        for body in organization.bodies(municipality).values()
        for name in (body.name_en, body.name_sv, body.name_fi)
        if name
    }


def _rows() -> dict[str, str]:
    """Return the rows of the statements by any of their names."""
    return {
        name: row.id
        for scheme in load.schemes().values()
        for row in scheme.rows
        if row.ratio is None
        for name in (row.id, *(row.names.text(language) for language in LANGUAGES))
    }


def _officials(accounts: Iterable[Account]) -> frozenset[tuple[str, str]]:
    return frozenset((account.number, account.official) for account in accounts)


@lru_cache(maxsize=8)  # accounts change seldom, and are asked of with every file
def _parts(officials: frozenset[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return the accounts and rows that a row holds, as they stand among accounts."""
    accounts = dict(officials)
    parts: dict[str, set[str]] = {}
    for scheme in load.schemes().values():
        for weight in scheme.weights(accounts, accounts):
            row = ROW_ACCOUNT + weight.row
            if weight.account != row:
                parts.setdefault(row, set()).add(weight.account)
    return {row: frozenset(held) for row, held in parts.items()}


def _under(municipality: Municipality) -> list[tuple[str, str]]:
    """Return each unit with each that is under it in the hierarchy that is in force."""
    pairs = organization.organization(municipality).closure()
    return [(unit, part) for unit, part in pairs if unit != part]
