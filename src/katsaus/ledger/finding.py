"""Finding postings by a voucher, a text or an amount, in any batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from katsaus.core.figures import euros, size_of
from katsaus.ledger import engine

MOST = 50
# Months are sorted before vouchers: the newest postings are what one most often looks for.
_FIND = """
    SELECT unit, account, date, cents, voucher, text
    FROM {files}
    WHERE {units} AND (
        abs(cents) = ?
        OR starts_with(lower(voucher), lower(?))
        OR (contains(lower(text), lower(?)) AND NOT list_contains(?::VARCHAR[], account)))
    ORDER BY date DESC, voucher, source_row LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A posting that was found; `amount` in euros, revenue + and expenses -."""

    unit: str
    account: str
    on: date
    amount: Decimal
    voucher: str
    text: str


def newest_first(months: Mapping[Path, tuple[int, int]]) -> list[list[Path]]:
    """Return files in groups as find asks for them, by the first and last month of each (202306).

    Of what is in the newest files the others are not asked. Groups grow twofold, so that what is
    in none of many files is known after few questions.
    """
    groups: list[list[Path]] = []
    begins = 0
    for path in sorted(months, key=lambda each: months[each][1], reverse=True):
        first, last = months[path]
        if not groups or (last < begins and len(groups[-1]) >= 2 ** (len(groups) - 1)):
            groups.append([])
            begins = first
        groups[-1].append(path)
        begins = min(begins, first)
    return groups


def find(
    files: Iterable[Sequence[Path]],
    text: str,
    *,
    units: frozenset[str] | None = None,
    hidden: frozenset[str] = frozenset(),
    most: int = MOST,
) -> tuple[Found, ...]:
    """Find postings whose voucher begins with a text, whose text holds it, or of that amount.

    The newest are first. An amount is found with either sign. The files come in groups: all
    postings of one are newer than those of the next.

    Only those of `units` are looked at (None: of all). The texts of postings on `hidden` accounts
    are neither searched nor returned.
    """
    found: list[Found] = []
    for paths in files if text and units != frozenset() else ():
        found += _find(paths, text, units, hidden, most - len(found))
        if len(found) == most:
            break
    return tuple(found)


def _find(
    paths: Sequence[Path],
    text: str,
    units: frozenset[str] | None,
    hidden: frozenset[str],
    most: int,
) -> list[Found]:
    scope = "true" if units is None else "list_contains(?::VARCHAR[], unit)"
    query = _FIND.format(files=engine.parquet(paths), units=scope, most=most)
    bounds = [] if units is None else [sorted(units)]
    with engine.cursor() as cursor:
        rows = cursor.execute(
            query, [*bounds, size_of(text), text, text, sorted(hidden)]
        ).fetchall()
    return [
        Found(unit, account, on, euros(cents), voucher or "", _shown(account, said, hidden))
        for unit, account, on, cents, voucher, said in rows
    ]


def _shown(account: str, text: str | None, hidden: frozenset[str]) -> str:
    return "" if account in hidden else text or ""
