"""What is known of an indicator on a day, beside its baseline and its target."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from katsaus.core.indicators import Entry, Indicator, ValueScenario
from katsaus.core.states import Measured

_S = ValueScenario


def measured(indicator: Indicator, entries: Iterable[Entry], on: date) -> Measured:
    """Return the newest actual that a day has, the next target (or the last), the newest baseline.

    Only values of the whole count: of no place, and of one unit where no value is of all units. A
    cumulative indicator without a baseline begins from zero as the target's year begins.
    """
    found = _of_one(entries)
    actuals = [e for e in found if e.scenario is _S.ACTUAL and e.period.ends_on <= on]
    targets = [each for each in found if each.scenario is _S.TARGET]
    target = min(
        (each for each in targets if each.period.ends_on >= on), key=_end, default=None
    ) or max(targets, key=_end, default=None)
    if target is not None and indicator.is_cumulative:
        actuals = [each for each in actuals if each.period.year == target.period.year]
    actual = max(actuals, key=_end, default=None)
    baseline, baseline_on = _baseline(indicator, found, target)
    return Measured(
        indicator.code,
        indicator.polarity,
        actual.value.number if actual else None,
        target.value.number if target else None,
        target.period.ends_on if target else None,
        baseline,
        baseline_on,
    )


def _baseline(
    indicator: Indicator, entries: Iterable[Entry], target: Entry | None
) -> tuple[Decimal | None, date | None]:
    if target is None:
        return None, None
    if indicator.is_cumulative:
        return Decimal(0), date(target.period.year - 1, 12, 31)
    earlier = [
        each
        for each in entries
        if each.scenario is _S.BASELINE and each.period.ends_on < target.period.ends_on
    ]
    first = max(earlier, key=_end, default=None)
    return (first.value.number, first.period.ends_on) if first else (None, None)


def _of_one(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of all units together, or else those of the one unit that has any."""
    found = [each for each in entries if not each.place and each.value.number is not None]
    whole = [each for each in found if not each.unit]
    if whole:
        return whole
    return found if len({each.unit for each in found}) == 1 else []


def _end(entry: Entry) -> date:
    return entry.period.ends_on
