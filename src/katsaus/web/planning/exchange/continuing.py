"""The rows of a strategy's next term, made of those of the earlier one; nothing old is changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from katsaus.core.names import Names
from katsaus.core.schedules import Schedule
from katsaus.core.terms import (
    TO_DECIDE,
    Fault,
    Lives,
    Note,
    NoteKind,
    Part,
    Term,
    TermError,
    continued_code,
    renewed,
)
from katsaus.definitions.tables import table_of_kind
from katsaus.web.planning.exchange.cells import SEPARATOR, texts
from katsaus.web.planning.exchange.records import Record, Tables

# What the next term is made of.
TABLES = (
    "strategies",
    "themes",
    "goals",
    "actions",
    "programmes",
    "indicator_links",
    "programme_parts",
    "sdg_links",
)
# The tables that tie something to goals and actions, and the column that says to which of them.
_TIES = {"indicator_links": "to", "programme_parts": "kind", "sdg_links": "kind"}
Ends = frozenset[tuple[Part, str]]  # what ends, by its kind and code; what is in it ends with it


@dataclass(frozen=True, slots=True)
class Source:
    """What there is: the tables of TABLES, the units' lives, the projects of each action.

    `units` are the units' names.
    """

    tables: Tables
    lives: Lives
    projects: Mapping[str, Sequence[str]]
    units: Mapping[str, Names]

    def strategy(self, code: str) -> Record:
        """Return a strategy; raises TermError."""
        for record in self.tables["strategies"]:
            if record["code"] == code:
                return record
        raise TermError(Fault.NO_STRATEGY, code)


@dataclass(frozen=True, slots=True)
class Thing:
    """A part of a strategy."""

    part: Part
    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Continuation:
    """What goes on and what ends, the rows that are made, and what is to be known of them."""

    rows: Tables
    goes_on: tuple[Thing, ...]
    ends: tuple[Thing, ...]
    notes: tuple[Note, ...]

    @property
    def to_decide(self) -> tuple[Note, ...]:
        """What somebody has to settle in the new term."""
        return tuple(note for note in self.notes if note.kind in TO_DECIDE)

    @property
    def digest(self) -> str:
        """A hash of all of it: of two that are equal the same is kept."""
        told = [self.rows, [str(each) for each in (*self.goes_on, *self.ends, *self.notes)]]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def names_of(record: Record) -> Names:
    """Return the names of a record; an action has one."""
    if "name" in record:
        return Names(record["name"])
    return Names(record["name_fi"], record["name_sv"], record["name_en"])


def renewed_names(strategy: Record, years: tuple[int, int]) -> Names:
    """Return the names of a strategy with other years, as its next term is proposed to be called.

    Names that do not tell the years stay as they are.
    """
    before = (int(strategy["valid_from"] or 0), int(strategy["valid_to"] or 0))
    names = names_of(strategy)
    return Names(*(renewed(text, before, years) for text in (names.fi, names.sv, names.en)))


@dataclass(frozen=True)
class Outline:
    """The parts of a strategy, those that tie programmes to it included."""

    source: Source
    code: str

    @cached_property
    def themes(self) -> list[Record]:
        """The themes."""
        return [each for each in self.source.tables["themes"] if each["strategy"] == self.code]

    @cached_property
    def goals(self) -> list[Record]:
        """The goals of the themes."""
        return self._in("goals", "theme", self.themes)

    @cached_property
    def actions(self) -> list[Record]:
        """The actions of the goals."""
        return self._in("actions", "goal", self.goals)

    @cached_property
    def programmes(self) -> list[Record]:
        """The programmes that gather, or are, one of the goals or actions."""
        own = {(Part.GOAL, each["code"]) for each in self.goals}
        own |= {(Part.ACTION, each["code"]) for each in self.actions}
        parts = self.source.tables["programme_parts"]
        tied = {each["programme"] for each in parts if (each["kind"], each["code"]) in own}
        return [each for each in self.source.tables["programmes"] if each["code"] in tied]

    def _in(self, table: str, column: str, around: Sequence[Record]) -> list[Record]:
        codes = {each["code"] for each in around}
        return [each for each in self.source.tables[table] if each[column] in codes]

    def things(self) -> Iterator[Thing]:
        """Iterate over all parts, those that others are in first."""
        for part in Part:
            for record in getattr(self, table_of_kind(part)):
                yield Thing(part, record["code"], names_of(record))

    def ended(self, ends: Ends) -> Ends:
        """Return what ends with all that is in it; raises TermError for what is not there."""
        known = {(each.part, each.code) for each in self.things()}
        for part, code in sorted(ends - known):
            raise TermError(Fault.NOT_IN_STRATEGY, f"{part}:{code}")
        goals = {(Part.GOAL, each["code"]) for each in self.goals
                 if (Part.THEME, each["theme"]) in ends}  # fmt: skip
        found = ends | goals
        actions = {(Part.ACTION, each["code"]) for each in self.actions
                   if (Part.GOAL, each["goal"]) in found}  # fmt: skip
        return found | actions


def continued(source: Source, code: str, term: Term, ends: Ends) -> Continuation:
    """Return the next term of a strategy; raises TermError where there can be none.

    Codes are new and lead to the old ones by `continues`. Reports and decisions stay where they
    are; an indicator is one, and stands on the new goal as well.
    """
    old = source.strategy(code)
    _refuse(source, old, term)
    outline = Outline(source, code)
    forward = _Forward(outline, old, term, outline.ended(ends))
    rows = forward.rows()
    things = list(outline.things())
    return Continuation(
        rows,
        tuple(each for each in things if (each.part, each.code) not in forward.ends),
        tuple(each for each in things if (each.part, each.code) in forward.ends),
        tuple(forward.notes),
    )


def _refuse(source: Source, old: Record, term: Term) -> None:
    if any(each["code"] == term.code for each in source.tables["strategies"]):
        raise TermError(Fault.CODE_TAKEN, term.code)
    if not old["valid_to"]:
        raise TermError(Fault.NO_LAST_YEAR, old["code"])
    if term.first_year <= int(old["valid_to"]):
        raise TermError(Fault.NOT_AFTER, old["valid_to"])
    if term.last_year < term.first_year:
        raise TermError(Fault.REVERSED)


class _Forward:
    """Makes the rows of a term one by one, and notes what was fitted into its years."""

    def __init__(self, outline: Outline, old: Record, term: Term, ends: Ends) -> None:
        self._outline = outline
        self._tables = outline.source.tables
        self._lives = outline.source.lives
        self._old = old
        self._term = term
        self.ends = ends
        self.notes: list[Note] = []
        self._codes: dict[tuple[str, str], str] = {}

    def rows(self) -> Tables:
        """Return the new rows by table."""
        for part in (Part.THEME, Part.GOAL, Part.ACTION):
            self._name(part)
        themes = [self._theme(each) for each in self._going(Part.THEME)]
        goals = [self._goal(each) for each in self._going(Part.GOAL)]
        actions = [self._action(each) for each in self._going(Part.ACTION)]
        rows = {"strategies": [self._strategy()], "themes": themes, "goals": goals}
        return {**rows, "actions": actions, **{name: self._ties(name) for name in _TIES}}

    def _going(self, part: Part) -> list[Record]:
        records: list[Record] = getattr(self._outline, table_of_kind(part))
        return [each for each in records if (part, each["code"]) not in self.ends]

    def _name(self, part: Part) -> None:
        """Give what goes on its new codes."""
        taken = {each["code"] for each in self._tables[table_of_kind(part)]}
        began = int(self._old["valid_from"]) if self._old["valid_from"] else None
        for record in self._going(part):
            code = continued_code(record["code"], began, self._term, taken)
            taken.add(code)
            self._codes[part, record["code"]] = code

    def _new(self, part: Part, record: Record) -> Record:
        code = record["code"]
        return record | {"code": self._codes[part, code], "continues": code}

    def _strategy(self) -> Record:
        names = self._term.names
        return self._old | {
            "code": self._term.code,
            "name_fi": names.fi,
            "name_sv": names.sv,
            "name_en": names.en,
            "valid_from": str(self._term.first_year),
            "valid_to": str(self._term.last_year),
            "continues": self._old["code"],
        }

    def _theme(self, old: Record) -> Record:
        return self._new(Part.THEME, old) | {"strategy": self._term.code}

    def _goal(self, old: Record) -> Record:
        units = [
            heir
            for unit in texts(old["units"])
            if (heir := self._heir(Part.GOAL, old, unit, self._term.last_year))
        ]
        return self._new(Part.GOAL, old) | {
            "theme": self._codes[Part.THEME, old["theme"]],
            "units": SEPARATOR.join(dict.fromkeys(units)),
            "year": self._year(old),
        }

    def _year(self, old: Record) -> str:
        """Return the year of the budget that a goal was decided with, unless it has passed."""
        if not old["year"] or int(old["year"]) >= self._term.first_year:
            return old["year"]
        self._note(NoteKind.YEAR_PASSED, Part.GOAL, old, old["year"])
        return ""

    def _action(self, old: Record) -> Record:
        schedule = Schedule.parse(old["schedule"])
        if self._term.is_past(schedule):
            self._note(NoteKind.SCHEDULE_ENDED, Part.ACTION, old, old["schedule"])
            schedule = Schedule()
        last = schedule.ends_on.year if schedule.ends_on else self._term.last_year
        for name in self._outline.source.projects.get(old["code"], ()):
            self._note(NoteKind.PROJECT_STAYS, Part.ACTION, old, name)
        return self._new(Part.ACTION, old) | {
            "goal": self._codes[Part.GOAL, old["goal"]],
            "unit": self._heir(Part.ACTION, old, old["unit"], last),
            "schedule": schedule.code,
            "decisions": "",
        }

    def _heir(self, part: Part, old: Record, unit: str, year: int) -> str:
        """Return the unit that answers in a year, nothing where somebody has to choose it."""
        heir = self._lives.heir(unit, year)
        if heir == unit:
            return unit
        follow = heir or SEPARATOR.join(self._lives.successors.get(unit, ()))
        kind = NoteKind.UNIT_GOES_ON if heir else NoteKind.UNIT_TO_CHOOSE
        self._note(kind, part, old, unit, follow)
        return heir or ""

    def _note(self, kind: NoteKind, part: Part, old: Record, value: str, other: str = "") -> None:
        self.notes.append(Note(kind, part, old["code"], names_of(old), value, other))

    def _ties(self, table: str) -> list[Record]:
        """Return what is tied to the old ones, tied to the new ones as well."""
        column = _TIES[table]
        return [
            each | {"code": self._codes[each[column], each["code"]]}
            for each in self._tables[table]
            if (each[column], each["code"]) in self._codes
            and (Part.PROGRAMME, each.get("programme", "")) not in self.ends
        ]
