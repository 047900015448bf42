"""The matrix of goals by divisions."""

from katsaus.core.names import Names
from katsaus.core.states import State
from katsaus.core.strategies import ActionState, Goal, matrix

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
