"""The matrix of goals by divisions."""

import pytest

from katsaus.core.names import Names
from katsaus.core.states import State
from katsaus.core.strategies import ActionState, Goal, Strategy, in_force, matrix

ASKED = Goal("talous", Names("Talous"), units=("10", "20"))
FREE = Goal("elinvoima", Names("Elinvoima"))


def test_an_asked_goal_without_actions_is_unanswered_and_another_is_not_asked() -> None:
    found = matrix([ASKED, FREE], ["10", "20"], [ActionState("talous", "10", State.DONE)])
    [first, second] = found.rows
    assert first.answers[0] is not None
    assert (first.answers[0].actions, first.answers[0].state) == (1, State.DONE)
    assert first.answers[1] is not None
    assert (first.answers[1].actions, first.answers[1].state) == (0, None)
    assert second.answers == (None, None)


def test_actions_without_a_unit_have_a_column_of_their_own() -> None:
    found = matrix([FREE], ["10"], [ActionState("elinvoima", "", None)])
    assert found.divisions == ("10", "")
    [row] = found.rows
    assert row.answers[1] is not None
    assert row.answers[1].unreported == 1


def test_the_state_set_for_a_goal_goes_before_that_of_its_actions() -> None:
    actions = [ActionState("talous", "10", State.DONE), ActionState("talous", "10", State.BEHIND)]
    found = matrix([ASKED], ["10"], actions, {("talous", "10"): State.UNDER_WAY})
    answer = found.rows[0].answers[0]
    assert answer is not None
    assert answer.states == ((State.DONE, 1), (State.BEHIND, 1))
    assert answer.state is State.UNDER_WAY
    unset = matrix([ASKED], ["10"], actions).rows[0].answers[0]
    assert unset is not None
    assert unset.state is State.BEHIND


@pytest.mark.parametrize(
    ("year", "code"),
    [(2020, "a"), (2021, "a"), (2023, "a"), (2024, "b"), (2026, "c"), (2027, "b"), (2029, "c")],
)
def test_a_year_has_the_newest_strategy_that_is_in_force(year: int, code: str) -> None:
    terms = (("c", 2026, 2026), ("b", 2024, 2027), ("a", 2021, 2023))
    known = [Strategy(each, Names(each), first, last) for each, first, last in terms]
    found = in_force(known, year)
    assert found is not None
    assert found.code == code


def test_an_open_strategy_is_in_force_and_none_is_none() -> None:
    found = in_force([Strategy("a", Names("A"))], 1999)
    assert found is not None
    assert in_force([], 2024) is None
