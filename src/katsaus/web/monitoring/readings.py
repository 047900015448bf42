"""An indicator as it is read beside an action or a goal: its value, its target, and the verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from katsaus.core.indicator_texts import day_text, measured_text
from katsaus.core.indicators import Entry, Indicator, ValueScenario, is_achieved
from katsaus.core.periods import Period
from katsaus.core.progress import measured
from katsaus.web.languages import language
from katsaus.web.monitoring.marks import Mark
from katsaus.web.planning.queries.entries import Placed


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator's values of a period (or of the last one before it, told by `of`).

    `missing` names what a computed value lacks; `give` is where the person may give a value, empty
    where they may not.
    """

    name: str
    href: str
    values: tuple[str, ...]
    of: str
    target: str
    verdict: Mark | None
    missing: str = ""
    give: str = ""


def reading(slug: str, placed: Placed, period: Period, *, may_give: bool = False) -> Reading:
    """Return what an indicator came to by a period's end, beside its target.

    With `may_give` and where it is not computed it leads to the form of a value, too.
    """
    indicator, page = placed.indicator, reverse("indicator", args=(slug, placed.indicator.code))
    told = latest(placed.entries, period)
    is_now = not told or told[0].period == period
    targets = [each for each in placed.entries if each.scenario is ValueScenario.TARGET]
    target = next((each for each in targets if not is_before(each.period, period)), None)
    at = urlencode({"period": period.code})
    form = reverse("indicator_value", args=(slug, indicator.code))
    return Reading(
        placed.label or indicator.names.text(language()),
        f"{page}?{at}",
        tuple(entry_text(indicator, each) for each in told),
        "" if is_now else told[0].period.months,
        _target(indicator, target) if target else "",
        verdict(indicator, placed.entries, period),
        "; ".join(placed.missing),
        f"{form}?{at}" if may_give and not indicator.computed else "",
    )


def latest(entries: Iterable[Entry], period: Period) -> tuple[Entry, ...]:
    """Return the actuals of a period, or of the last one before it that has any."""
    actuals = [
        each
        for each in entries
        if each.scenario is ValueScenario.ACTUAL and not is_before(period, each.period)
    ]
    if not actuals:
        return ()
    last = max(actuals, key=lambda each: each.period.ends_on).period
    return tuple(each for each in actuals if each.period == last)


def verdict(indicator: Indicator, entries: Iterable[Entry], period: Period) -> Mark | None:
    """Say whether the target is achieved; None where it cannot be said."""
    found = measured(indicator, entries, period.ends_on)
    achieved = is_achieved(indicator.polarity, found.target, found.number)
    if achieved is None:
        return None
    if achieved:
        return Mark("done", "✓", _("Target achieved"))
    return Mark("short", "○", _("Target not yet achieved"))


def entry_text(indicator: Indicator, entry: Entry) -> str:
    """Return a value with its place and its day."""
    shown = measured_text(indicator, entry.value, language())
    if entry.value.on is not None:
        shown += f" ({day_text(entry.value.on)})"
    return f"{entry.place}: {shown}" if entry.place else shown


def _target(indicator: Indicator, entry: Entry) -> str:
    return f"{measured_text(indicator, entry.value, language())} ({entry.period.year})"


def is_before(period: Period, other: Period) -> bool:
    """Whether a period ends before another."""
    return period.ends_on < other.ends_on
