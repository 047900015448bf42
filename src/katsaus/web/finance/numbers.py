"""How figures are said on the screen, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.formats import DASH, DisplayUnit, NumberFormat
from katsaus.ledger.drill import Entry
from katsaus.web.languages import language

SHOWN_IN_MILLIONS = 100_000


def formats() -> NumberFormat:
    """Return the marks of the language that is active."""
    return NumberFormat.of(language())


def money(value: Decimal | None, unit: DisplayUnit = DisplayUnit.CENT) -> str:
    """Show euros, to the cent unless told otherwise; a dash for nothing."""
    return DASH if value is None else formats().amount(value, unit)


def euros(value: Decimal | None, unit: DisplayUnit = DisplayUnit.CENT) -> str:
    """Show euros with their mark, to the cent unless told otherwise; a dash for nothing."""
    return DASH if value is None else formats().euros(money(value, unit))


def rounded(amount: Decimal) -> str:
    """Return an amount with its unit and without its sign, in millions where two figures show."""
    size = abs(amount)
    if size < SHOWN_IN_MILLIONS:
        return formats().euros(formats().number(size))
    return _("€%(millions)s million") % {"millions": formats().number(size.scaleb(-6), 2)}


def percent(fraction: Decimal) -> str:
    """Show a fraction as a percent."""
    return formats().fraction(fraction)


# A bar of realization is of 0 to 140 %; it and its picture are measured in pixels.
PIXELS_OF_WHOLE = 55
PACE_WIDTH = 77


@dataclass(frozen=True, slots=True)
class Pace:
    """A realization rate as a bar, with the straight-line share as a tick, in pixels."""

    fill: str
    tick: str
    is_worse: bool

    @classmethod
    def of(cls, rate: Decimal, share: Decimal, *, is_worse: bool) -> "Pace":
        """Return the bar of a rate beside a share."""
        return cls(_pixels(rate), _pixels(share), is_worse)


def _pixels(fraction: Decimal) -> str:
    return f"{min(max(fraction * PIXELS_OF_WHOLE, Decimal(0)), Decimal(PACE_WIDTH)):.1f}"


def day(on: date | None) -> str:
    """Show a day as the language writes it; a dash for none."""
    if on is None:
        return DASH
    if language() == "en":
        return f"{on.day} {on:%b} {on.year}"
    return f"{on.day}.{on.month}.{on.year}"


def when(shown_day: str, entry: Entry) -> str:
    """Show of a plan figure its month or year: "1/2026", "2026"; of a posting the day.

    A figure of a month that was given or decided on a day has both, one of the year only the day.
    """
    if entry.year is None or (entry.on and not entry.month):
        return shown_day
    of = f"{entry.month}/{entry.year}" if entry.month else str(entry.year)
    return f"{of} ({shown_day})" if entry.on else of
