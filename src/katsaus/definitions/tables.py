"""The tables in which a strategy is brought in and taken out, as data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from katsaus.core.bridge import Appropriation, Duration
from katsaus.core.indicators import Aggregation, IndicatorKind, Polarity, ValueScenario
from katsaus.core.names import Names
from katsaus.core.programmes import EffectScenario, PartKind, ProgrammeKind, Relation
from katsaus.core.projects import Funding, PersonYearsScenario, ProjectState
from katsaus.core.states import State
from katsaus.definitions.places import Place

_FILE = Path(__file__).parent / "strategy_tables.yaml"


class TablesError(ValueError):
    """The description of the tables cannot be read; the message says where."""


class CellKind(StrEnum):
    """How a cell's text is read."""

    CODE = "code"
    TEXT = "text"
    TEXTS = "texts"  # several, with | between
    YES_NO = "yes_no"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"  # euros with two decimals at most
    YEARS = "years"  # person-years with two decimals at most
    YEAR = "year"
    DATE = "date"
    PERIOD = "period"  # 2023, or 2023-06 for January to June
    SCHEDULE = "schedule"
    COMPUTED = "computed"
    SDG = "sdg"
    LINK = "link"
    ROW = "row"  # a row of the income statement
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"
    CHOSEN = "chosen"  # a reference to the table that another column names


class LinkTarget(StrEnum):
    """What an indicator may stand on."""

    GOAL = "goal"
    ACTION = "action"
    PROGRAMME = "programme"
    PROJECT = "project"
    UNIT = "unit"


class SdgKind(StrEnum):
    """What may be linked to a Sustainable Development Goal."""

    GOAL = "goal"
    ACTION = "action"
    INDICATOR = "indicator"
    MEASURE = "measure"
    PROJECT = "project"


CHOICES: Mapping[str, type[StrEnum]] = {
    "state": State,
    "indicator_kind": IndicatorKind,
    "polarity": Polarity,
    "aggregation": Aggregation,
    "programme_kind": ProgrammeKind,
    "project_state": ProjectState,
    "link_target": LinkTarget,
    "value_scenario": ValueScenario,
    "part_kind": PartKind,
    "relation": Relation,
    "effect_scenario": EffectScenario,
    "sdg_kind": SdgKind,
    "person_years_scenario": PersonYearsScenario,
    "funding": Funding,
    "duration": Duration,
    "appropriation": Appropriation,
}
UNITS = "units"  # the organisation's, which no table of a strategy brings


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `of` is what its kind refers to, `headers` the normalised ones it is known by."""

    name: str
    title: Names
    kind: CellKind
    of: str
    is_required: bool
    headers: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that a CHOICE may have."""
        return tuple(map(str, CHOICES[self.of])) if self.kind is CellKind.CHOICE else ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `names` are the normalised names of its file or sheet."""

    name: str
    title: Names
    names: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return a column by its name; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def normalised(text: str) -> str:
    """Return a header or a name in small letters, with one space for whatever parts its words."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def table_of_kind(kind: str) -> str:
    """Return the table of what a CHOSEN reference names, such as "goal"."""
    return f"{kind}s"


def parse(text: str, source: str) -> tuple[Table, ...]:
    """Read the tables from YAML; raises TablesError."""
    whole = Place.of(text, source, TablesError)
    whole.refuse_others("tables")
    found = tuple(_table(place) for place in whole.places("tables"))
    for table in found:
        _check(table, {each.name for each in found} | {UNITS})
    return found


def _table(place: Place) -> Table:
    place.refuse_others("name", "fi", "sv", "key", "columns")
    columns = tuple(_column(each) for each in place.places("columns"))
    return Table(place.text("name"), _title(place), _names(place), place.texts("key"), columns)


def _column(place: Place) -> Column:
    place.refuse_others("name", "kind", "of", "fi", "sv", "required")
    return Column(
        name=place.text("name"),
        title=_title(place),
        kind=CellKind(place.choice("kind", list(CellKind))),
        of=place.text("of", ""),
        is_required=place.flag("required"),
        headers=_names(place),
    )


def _title(place: Place) -> Names:
    return Names(place.text("fi"), place.text("sv"), place.text("name").replace("_", " "))


def _names(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(place.text(each)) for each in ("name", "fi", "sv")))


def _check(table: Table, tables: Iterable[str]) -> None:
    """Refuse a key or a reference to what is not there."""
    names = [column.name for column in table.columns]
    known: Mapping[CellKind, Iterable[str]] = {
        CellKind.CHOICE: CHOICES,
        CellKind.REFERENCE: tables,
        CellKind.REFERENCES: tables,
        CellKind.CHOSEN: names,
    }
    wrong = [name for name in table.key if name not in names]
    wrong += [each.name for each in table.columns if each.of not in known.get(each.kind, ("",))]
    if wrong:
        raise TablesError(f"{table.name}: {', '.join(wrong)} refers to what is not there")


@cache
def strategy_tables() -> tuple[Table, ...]:
    """Return the tables of a strategy, those that others refer to first."""
    return parse(_FILE.read_text("utf-8"), _FILE.name)


@cache
def strategy_table(name: str) -> Table:
    """Return a table by its name; raises KeyError."""
    return {table.name: table for table in strategy_tables()}[name]
