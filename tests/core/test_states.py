"""The state that the rule proposes, and the schedules that it reads."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.indicators import Polarity
from katsaus.core.schedules import Schedule, ScheduleError
from katsaus.core.states import Ground, Measured, Proposal, Rule, State, propose, together

RULE = Rule(Decimal("0.9"), 215)
NO_SCHEDULE = Schedule()
MIDSUMMER = date(2023, 7, 2)  # half of 2023 is gone
NUMBERS = st.integers(-1000, 1000).map(Decimal)
RANK = {State.BEHIND: 0, State.UNDER_WAY: 1, State.DONE: 2}


def measured(
    number: Decimal | int | None,
    target: Decimal | int | None = 100,
    baseline: Decimal | int | None = 0,
    polarity: Polarity = Polarity.UP,
) -> Measured:
    numbers = (None if each is None else Decimal(each) for each in (number, target, baseline))
    value, aim, start = numbers
    return Measured("x", polarity, value, aim, date(2023, 12, 31), start, date(2022, 12, 31))


def proposed(*found: Measured, on: date = MIDSUMMER, schedule: str = "") -> Proposal:
    return propose(RULE, on, schedule=Schedule.parse(schedule), measured=found)


@pytest.mark.parametrize(
    ("number", "state"),
    [(100, State.DONE), (120, State.DONE), (46, State.UNDER_WAY), (45, State.BEHIND)],
)
def test_nine_tenths_of_the_share_of_time_is_enough(number: int, state: State) -> None:
    found = proposed(measured(number))
    assert found.state is state
    [step] = found.steps
    assert step.time == Decimal(183) / 365
    assert step.limit == RULE.behind_below * step.time
    assert step.way == Decimal(number) / 100


def test_fewer_is_better_where_the_indicator_says_so() -> None:
    assert proposed(measured(10, 20, 60, Polarity.DOWN)).state is State.DONE
    assert proposed(measured(40, 20, 60, Polarity.DOWN)).state is State.UNDER_WAY
    assert proposed(measured(59, 20, 60, Polarity.DOWN)).state is State.BEHIND


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from([Polarity.UP, Polarity.DOWN]), st.data())
def test_a_better_number_never_makes_a_worse_proposal(
    one: Decimal,
    other: Decimal,
    target: Decimal,
    baseline: Decimal,
    polarity: Polarity,
    data: st.DataObject,
) -> None:
    if (target > baseline) != (polarity is Polarity.UP):
        baseline, target = target, baseline
    better, worse = max(one, other), min(one, other)
    if polarity is Polarity.DOWN:
        better, worse = worse, better
    on = data.draw(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
    schedule = data.draw(st.sampled_from(["", "2023", "2023-03-31", "continuous"]))
    beside = [measured(data.draw(NUMBERS))]
    states = [
        proposed(
            measured(number, target, baseline, polarity), *beside, on=on, schedule=schedule
        ).state
        for number in (worse, better)
    ]
    ranks = [RANK[state] for state in states if state is not None]
    assert len(ranks) == 2
    assert ranks[0] <= ranks[1]


def test_the_indicator_that_is_furthest_behind_decides() -> None:
    assert proposed(measured(100), measured(10)).state is State.BEHIND
    assert proposed(measured(100), measured(60)).state is State.UNDER_WAY
    assert proposed(measured(100), measured(None)).state is State.DONE


def test_without_a_baseline_only_the_target_can_be_seen_reached() -> None:
    assert proposed(measured(100, baseline=None)).state is State.DONE
    assert proposed(measured(99, baseline=None)).ground is Ground.NOTHING


def test_a_schedule_that_has_ended_is_behind_unless_the_matter_is_settled() -> None:
    ended = Schedule.parse("2022")
    assert propose(RULE, MIDSUMMER, schedule=ended).ground is Ground.SCHEDULE_ENDED
    assert propose(RULE, MIDSUMMER, schedule=ended).state is State.BEHIND
    done = propose(RULE, MIDSUMMER, schedule=ended, reported=State.DONE)
    assert (done.state, done.ground) == (None, Ground.NOTHING)
    reached = propose(RULE, MIDSUMMER, schedule=ended, measured=[measured(100)])
    assert reached.state is State.DONE


def test_a_schedule_that_begins_later_is_not_started() -> None:
    assert proposed(schedule="2024-2025").state is State.NOT_STARTED


def test_too_many_days_since_the_last_report_is_behind() -> None:
    def after(day: date) -> Proposal:
        return propose(
            RULE, MIDSUMMER, schedule=NO_SCHEDULE, reported=State.UNDER_WAY, reported_on=day
        )

    late = after(date(2022, 11, 28))
    assert (late.state, late.ground, late.days_since_report) == (
        State.BEHIND,
        Ground.NO_REPORT,
        216,
    )
    assert after(date(2022, 11, 29)).state is None


def test_with_nothing_to_go_by_nothing_is_proposed() -> None:
    assert proposed(schedule="continuous").ground is Ground.NOTHING
    assert proposed().state is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "continuous",
        "2023",
        "2021-2025",
        "2023-",
        "2023-08-31",
        "2023-01-01/2023-08-31",
        "months:2,3",
    ],
)
def test_a_schedule_is_read_and_written_alike(code: str) -> None:
    assert Schedule.parse(code).code == code


def test_what_a_schedule_says() -> None:
    years = Schedule.parse("2021-2025")
    assert (years.begins_on, years.ends_on) == (date(2021, 1, 1), date(2025, 12, 31))
    assert Schedule.parse("2023-").ends_on is None
    assert Schedule.parse("2023-08-31").begins_on is None
    assert Schedule.parse("months:2,3").months == (2, 3)
    assert Schedule.parse("continuous").is_continuous


@pytest.mark.parametrize(
    "text", ["soon", "2025-2021", "months:13", "months:", "2023-13-01", "0000"]
)
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError):
        Schedule.parse(text)


def test_several_states_together_show_what_needs_attention_first() -> None:
    assert together([State.DONE, State.BEHIND, None]) is State.BEHIND
    assert together([State.DONE, State.NOT_STARTED]) is State.UNDER_WAY
    assert together([State.DONE, State.ABANDONED]) is State.DONE
    assert together([State.ABANDONED]) is State.ABANDONED
    assert together([None]) is None
