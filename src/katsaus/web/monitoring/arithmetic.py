"""A proposed state with its arithmetic in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.indicator_texts import measured_text
from katsaus.core.indicators import Indicator, Value
from katsaus.core.periods import Period
from katsaus.core.progress import measured
from katsaus.core.schedules import Schedule
from katsaus.core.states import Ground, Proposal, State, Step, propose
from katsaus.definitions.states import state_rule
from katsaus.web.finance.numbers import day, percent
from katsaus.web.languages import language
from katsaus.web.monitoring.marks import Mark
from katsaus.web.planning.queries.entries import Placed


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal in words; without a mark the rule proposes nothing."""

    state: State | None
    mark: Mark | None
    sentences: tuple[str, ...]


def proposed(
    schedule: Schedule,
    indicators: Iterable[Placed],
    period: Period,
    *,
    state: State | None = None,
    told_on: date | None = None,
) -> Proposed:
    """Return what the rule proposes at a period's end, and how it came to it.

    `state` is what a person says, `told_on` the day of the last report.
    """
    found = {each.indicator.code: each for each in indicators}
    on = period.ends_on
    proposal = propose(
        state_rule(),
        on,
        schedule=schedule,
        measured=[measured(each.indicator, each.entries, on) for each in found.values()],
        reported=state,
        reported_on=told_on,
    )
    mark = Mark.of(proposal.state) if proposal.state else None
    return Proposed(proposal.state, mark, tuple(_sentences(proposal, found, schedule)))


def _sentences(
    proposal: Proposal, found: Mapping[str, Placed], schedule: Schedule
) -> Iterable[str]:
    for step in proposal.steps:
        placed = found[step.measured.indicator]
        name = placed.label or placed.indicator.names.text(language())
        if told := _step(step, placed.indicator):
            yield f"{name}: {told}"
    if said := _ground(proposal, schedule):
        yield said


def _step(step: Step, indicator: Indicator) -> str:
    """Write the arithmetic of one indicator out; nothing where it has no target."""
    of, way, time, limit = step.measured, step.way, step.time, step.limit
    if of.target is None:
        return ""
    target = measured_text(indicator, Value(of.target), language())
    if of.number is None:
        return _("no value yet, the target is %(target)s") % {"target": target}
    number = measured_text(indicator, Value(of.number), language())
    values = {"number": number, "target": target}
    if step.state is State.DONE:
        return _("%(number)s, the target %(target)s is reached → done") % values
    if way is None or time is None or limit is None:
        return _("%(number)s, the target is %(target)s; no baseline to count from") % values
    values |= {"time": percent(time), "way": percent(way), "limit": percent(limit)}
    if step.state is State.BEHIND:
        return (
            _(
                "%(time)s of the time is gone, %(way)s of the way to the target (%(number)s / "
                "%(target)s); under %(limit)s → behind"
            )
            % values
        )
    return (
        _(
            "%(time)s of the time is gone, %(way)s of the way to the target (%(number)s / "
            "%(target)s); at least %(limit)s → under way"
        )
        % values
    )


def _ground(proposal: Proposal, schedule: Schedule) -> str:
    """Say what settled the matter besides the indicators."""
    if proposal.ground is Ground.SCHEDULE_ENDED:
        said = _("The schedule ended on %(day)s, and it is not told to be done → behind")
        return said % {"day": day(schedule.ends_on)}
    if proposal.ground is Ground.NOT_BEGUN:
        return _("The schedule begins on %(day)s → not started") % {"day": day(schedule.begins_on)}
    if proposal.ground is Ground.NO_REPORT and proposal.rule:
        days = proposal.days_since_report or 0
        said = ngettext(
            "%(days)d day since the last report, the limit is %(limit)d → behind",
            "%(days)d days since the last report, the limit is %(limit)d → behind",
            days,
        )
        return said % {"days": days, "limit": proposal.rule.report_days}
    if proposal.ground is Ground.NOTHING:
        return _("No target with a number, no end that has passed: nothing to count from.")
    return ""
