"""The state of a goal or an action, and the published rule that proposes one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from katsaus.core.indicators import Polarity, is_achieved, share_of_way
from katsaus.core.schedules import Schedule


class State(StrEnum):
    """How far a goal or an action is."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    BEHIND = "behind"
    NOT_DONE = "not_done"
    ABANDONED = "abandoned"
    WAITS_FOR_DECISION = "waits_for_decision"
    CONTINUOUS = "continuous"


SETTLED = frozenset({State.DONE, State.NOT_DONE, State.ABANDONED, State.WAITS_FOR_DECISION})
NEEDS_REASON = frozenset({State.ABANDONED})


class Ground(StrEnum):
    """What a proposal rests on."""

    TARGET_REACHED = "target_reached"  # every indicator is at its target or past it
    BEHIND_TIME = "behind_time"  # an indicator's way is shorter than the limit of the time gone
    IN_TIME = "in_time"
    SCHEDULE_ENDED = "schedule_ended"  # and it is not reported or measured to be done
    NOT_BEGUN = "not_begun"  # the schedule begins later
    NO_REPORT = "no_report"  # the last report is too long ago
    NOTHING = "nothing"  # nothing to go by


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds: a fraction of the time's share, and days since the last report."""

    behind_below: Decimal
    report_days: int


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's number beside its baseline and target, each with the day it is of."""

    indicator: str
    polarity: Polarity
    number: Decimal | None
    target: Decimal | None
    target_on: date | None
    baseline: Decimal | None = None
    baseline_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The arithmetic of one indicator.

    `way` is the share of the way from baseline to target, `time` the share of the time between
    their days that is gone, `limit` the way below which it is behind. `state` is None where
    nothing can be said.
    """

    measured: Measured
    way: Decimal | None
    time: Decimal | None
    limit: Decimal | None
    state: State | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed state, what it rests on, and the arithmetic; no state: no proposal."""

    state: State | None
    ground: Ground
    steps: tuple[Step, ...] = ()
    ended_on: date | None = None
    days_since_report: int | None = None
    rule: Rule | None = None


def propose(
    rule: Rule,
    on: date,
    *,
    schedule: Schedule,
    measured: Sequence[Measured] = (),
    reported: State | None = None,
    reported_on: date | None = None,
) -> Proposal:
    """Propose the state on a day.

    Indicators come first, and the one that is furthest behind decides; then the schedule; then
    the time since the last report, where that did not settle the matter. A better number of an
    indicator never makes a worse proposal.
    """
    found = tuple(_step(rule, on, each) for each in measured)
    days = (on - reported_on).days if reported_on else None
    state, ground = _by_steps(found)
    is_ended = schedule.ends_on is not None and schedule.ends_on < on
    if is_ended and state is not State.DONE and (state or reported not in SETTLED):
        state, ground = State.BEHIND, Ground.SCHEDULE_ENDED
    elif state is None and schedule.begins_on is not None and schedule.begins_on > on:
        state, ground = State.NOT_STARTED, Ground.NOT_BEGUN
    elif state is None and reported not in SETTLED and days is not None and days > rule.report_days:
        state, ground = State.BEHIND, Ground.NO_REPORT
    return Proposal(state, ground, found, schedule.ends_on if is_ended else None, days, rule)


def _by_steps(found: Iterable[Step]) -> tuple[State | None, Ground]:
    states = {step.state for step in found} - {None}
    if State.BEHIND in states:
        return State.BEHIND, Ground.BEHIND_TIME
    if State.UNDER_WAY in states:
        return State.UNDER_WAY, Ground.IN_TIME
    return (State.DONE, Ground.TARGET_REACHED) if states else (None, Ground.NOTHING)


def _step(rule: Rule, on: date, measured: Measured) -> Step:
    way = share_of_way(measured.baseline, measured.target, measured.number)
    time = time_share(measured.baseline_on, measured.target_on, on)
    limit = None if time is None else rule.behind_below * time
    state = None
    if is_achieved(measured.polarity, measured.target, measured.number) or _is_there(way, measured):
        state = State.DONE
    elif way is not None and limit is not None:
        state = State.BEHIND if way < limit else State.UNDER_WAY
    return Step(measured, way, time, limit, state)


def _is_there(way: Decimal | None, measured: Measured) -> bool:
    """Say whether an indicator that tells no better direction went all the way to its target."""
    return measured.polarity is Polarity.NONE and way is not None and way >= 1


def time_share(begins_on: date | None, ends_on: date | None, on: date) -> Decimal | None:
    """Return the share of the time from one day to another that is gone, from 0 to 1."""
    if begins_on is None or ends_on is None or ends_on <= begins_on:
        return None
    gone = Decimal((on - begins_on).days) / Decimal((ends_on - begins_on).days)
    return min(max(gone, Decimal(0)), Decimal(1))


# What a reader should see first of several.
_ATTENTION = (
    State.BEHIND,
    State.NOT_DONE,
    State.WAITS_FOR_DECISION,
    State.UNDER_WAY,
    State.CONTINUOUS,
)


def together(states: Iterable[State | None]) -> State | None:
    """Return one state for several actions: what needs attention first; None where none is told.

    Some done and others not started are under way together; abandoned ones count only when all are.
    """
    present = {state for state in states if state is not None}
    if len(present) == 1:
        return next(iter(present))
    for state in _ATTENTION:
        if state in present:
            return state
    left = present - {State.ABANDONED} or present
    return State.UNDER_WAY if len(left) > 1 else next(iter(left), None)
