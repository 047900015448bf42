"""The periods at which the strategy is looked at, and which of them an address asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from katsaus.core.periods import Period
from katsaus.core.strategies import Strategy
from katsaus.web.access.pages import PeriodChoice
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.controls import period_choice
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.planning.queries.outlines import reported_periods
from katsaus.web.planning.queries.strategies import strategies

# The follow-up of a strategy is at the half and at the end of a year.
ROUND_MONTHS = (6, 12)


@dataclass(frozen=True, slots=True)
class Rounds:
    """The periods that there is something of, the newest first, and the one looked at."""

    known: tuple[Period, ...]
    chosen: Period

    @classmethod
    def of(cls, viewer: Viewer, given: QueryDict, newest: Strategy | None = None) -> Self:
        """Read the period of an address; see `among`.

        Two queries, one where the newest strategy is at hand.
        """
        newest = newest or next(iter(strategies(viewer.municipality)), None)
        reported = viewer.shelf.get(
            "reported periods", lambda: reported_periods(viewer.municipality)
        )
        return cls.among(reported, newest, given)

    @classmethod
    def among(cls, reported: Iterable[Period], strategy: Strategy | None, given: QueryDict) -> Self:
        """Read the period of an address, the newest reported one where it names none.

        There are also the half-years of the strategy that have ended. Raises BadAddressError for
        a period that is not known.
        """
        told = set(reported)
        ended = rounds_of(strategy) if strategy else (last_round(),)
        known = tuple(sorted(told.union(ended), key=_time, reverse=True))
        text = given.get("period", "")
        if not text:
            return cls(known, max(told or ended, key=_time))
        for each in known:
            if each.code == text:
                return cls(known, each)
        said = _("There is no follow-up of the period “%(period)s”. Choose one from the list.")
        raise BadAddressError(said % {"period": text[:60]})

    @property
    def choice(self) -> PeriodChoice:
        """The choice of a period."""
        return period_choice(self.chosen, self.known)


def rounds_of(strategy: Strategy) -> tuple[Period, ...]:
    """Return the half-years of a strategy that have ended, or the first where none has."""
    last = last_round()
    end = min(strategy.valid_to or last.year, last.year)
    begin = strategy.valid_from or end
    years = range(begin, max(begin, end) + 1)
    found = tuple(Period(year, month) for year in years for month in ROUND_MONTHS)
    return tuple(each for each in found if _time(each) <= _time(last)) or found[:1]


def last_round() -> Period:
    """Return the half-year that ended last."""
    today = localdate()
    return Period(today.year, 6) if today.month > 6 else Period(today.year - 1, 12)


def _time(period: Period) -> tuple[int, int]:
    return period.year, period.month
