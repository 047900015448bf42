"""Statement schemes: rows as data, resolved to weights on accounts, cycles refused."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from katsaus.core.accounts import Account, Selector
from katsaus.core.names import Names

Emphasis = Literal["plain", "sum", "total"]
ROW_ACCOUNT = "row:"
_TERM = re.compile(r"(?:(\d+(?:\.\d+)?)\s*\*\s*)?([A-Za-z_]\w*)", re.ASCII)
# What a row weighs in another has at most four decimals, and at most this size, so that amounts
# stay exact as scaled 64-bit integers.
WEIGHT_DECIMALS = 4
LARGEST_WEIGHT = 1000


class SchemeError(ValueError):
    """A scheme's definition is wrong; the message names the scheme, the row and the fault."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a sum row: another row times a weight."""

    row: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement: of accounts, of other rows, or a ratio of two rows.

    `includes` names rows of finer schemes: a budget or forecast that stands on one of them
    belongs to this row too. `level` is the depth of indentation.
    """

    id: str
    names: Names
    selectors: tuple[Selector, ...] = ()
    terms: tuple[Term, ...] = ()
    ratio: tuple[str, str] | None = None
    includes: tuple[str, ...] = ()
    emphasis: Emphasis = "plain"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of an account (or of a row's own pseudo-account) goes to a row."""

    row: str
    account: str
    weight: Decimal


def parse_sum(text: str) -> tuple[Term, ...]:
    """Read "a + b - 0.8 * c" as terms; nothing is evaluated. Raises SchemeError."""
    signed = text if text.lstrip().startswith(("+", "-")) else f"+{text}"
    return tuple(_term(sign, part.strip()) for sign, part in re.findall(r"([+-])([^+-]*)", signed))


def _term(sign: str, part: str) -> Term:
    match = _TERM.fullmatch(part)
    if match is None:
        raise SchemeError(f"unknown row {part!r}")
    weight = Decimal(match[1] or 1)
    return Term(match[2], -weight if sign == "-" else weight)


@dataclass(frozen=True)
class Scheme:
    """The rows of one statement in the order of print. Refused when it cannot be computed."""

    id: str
    names: Names
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Check that ids are unique, that every row named exists, and that nothing circles."""
        if len(self._by_id) != len(self.rows):
            raise SchemeError(f"{self.id}: a row id is there twice")
        for row in self.rows:
            if fault := self._fault(row):
                raise SchemeError(f"{self.id}: row {row.id}: {fault}")
        for weight in self.weights(()):
            if not _is_exact(weight.weight):
                raise SchemeError(
                    f"{self.id}: row {weight.row}: the weight {weight.weight} has over "
                    f"{WEIGHT_DECIMALS} decimals or is over {LARGEST_WEIGHT}"
                )

    def _fault(self, row: Row) -> str:
        for name in _uses(row):
            if name not in self._by_id:
                return f"unknown row {name!r}"
        for name in row.includes:
            if name in self._by_id:
                return f"{name!r} is a row of this scheme, and would count twice"
        if row.ratio is None and any(self._by_id[term.row].ratio for term in row.terms):
            return "a ratio cannot be summed"
        return ""

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows}

    def _in_order_of_use(self) -> Iterator[Row]:
        """Iterate over the rows so that each comes after those that it uses."""
        order = TopologicalSorter({row.id: _uses(row) for row in self.rows})
        try:
            yield from (self._by_id[row_id] for row_id in order.static_order())
        except CycleError as error:
            circle = " -> ".join(self._from_first_row(error.args[1][:0:-1]))
            raise SchemeError(f"{self.id}: the rows go in a circle: {circle}") from None

    def _from_first_row(self, ring: list[str]) -> list[str]:
        first = next(ring.index(row_id) for row_id in self._by_id if row_id in ring)
        return [*ring[first:], *ring[: first + 1]]

    def row(self, row_id: str) -> Row:
        """Return the row of an id; raises SchemeError when the scheme has none."""
        try:
            return self._by_id[row_id]
        except KeyError:
            raise SchemeError(f"{self.id}: unknown row {row_id!r}") from None

    def row_of(self, account: Account) -> Row | None:
        """Return the row that an account is counted on; None where what is booked is on no row."""
        for row in self.rows:
            if any(each.holds(account.number, account.official) for each in row.selectors):
                return row
        return None

    def weights(
        self, accounts: Iterable[str], officials: Mapping[str, str] | None = None
    ) -> tuple[Weight, ...]:
        """Resolve every row but the ratios to weights on the given account numbers.

        `officials` has the official account of each own account that is mapped to one.
        A budget or forecast that stands on a row stands on that row's own pseudo-account
        "row:<id>", which is a part of the row as its accounts are, and of a coarser scheme's
        row that includes it.
        """
        charted = {account: (officials or {}).get(account, "") for account in accounts}
        parts: dict[str, dict[str, Decimal]] = {}
        for row in self._in_order_of_use():
            if row.ratio is None:
                parts[row.id] = _parts(row, charted, parts)
        return tuple(
            Weight(row_id, account, weight)
            for row_id in self._by_id
            for account, weight in sorted(parts.get(row_id, {}).items())
        )

    def with_accounts(self, accounts: Iterable[Account]) -> "Scheme":
        """Return the scheme with each account as a row of its own under the row it is on."""
        return replace(self, rows=tuple(self._with_accounts(tuple(accounts))))

    def _with_accounts(self, accounts: tuple[Account, ...]) -> Iterator[Row]:
        for row in self.rows:
            yield row
            for account in accounts:
                number = account.number
                if any(each.holds(number, account.official) for each in row.selectors):
                    selectors = (Selector.parse(number),)
                    yield Row(
                        f"{row.id}.{number}",
                        account.names,
                        selectors=selectors,
                        level=row.level + 1,
                    )


def _uses(row: Row) -> tuple[str, ...]:
    return (*(term.row for term in row.terms), *(row.ratio or ()))


def _parts(
    row: Row, accounts: Mapping[str, str], parts: Mapping[str, Mapping[str, Decimal]]
) -> dict[str, Decimal]:
    """Weigh a row's accounts, given with their officials, and the rows that it uses."""
    own = {
        account: Decimal(1)
        for account, official in accounts.items()
        if any(selector.holds(account, official) for selector in row.selectors)
    }
    own |= {ROW_ACCOUNT + row_id: Decimal(1) for row_id in (row.id, *row.includes)}
    for term in row.terms:
        for account, weight in parts[term.row].items():
            own[account] = own.get(account, Decimal(0)) + weight * term.weight
    return own


def _is_exact(weight: Decimal) -> bool:
    scaled = weight.scaleb(WEIGHT_DECIMALS)
    return scaled == scaled.to_integral_value() and abs(weight) <= LARGEST_WEIGHT
