"""A strategy: themes, goals and actions as frozen values, and the matrix goals by divisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from katsaus.core.names import Names
from katsaus.core.schedules import Schedule
from katsaus.core.states import State, together

UNSCHEDULED: Final = Schedule()


@dataclass(frozen=True, slots=True)
class Action:
    """What is done for a goal; `unit` is empty where no unit is named, decisions are codes."""

    code: str
    goal: str
    name: str
    unit: str = ""
    responsible: tuple[str, ...] = ()
    schedule: Schedule = UNSCHEDULED
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, with the codes of the units it is asked from and of its indicators.

    `year` is of a goal that was decided with a year's budget.
    """

    code: str
    names: Names
    theme: str = ""
    is_binding: bool = False
    year: int | None = None
    units: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its goals in their order."""

    code: str
    names: Names
    strategy: str = ""
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy of the years from `valid_from` to `valid_to`, None where open."""

    code: str
    names: Names
    valid_from: int | None = None
    valid_to: int | None = None
    mission: str = ""
    vision: str = ""
    values: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals of all themes."""
        return tuple(goal for theme in self.themes for goal in theme.goals)


def in_force(strategies: Sequence[Strategy], year: int) -> Strategy | None:
    """Return the strategy of a year, of strategies in their order, the newest first.

    Where none is in force, the last that has begun, or before them all the first.
    """
    begun = [each for each in strategies if each.valid_from is None or each.valid_from <= year]
    now = [each for each in begun if each.valid_to is None or each.valid_to >= year]
    return next(iter(now or begun or strategies[-1:]), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a division says of a goal: how many actions are in each state, and all together.

    `state` is the one set for the goal in that division, else that of the actions together;
    `unreported` counts the actions without a state. Without actions the goal is unanswered there.
    """

    actions: int
    states: tuple[tuple[State, int], ...]
    unreported: int
    state: State | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A goal with an answer for each division; None where it is not asked from it."""

    goal: Goal
    answers: tuple[Answer | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Goals by divisions; `divisions` are unit codes, "" last for what names no unit."""

    divisions: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ActionState:
    """So many actions of a goal in a division with one state, None where none is told."""

    goal: str
    division: str
    state: State | None
    count: int = 1


def matrix(
    goals: Sequence[Goal],
    divisions: Sequence[str],
    actions: Iterable[ActionState],
    set_states: Mapping[tuple[str, str], State] | None = None,
) -> Matrix:
    """Return goals by divisions, with a last column for actions that name no unit where any do.

    `set_states` are the states set for goals as such, by goal and division.
    """
    found: dict[tuple[str, str], dict[State | None, int]] = {}
    for action in actions:
        place = found.setdefault((action.goal, action.division), {})
        place[action.state] = place.get(action.state, 0) + action.count
    columns = tuple(divisions)
    if any(division == "" for _, division in found):
        columns = (*columns, "")
    rows = tuple(
        MatrixRow(goal, tuple(_answer(goal, column, found, set_states or {}) for column in columns))
        for goal in goals
    )
    return Matrix(columns, rows)


def _answer(
    goal: Goal,
    division: str,
    found: Mapping[tuple[str, str], dict[State | None, int]],
    set_states: Mapping[tuple[str, str], State],
) -> Answer | None:
    counts = found.get((goal.code, division))
    if counts is None and division not in goal.units:
        return None
    counts = counts or {}
    set_state = set_states.get((goal.code, division))
    if len(counts) == 1:  # most cells of a large matrix: nothing is to be ordered or put together
        [(state, count)] = counts.items()
        told: tuple[tuple[State, int], ...] = () if state is None else ((state, count),)
        return Answer(count, told, 0 if told else count, set_state or state)
    told = tuple(sorted(((each, counts[each]) for each in counts if each is not None), key=_order))
    return Answer(sum(counts.values()), told, counts.get(None, 0), set_state or together(counts))


_PLACES = {state: place for place, state in enumerate(State)}


def _order(told: tuple[State, int]) -> int:
    return _PLACES[told[0]]
