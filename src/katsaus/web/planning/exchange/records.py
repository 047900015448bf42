"""The kept rows of a strategy as records: one text for each column of their table."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, ManyToManyField, Model, OrderBy, Q, QuerySet

from katsaus.definitions.tables import (
    CHOICES,
    UNITS,
    CellKind,
    Column,
    Table,
    strategy_table,
    strategy_tables,
    table_of_kind,
)
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.cells import SEPARATOR, decimal_text, period_text

Record = dict[str, str]  # the text of each column by its name
Tables = dict[str, list[Record]]  # the records of each table by its name, in their order
Key = tuple[str, ...]
PERIOD_FIELDS = ("year", "month")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a table is kept: its model, the way to its municipality, fields of other names."""

    model: type[Model]
    owner: str = "municipality"
    fields: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    is_ordered: bool = True

    def name(self, column: str) -> str:
        """Return the field of a column, or of the thing that a CHOSEN column names."""
        return self.fields.get(column, column)


SHELVES: Mapping[str, Shelf] = {
    "decisions": Shelf(models.Decision),
    "strategies": Shelf(models.Strategy),
    "themes": Shelf(models.Theme),
    "goals": Shelf(models.Goal),
    "actions": Shelf(models.Action),
    "reports": Shelf(models.StateReport, conditions={"is_current": True}),
    "indicators": Shelf(
        models.IndicatorDefinition,
        "indicator__municipality",
        {each: f"indicator__{each}" for each in ("code", "part_of", "owner", "deputy")},
        conditions={"is_current": True},
    ),
    "programmes": Shelf(models.Programme),
    "measures": Shelf(models.Measure),
    "projects": Shelf(models.Project, fields={"from": "first_year", "to": "last_year"}),
    "local_targets": Shelf(models.LocalTarget),
    "indicator_links": Shelf(models.IndicatorLink, "indicator__municipality"),
    "values": Shelf(
        models.IndicatorValue, "indicator__municipality", {"value": "number"}, is_ordered=False
    ),
    "programme_parts": Shelf(
        models.ProgrammePart, "programme__municipality", {"programme:": "part"}
    ),
    "programme_emphases": Shelf(models.ProgrammeEmphasis, "programme__municipality"),
    "programme_targets": Shelf(models.ProgrammeTarget, "programme__municipality"),
    "measure_effects": Shelf(models.MeasureEffect, "measure__municipality"),
    "sdg_links": Shelf(models.SdgLink, "municipality"),
    "person_years": Shelf(models.PersonYears, "unit__municipality"),
    "explanations": Shelf(models.DeviationItem),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A table's records in their order, and the id of each by its key."""

    records: list[Record]
    ids: dict[Key, int]


def key_of(table: Table, record: Record) -> Key:
    """Return what tells a record apart from the others of its table."""
    return tuple(record[name] for name in table.key)


def chosen_field(shelf: Shelf, kind: str) -> str:
    """Return the field that points at a kind of thing, such as "goal"."""
    return shelf.fields.get(f"{kind}:", kind)


def chosen_kinds(table: Table, column: Column) -> tuple[str, ...]:
    """Return the kinds of things that a CHOSEN column may point at."""
    return tuple(CHOICES[table.column(column.of).of])


def kept(municipality: Municipality, given: Collection[str] | None = None) -> dict[str, Kept]:
    """Return every table of the municipality; with `given`, empty those that no rule needs for it.

    What is needed are the given tables and what their rows refer to, directly or further.
    """
    needed = _referred_to(given) if given is not None else {each.name for each in strategy_tables()}
    return {
        table.name: _table(municipality, table) if table.name in needed else Kept([], {})
        for table in strategy_tables()
    }


def _referred_to(given: Collection[str]) -> set[str]:
    """Return the tables with those that they refer to, directly or further."""
    found: set[str] = set()
    ahead = list(given)
    while ahead:
        name = ahead.pop()
        if name not in found and name != UNITS:
            found.add(name)
            ahead += _references(strategy_table(name))
    return found


def _references(table: Table) -> Iterator[str]:
    """Iterate over the names of the tables that the rows of a table may refer to."""
    for column in table.columns:
        if column.kind is CellKind.CHOSEN:
            yield from map(table_of_kind, chosen_kinds(table, column))
        elif column.kind in (CellKind.REFERENCE, CellKind.REFERENCES):
            yield column.of


def tables(municipality: Municipality, only: Collection[str] = ()) -> Tables:
    """Return the records of every table, or `only` some."""
    return {
        table.name: _table(municipality, table).records
        for table in strategy_tables()
        if not only or table.name in only
    }


def _table(municipality: Municipality, table: Table) -> Kept:
    ids: dict[Key, int] = {}
    records: list[Record] = []
    for pk, record in records_of(table, rows(municipality, table)).items():
        records.append(record)
        ids[key_of(table, record)] = pk
    return Kept(records, ids)


def rows(municipality: Municipality, table: Table) -> "QuerySet[Any]":
    """Return the kept rows of a table in their order."""
    shelf = SHELVES[table.name]
    found = shelf.model._default_manager.filter(**{shelf.owner: municipality, **shelf.conditions})
    return found.order_by(*_order(table))


def records_of(table: Table, found: "QuerySet[Any]") -> dict[int, Record]:
    """Return rows of a table as records, by their ids and in their order."""
    paths = dict.fromkeys(path for column in table.columns for path in _paths(table, column))
    read = list(found.values("pk", *paths))
    several = {
        column.name: _several(SHELVES[table.name], column, found)
        for column in table.columns
        if column.kind is CellKind.REFERENCES
    }
    texts = {each.name: _text(table, each) for each in table.columns if each.name not in several}
    return {
        row["pk"]: {
            column.name: SEPARATOR.join(several[column.name].get(row["pk"], ()))
            if column.name in several
            else texts[column.name](row)
            for column in table.columns
        }
        for row in read
    }


def holding(table: Table, text: str) -> Q:
    """Return the condition that a code or a text of a row holds a text."""
    kinds = (CellKind.CODE, CellKind.TEXT, CellKind.REFERENCE, CellKind.CHOSEN)
    found = Q()
    for column in table.columns:
        if column.kind in kinds:
            for path in _paths(table, column):
                found |= Q(**{f"{path}__icontains": text})
    return found


_last = {"nulls_last": True}
_ORDERS: Mapping[str, tuple[OrderBy | str, ...]] = {
    "goals": (F("theme__position").asc(**_last), "theme", "position"),
    "actions": (
        F("goal__theme__position").asc(**_last),
        "goal__position",
        "goal",
        "position",
    ),
    "indicators": ("indicator__position", "indicator"),
    "values": (),
    "indicator_links": (
        F("goal__theme__position").asc(**_last),
        F("goal__position").asc(**_last),
        *(F(each).asc(**_last) for each in ("goal", "action", "programme", "project", "unit")),
        "position",
    ),
}


def _order(table: Table) -> tuple[OrderBy | str, ...]:
    return (*_ORDERS.get(table.name, ("position",)), "pk")


def _paths(table: Table, column: Column) -> tuple[str, ...]:
    """Return what to ask of the database for a column."""
    shelf = SHELVES[table.name]
    name = shelf.name(column.name)
    if column.kind is CellKind.PERIOD:
        return PERIOD_FIELDS
    if column.kind is CellKind.REFERENCE:
        return (f"{name}__code",)
    if column.kind is CellKind.CHOSEN:
        kinds = chosen_kinds(table, column)
        return tuple(f"{chosen_field(shelf, kind)}__code" for kind in kinds)
    if column.kind is CellKind.REFERENCES or chooses(table, column):
        return ()
    return (name,)


def chooses(table: Table, column: Column) -> bool:
    """Say whether a column only says which table another one points at."""
    return any(each.kind is CellKind.CHOSEN and each.of == column.name for each in table.columns)


def _text(table: Table, column: Column) -> Callable[[Mapping[str, object]], str]:
    """Return what makes the text of a column of a row; rows are many, columns few."""
    if column.kind is CellKind.PERIOD:
        return lambda row: period_text(int(str(row["year"])), int(str(row["month"])))
    if chooses(table, column):
        [chosen] = (each for each in table.columns if each.of == column.name)
        return _chosen(table, chosen, 0)
    if column.kind is CellKind.CHOSEN:
        return _chosen(table, column, 1)
    [path] = _paths(table, column)
    return lambda row: value_text(row[path])


def _chosen(table: Table, column: Column, part: int) -> Callable[[Mapping[str, object]], str]:
    """Return what says the kind (part 0) or the code (part 1) of what a row points at."""
    ways = tuple(zip(chosen_kinds(table, column), _paths(table, column), strict=True))
    return lambda row: next((kind, str(row[path]))[part] for kind, path in ways if row[path])


def value_text(value: object) -> str:
    """Return a saved value as the text of its cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return SEPARATOR.join(map(str, value))
    return str(value)


def _several(shelf: Shelf, column: Column, rows: "QuerySet[Any]") -> dict[int, list[str]]:
    """Return the codes that each row refers to, in the order in which they were given."""
    through, source, target = between(shelf, column)
    found = through._default_manager.filter(**{f"{source}__in": rows.values("pk")})
    codes: dict[int, list[str]] = {}
    for pk, code in found.order_by("pk").values_list(source, f"{target}__code"):
        codes.setdefault(pk, []).append(code)
    return codes


def between(shelf: Shelf, column: Column) -> tuple[type[Model], str, str]:
    """Return the model between the two sides of a REFERENCES column, and its two fields."""
    many = shelf.model._meta.get_field(column.name)
    if not isinstance(many, ManyToManyField) or many.remote_field.through is None:
        raise TypeError(column.name)
    return many.remote_field.through, many.m2m_field_name(), many.m2m_reverse_field_name()
