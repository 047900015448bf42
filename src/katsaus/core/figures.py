"""Amounts of money: scenarios, exact sums where missing is not zero, and shares to the cent."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

Cents = int
Euros = Decimal
_WRITTEN = re.compile(
    r"[-+\u2212\u2013]?\s?€?(\d{1,3}(?:[\s.,]?\d{3}){0,4}|\d{1,15})(?:[.,](\d{2}))?(?:\s?€)?"
)


class Scenario(StrEnum):
    """What a figure says: what happened, what was planned, what was added, what is expected."""

    ACTUAL = "actual"
    BUDGET = "budget"
    AMENDMENT = "amendment"
    FORECAST = "forecast"


class Items(StrEnum):
    """Which figures count: all, those with others, or those between the municipality's units."""

    ALL = "all"
    EXTERNAL = "external"
    INTERNAL = "internal"


def euros(cents: Cents) -> Euros:
    """Return an amount of whole cents as euros with two decimals, exactly."""
    return Decimal(cents).scaleb(-2)


def size_of(text: str) -> Cents | None:
    """Return the size of an amount that a person wrote, without its sign; None where it is none.

    Cents are two digits after a comma or a point; what parts thousands is of no matter.
    """
    if not (found := _WRITTEN.fullmatch(text.strip())):
        return None
    whole, cents = re.sub(r"\D", "", found[1]), found[2] or "00"
    return int(whole + cents)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Sum what is there; None when nothing is, for missing is not zero."""
    present = [amount for amount in amounts if amount is not None]
    return sum(present, Decimal(0)) if present else None


def spread(cents: Cents, weights: Sequence[int]) -> tuple[Cents, ...]:
    """Divide an amount by whole-number weights so that the parts sum to it exactly.

    The cents that even division leaves over go to the parts with the largest remainders,
    the earlier part first among equals. Raises ValueError when no weight is positive or
    one is negative.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and one of them positive")
    sign = -1 if cents < 0 else 1
    shares = [divmod(abs(cents) * weight, whole) for weight in weights]
    left = abs(cents) - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda i: -shares[i][1])
    topped_up = set(by_remainder[:left])
    return tuple(sign * (share + (i in topped_up)) for i, (share, _) in enumerate(shares))
