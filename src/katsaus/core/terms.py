"""The next term of a strategy: what it is called, and how what goes on is fitted into its years."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from katsaus.core.names import Names
from katsaus.core.schedules import Schedule

LONGEST_CODE = 80


class Part(StrEnum):
    """What a person says of a strategy that it goes on or ends."""

    THEME = "theme"
    GOAL = "goal"
    ACTION = "action"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a strategy: its code, its names, its first and its last year."""

    code: str
    names: Names
    first_year: int
    last_year: int

    def is_past(self, schedule: Schedule) -> bool:
        """Whether a schedule has ended before the term begins."""
        return schedule.ends_on is not None and schedule.ends_on.year < self.first_year


class NoteKind(StrEnum):
    """What a person should know of what goes on."""

    SCHEDULE_ENDED = "schedule_ended"  # value: the schedule that is emptied
    YEAR_PASSED = "year_passed"  # value: the year of the budget that a goal was decided with
    UNIT_GOES_ON = "unit_goes_on"  # value: the unit that ended; other: the one that follows it
    UNIT_TO_CHOOSE = "unit_to_choose"  # value: the unit that ended; other: those that follow it
    PROJECT_STAYS = "project_stays"  # value: a project of the action, which is not tied anew


TO_DECIDE = frozenset({NoteKind.UNIT_TO_CHOOSE, NoteKind.PROJECT_STAYS})


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a goal or an action, by its code and name in the earlier term."""

    kind: NoteKind
    part: Part
    code: str
    names: Names
    value: str
    other: str = ""


class Fault(StrEnum):
    """Why a strategy cannot be continued."""

    NO_STRATEGY = "no_strategy"  # value: the code
    NO_LAST_YEAR = "no_last_year"  # value: the code
    NOT_AFTER = "not_after"  # value: the last year of the earlier term
    REVERSED = "reversed"
    CODE_TAKEN = "code_taken"  # value: the code
    NOT_IN_STRATEGY = "not_in_strategy"  # value: what is said to end
    SEVERAL = "several"  # value: a code that is of several parts of the strategy


class TermError(ValueError):
    """A strategy cannot be continued so; nothing of it was done."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault, value)
        self.fault = fault
        self.value = value


@dataclass(frozen=True, slots=True)
class Lives:
    """The last year of each unit, None where it is open, and the units that follow it."""

    last_years: Mapping[str, int | None]
    successors: Mapping[str, Sequence[str]]

    def heir(self, unit: str, year: int) -> str | None:
        """Return who answers for a unit in a year: itself, or the one that it goes on as.

        None where it has ended by then without one successor only.
        """
        seen = set()
        while (last := self.last_years.get(unit)) is not None and last < year:
            follow = self.successors.get(unit, ())
            if len(follow) != 1 or unit in seen:
                return None
            seen.add(unit)
            unit = follow[0]
        return unit


def renewed(text: str, before: tuple[int, int], after: tuple[int, int]) -> str:
    """Return a name or a code with the years of one term in place of those of another."""
    years = {str(old): str(new) for old, new in zip(before, after, strict=True)}
    return re.sub(r"(?<!\d)\d{4}(?!\d)", lambda found: years.get(found[0], found[0]), text)


def continued_code(code: str, began: int | None, term: Term, taken: Container[str]) -> str:
    """Return a code for what goes on: the old one with the year in which the term begins.

    `began` is the first year of the earlier term, which the code may end with.
    """
    plain = code.removesuffix(f"_{began}")
    for number in count(1):
        ending = f"_{term.first_year}" + (f"_{number}" if number > 1 else "")
        found = plain[: LONGEST_CODE - len(ending)] + ending
        if found not in taken:
            return found
    raise AssertionError  # numbers do not end
