"""Projects, person-years, and what is decided: frozen values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ProjectState(StrEnum):
    """How far a project and its application are."""

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REJECTED = "rejected"
    UNDER_WAY = "under_way"
    ENDED = "ended"


class Funding(StrEnum):
    """Who pays for person-years: the municipality, a project's funder, another."""

    OWN = "own"
    PROJECT = "project"
    OTHER = "other"


class PersonYearsScenario(StrEnum):
    """Whether person-years were, were planned, or are expected."""

    ACTUAL = "actual"
    BUDGET = "budget"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Project:
    """A project in euros and years; its links are codes, those to units codes of units."""

    code: str
    name: str
    funder: str = ""
    own_share: Decimal | None = None
    total: Decimal | None = None
    person_years: Decimal | None = None
    first_year: int | None = None
    last_year: int | None = None
    state: ProjectState | None = None
    units: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    cost_centers: tuple[str, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class PersonYears:
    """A unit's person-years of a year by funding."""

    unit: str
    year: int
    scenario: PersonYearsScenario
    funding: Funding
    person_years: Decimal


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a governing body; `undone` says what of it is still to be done.

    `actions` and `measures` are the codes of what it set in motion, `amendments` counts the budget
    amendments that rest on it.
    """

    code: str
    body: str
    decided_on: date
    section: str = ""
    title: str = ""
    link: str = ""
    undone: str = ""
    is_example: bool = False
    actions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    amendments: int = 0
