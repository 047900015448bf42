"""Changes of a strategy's tables written to the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Max, Model

from katsaus.definitions.tables import UNITS, CellKind, Column, Table, table_of_kind
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.cells import period_of, texts
from katsaus.web.planning.exchange.changes import TableChanges
from katsaus.web.planning.exchange.checking import Row
from katsaus.web.planning.exchange.records import (
    SHELVES,
    Kept,
    Key,
    Record,
    Shelf,
    between,
    chooses,
    chosen_field,
    chosen_kinds,
)
from katsaus.web.users.models import User

_BATCH = 500
_REFERENCES = (CellKind.REFERENCE, CellKind.REFERENCES)
_DECIMALS = (CellKind.DECIMAL, CellKind.MONEY, CellKind.YEARS)
# The fields of an indicator itself; a change of any other makes a new version of its definition.
_OF_INDICATOR = ("code", "part_of", "owner", "deputy")


class Saver:
    """Writes tables one by one, those that others refer to first."""

    def __init__(
        self, municipality: Municipality, kept: Mapping[str, Kept], person: User | None
    ) -> None:
        self._municipality = municipality
        self._kept = kept
        self._person = person
        self._places: dict[Key, int] = {}
        self._ids: dict[str, dict[str, int]] = {
            UNITS: dict(municipality.units.values_list("code", "id"))
        }
        for name, each in kept.items():
            if all(len(key) == 1 for key in each.ids):
                self._ids[name] = {key[0]: pk for key, pk in each.ids.items()}
        if kept["indicators"].ids:  # these are of their definitions
            self._read_indicators()

    def _read_indicators(self) -> None:
        found = models.Indicator.objects.filter(municipality=self._municipality)
        self._ids["indicators"] = dict(found.values_list("code", "pk"))

    def save(self, changes: TableChanges) -> None:
        """Write the changes of a table."""
        name = changes.table.name
        is_placed = SHELVES[name].is_ordered and bool(changes.new or changes.is_reordered)
        self._places = self._places_of(changes) if is_placed else {}
        if name == "indicators":
            self._save_indicators(changes)
        else:
            self._update(changes)
            self._create(changes)
            self._continue(changes)
        if is_placed and not changes.left:
            self._place(changes)

    def _create(self, changes: TableChanges) -> None:
        table, shelf = changes.table, SHELVES[changes.table.name]
        made = [
            shelf.model(
                **self._always(table), **self._fields(table, row.record), **self._at(row.key)
            )
            for row in changes.new
        ]
        self._add_definitions(made)
        shelf.model._default_manager.bulk_create(made, batch_size=_BATCH)
        for row, each in zip(changes.new, made, strict=True):
            self._kept[table.name].ids[row.key] = each.pk
            if table.key == ("code",):
                self._ids[table.name][row.key[0]] = each.pk
        self._refer(changes, [(row, each.pk) for row, each in zip(changes.new, made, strict=True)])

    def _always(self, table: Table) -> dict[str, object]:
        """Return what is written besides the columns."""
        found: dict[str, object] = {}
        if SHELVES[table.name].owner == "municipality":
            found["municipality"] = self._municipality
        if table.name == "reports":
            found["given_by"] = self._person
        return found

    def _add_definitions(self, made: Sequence[Model]) -> None:
        """Have new values point at the definitions that are in force."""
        values = [each for each in made if isinstance(each, models.IndicatorValue)]
        if values:
            current = models.IndicatorDefinition.objects.filter(
                indicator__municipality=self._municipality, is_current=True
            )
            ids = dict(current.values_list("indicator_id", "pk"))
            for value in values:
                value.definition_id = ids[value.indicator_id]

    def _update(self, changes: TableChanges) -> None:
        table, shelf = changes.table, SHELVES[changes.table.name]
        ids = self._kept[table.name].ids
        rows = {ids[each.row.key]: each.row for each in changes.changed}
        if table.name == "reports":
            self._report_anew(table, rows)
            return
        found = list(shelf.model._default_manager.filter(pk__in=rows))
        names: set[str] = set()
        for each in found:
            for name, value in self._fields(table, rows[each.pk].record).items():
                setattr(each, name, value)
                names.add(name.removesuffix("_id"))
        self._add_definitions(found)
        if any(isinstance(each, models.IndicatorValue) for each in found):
            names.add("definition")
        if found:
            shelf.model._default_manager.bulk_update(found, sorted(names), batch_size=_BATCH)
        self._refer(changes, [(row, pk) for pk, row in rows.items()])

    def _report_anew(self, table: Table, rows: Mapping[int, Row]) -> None:
        """Keep the reports that were, as history, and write the new ones beside them."""
        places = dict(models.StateReport.objects.filter(pk__in=rows).values_list("pk", "position"))
        models.StateReport.objects.filter(pk__in=rows).update(is_current=False)
        made = [
            models.StateReport(
                **self._always(table), **self._fields(table, row.record), position=places[pk]
            )
            for pk, row in rows.items()
        ]
        models.StateReport.objects.bulk_create(made, batch_size=_BATCH)
        for row, each in zip(rows.values(), made, strict=True):
            self._kept[table.name].ids[row.key] = each.pk

    def _fields(self, table: Table, record: Record) -> dict[str, object]:
        """Return a record's values by the fields of its model."""
        shelf = SHELVES[table.name]
        found: dict[str, object] = {}
        for column in table.columns:
            text = record[column.name]
            if column.kind is CellKind.PERIOD:
                period = period_of(text)
                found |= {"year": period.year, "month": period.month}
            elif column.kind is CellKind.CHOSEN:
                found |= self._chosen(table, shelf, column, record)
            elif column.kind is CellKind.REFERENCE and column.of != table.name:
                name = f"{shelf.name(column.name)}_id"
                found[name] = self._ids[column.of][text] if text else None
            elif column.kind not in _REFERENCES and not chooses(table, column):
                found[shelf.name(column.name)] = value_of(column, text)
        return found

    def _chosen(
        self, table: Table, shelf: Shelf, column: Column, record: Record
    ) -> dict[str, object]:
        kind = record[column.of]
        found: dict[str, object] = {
            f"{chosen_field(shelf, each)}_id": None for each in chosen_kinds(table, column)
        }
        found[f"{chosen_field(shelf, kind)}_id"] = self._ids[table_of_kind(kind)][
            record[column.name]
        ]
        return found

    def _continue(self, changes: TableChanges) -> None:
        """Write what rows refer to in their own table, once all of them are there."""
        table, model = changes.table, SHELVES[changes.table.name].model
        for column in table.columns:
            if column.kind is CellKind.REFERENCE and column.of == table.name:
                rows = [*changes.new, *(each.row for each in changes.changed)]
                ids = {"": None, **self._ids[table.name]}
                field = f"{column.name}_id"
                found = [
                    model(pk=ids[row.record["code"]], **{field: ids[row.record[column.name]]})
                    for row in rows
                ]
                model._default_manager.bulk_update(found, [column.name], batch_size=_BATCH)

    def _refer(self, changes: TableChanges, rows: Sequence[tuple[Row, int]]) -> None:
        """Write what rows refer to several of, in the order in which they do."""
        for column in changes.table.columns:
            if column.kind is CellKind.REFERENCES and rows:
                through, source, target = between(SHELVES[changes.table.name], column)
                ids = self._ids[column.of]
                manager = through._default_manager
                manager.filter(**{f"{source}__in": [pk for _, pk in rows]}).delete()
                manager.bulk_create(
                    [
                        through(**{f"{source}_id": pk, f"{target}_id": ids[code]})
                        for row, pk in rows
                        for code in dict.fromkeys(texts(row.record[column.name]))
                    ],
                    batch_size=_BATCH,
                )

    def _save_indicators(self, changes: TableChanges) -> None:
        table = changes.table
        new = [
            models.Indicator(
                municipality=self._municipality,
                code=row.key[0],
                owner=row.record["owner"],
                deputy=row.record["deputy"],
                **self._at(row.key),
            )
            for row in changes.new
        ]
        models.Indicator.objects.bulk_create(new, batch_size=_BATCH)
        self._read_indicators()
        self._define(table, changes.new)
        self._change_indicators(changes)

    def _change_indicators(self, changes: TableChanges) -> None:
        """Write what is of the indicators themselves, then what their definitions say."""
        rows = {row.key[0]: row for row in changes.new if row.record["part_of"]}
        rows |= {
            each.row.key[0]: each.row
            for each in changes.changed
            if any(change.field in _OF_INDICATOR for change in each.fields)
        }
        found = list(
            models.Indicator.objects.filter(municipality=self._municipality, code__in=rows)
        )
        for indicator in found:
            record = rows[indicator.code].record
            part_of = record["part_of"]
            indicator.part_of_id = self._ids["indicators"][part_of] if part_of else None
            indicator.owner, indicator.deputy = record["owner"], record["deputy"]
        models.Indicator.objects.bulk_update(
            found, ["part_of", "owner", "deputy"], batch_size=_BATCH
        )
        self._redefine(
            changes.table,
            [
                each.row
                for each in changes.changed
                if any(change.field not in _OF_INDICATOR for change in each.fields)
            ],
        )

    def _redefine(self, table: Table, rows: Sequence[Row]) -> None:
        """Change definitions without an approved value; replace the others by new versions."""
        ids = {self._ids["indicators"][row.key[0]]: row for row in rows}
        current = models.IndicatorDefinition.objects.filter(indicator__in=ids, is_current=True)
        approved = models.IndicatorValue.objects.filter(definition__in=current, is_approved=True)
        used = set(approved.values_list("definition_id", flat=True))
        versions = {}
        for definition in current:
            if definition.pk in used:
                versions[definition.indicator_id] = definition.version + 1
                continue
            for name, value in self._definition(table, ids[definition.indicator_id]).items():
                setattr(definition, name, value)
            definition.save()
        models.IndicatorDefinition.objects.filter(pk__in=used).update(is_current=False)
        self._define(table, [ids[pk] for pk in versions], list(versions.values()))

    def _define(self, table: Table, rows: Sequence[Row], versions: Sequence[int] = ()) -> None:
        models.IndicatorDefinition.objects.bulk_create(
            [
                models.IndicatorDefinition(**self._definition(table, row), version=version)
                for row, version in zip(rows, versions or [1] * len(rows), strict=True)
            ],
            batch_size=_BATCH,
        )

    def _definition(self, table: Table, row: Row) -> dict[str, object]:
        found: dict[str, object] = {
            column.name: value_of(column, row.record[column.name])
            for column in table.columns
            if column.name not in _OF_INDICATOR
        }
        return {**found, "indicator_id": self._ids["indicators"][row.key[0]]}

    def _placed(self, name: str) -> tuple[type[Model], dict[Key, int]]:
        """Return the model that has the places of a table's rows, and the ids by their keys."""
        if name == "indicators":
            ids = self._ids.get(name, {})
            return models.Indicator, {(code,): pk for code, pk in ids.items()}
        return SHELVES[name].model, self._kept[name].ids

    def _places_of(self, changes: TableChanges) -> dict[Key, int]:
        """Return the places of the lines; where some are left out, only of the new: they are last.

        It is asked before the new rows are there.
        """
        before = 0
        if changes.left:
            model, ids = self._placed(changes.table.name)
            kept = model._default_manager.filter(pk__in=list(ids.values()))
            before = kept.aggregate(last=Max("position"))["last"] or 0
        rows = changes.new if changes.left else changes.rows
        return {row.key: before + number for number, row in enumerate(rows, 1)}

    def _at(self, key: Key) -> dict[str, int]:
        """Return the place of a new row, where the rows of its table have places."""
        return {"position": self._places[key]} if key in self._places else {}

    def _place(self, changes: TableChanges) -> None:
        """Move the rows that are not in the places of their lines."""
        model, ids = self._placed(changes.table.name)
        places = {ids[key]: place for key, place in self._places.items()}
        moved = []
        for each in model._default_manager.filter(pk__in=places):
            if getattr(each, "position") != places[each.pk]:  # noqa: B009 - of every such model
                setattr(each, "position", places[each.pk])  # noqa: B010 - likewise
                moved.append(each)
        model._default_manager.bulk_update(moved, ["position"], batch_size=_BATCH)


def value_of(column: Column, text: str) -> object:
    """Return a canonical text as the value that is saved."""
    kind = column.kind
    if kind is CellKind.YES_NO:
        return text == "yes"
    if kind in (CellKind.WHOLE, CellKind.YEAR):
        return int(text) if text else None
    if kind in _DECIMALS:
        return Decimal(text) if text else None
    if kind is CellKind.DATE:
        return date.fromisoformat(text) if text else None
    return list(texts(text)) if kind is CellKind.TEXTS else text
