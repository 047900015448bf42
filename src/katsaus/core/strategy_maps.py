"""A strategy on one page as a value: the same on the screen and on paper."""

from dataclasses import dataclass
from datetime import date

from katsaus.core.names import Language


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text under its label, such as the mission."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MapGoal:
    """A goal by its code and name; `mark` says that it is binding, `detail` what is in it."""

    code: str
    name: str
    detail: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A theme: its goals, and what they have together."""

    name: str
    goals: tuple[MapGoal, ...]
    total: str


@dataclass(frozen=True, slots=True)
class StrategyMap:
    """A strategy map; what the strategy does not say is left out. `made_on` is the day it tells."""

    language: Language
    owner: str
    title: str
    statements: tuple[Labelled, ...]
    values_label: str
    values: tuple[str, ...]
    columns: tuple[MapColumn, ...]
    source_line: str
    made_on: date
