"""The periods at which the strategy is looked at, and which of them an address asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from katsaus.core.periods import Period
from katsaus.core.strategies import Strategy, in_force
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
    """The periods that there is something of, the newest first, and the one looked at.

    `asked` is what the address names: where nothing was followed up then, the one looked at is
    another.
    """

    known: tuple[Period, ...]
    chosen: Period
    asked: Period | None = None

    @classmethod
    def of(cls, viewer: Viewer, given: QueryDict, first: Strategy | None = None) -> Self:
        """Read the period of an address, of all that were reported or are of a strategy.

        Where it names none, it is the newest of the strategy that comes `first`, or of all. Two
        queries. Raises BadAddressError for what is not a period.
        """
        reported = _reported(viewer)
        rounds = {each for known in kept_strategies(viewer) for each in rounds_of(known)}
        now = first or in_force(kept_strategies(viewer), localdate().year)
        newest = cls.among(_within(reported, first) if first else reported, now, QueryDict())
        known = tuple(sorted({*newest.known, *rounds, *reported}, key=_time, reverse=True))
        return cls(known, newest.chosen)._asked(given, reported)

    @classmethod
    def of_strategy(cls, viewer: Viewer, given: QueryDict, strategy: Strategy) -> Self:
        """Read the period of an address, of those of a strategy alone; see `among`."""
        return cls.among(_within(_reported(viewer), strategy), strategy, given)

    @classmethod
    def among(cls, reported: Iterable[Period], strategy: Strategy | None, given: QueryDict) -> Self:
        """Read the period of an address, the newest reported one where it names none.

        There are also the half-years of the strategy that have ended. Raises BadAddressError for
        what is not a period.
        """
        told = set(reported)
        ended = rounds_of(strategy) if strategy else (last_round(),)
        known = tuple(sorted(told.union(ended), key=_time, reverse=True))
        return cls(known, max(told or ended, key=_time))._asked(given, told)

    def _asked(self, given: QueryDict, reported: Iterable[Period]) -> Self:
        """Return the period that an address names, or the one chosen where it names none.

        Where nothing was followed up then, it is the last reported before, or else the first.
        """
        text = given.get("period", "")
        if not text:
            return self
        try:
            asked = Period.parse(text)
        except ValueError:
            said = _("“%(period)s” is not a period. Write it as 2026-06.")
            raise BadAddressError(said % {"period": text[:60]}) from None
        if asked in self.known:
            return replace(self, chosen=asked, asked=asked)
        told = sorted(reported, key=_time) or list(reversed(self.known))
        before = [each for each in told if _time(each) <= _time(asked)]
        return replace(self, chosen=[told[0], *before][-1], asked=asked)

    def choice(self, ledger: Sequence[Period] = ()) -> PeriodChoice:
        """Return the choice of a period.

        The pages of finance go on with the one that was asked if it is one of the `ledger`, whose
        periods are the newest first.
        """
        asked, choice = self.asked, period_choice(self.chosen, self.known)
        onward = asked.code if asked and asked in ledger[1:] else ""
        other = asked.months if asked and asked != self.chosen else ""
        return replace(choice, onward=onward, instead_of=other)


def kept_strategies(viewer: Viewer) -> tuple[Strategy, ...]:
    """Return the strategies without their themes, the newest first."""
    return viewer.shelf.strategy.get("strategies", lambda: strategies(viewer.municipality))


def _reported(viewer: Viewer) -> tuple[Period, ...]:
    return viewer.shelf.get("reported periods", lambda: reported_periods(viewer.municipality))


def _within(periods: Iterable[Period], strategy: Strategy) -> tuple[Period, ...]:
    """Return the periods that are in the years of a strategy."""
    return tuple(
        each
        for each in periods
        if (strategy.valid_from or each.year) <= each.year <= (strategy.valid_to or each.year)
    )


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
