"""The periods at which the strategy is looked at, and which of them an address asks for."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from katsaus.core.periods import Period
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import queries as finance
from katsaus.web.finance.controls import Choice, Control
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.finance.numbers import months
from katsaus.web.planning.queries.outlines import reported_periods

# The follow-up of a strategy is at the half and at the end of a year.
ROUND_MONTHS = (6, 12)


@dataclass(frozen=True, slots=True)
class Rounds:
    """The periods that there is something of, the newest first, and the one looked at."""

    known: tuple[Period, ...]
    chosen: Period

    @classmethod
    def of(cls, viewer: Viewer, given: QueryDict) -> Self:
        """Read the period of an address, the newest reported one where it names none.

        Raises BadAddressError for a period that is not known. Two queries.
        """
        reported = reported_periods(viewer.municipality)
        booked = {each for each in finance.periods(viewer.municipality) if is_round(each)}
        known = tuple(sorted({*reported, *booked, last_round()}, key=_time, reverse=True))
        text = given.get("period", "")
        if not text:
            return cls(known, next(iter((*reported, *known))))
        for each in known:
            if each.code == text:
                return cls(known, each)
        said = _("There is no follow-up of the period “%(period)s”. Choose one from the list.")
        raise BadAddressError(said % {"period": text[:60]})

    @property
    def control(self) -> Control:
        """The choice of a period."""
        choices = (Choice(each.code, months(each), each == self.chosen) for each in self.known)
        return Control("period", _("Period"), tuple(choices))


def is_round(period: Period) -> bool:
    """Whether a period ends where a round of the follow-up does."""
    return period.month in ROUND_MONTHS


def last_round() -> Period:
    """Return the half-year that ended last."""
    today = localdate()
    return Period(today.year, 6) if today.month > 6 else Period(today.year - 1, 12)


def _time(period: Period) -> tuple[int, int]:
    return period.year, period.month
