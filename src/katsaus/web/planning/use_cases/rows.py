"""What a person does to one row of a strategy's tables: keep it as given, move it, remove it."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from katsaus.definitions.tables import Table
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.changes import group_of
from katsaus.web.planning.exchange.faults import Fault, FaultCode
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.exchange.records import SHELVES, Record, key_of, records_of, rows
from katsaus.web.planning.models import (
    IndicatorDefinition,
    IndicatorValue,
    StateReport,
)
from katsaus.web.planning.use_cases.strategies import EXPLANATIONS, Outcome, keep_strategy
from katsaus.web.users.models import User

# What people have told: it is never removed with something else.
_TOLD = (StateReport, IndicatorValue)


class StillUsedError(Exception):
    """A row that others stand on is not removed; `users` counts them by the names of their kind."""

    def __init__(self, users: Counter[str]) -> None:
        super().__init__(dict(users))
        self.users = users


class ChangedMeanwhileError(Exception):
    """The row is not as the person saw it; `now` is how it is, None where it is gone."""

    def __init__(self, now: Record | None) -> None:
        super().__init__(now)
        self.now = now


@dataclass(frozen=True, slots=True)
class Found:
    """A kept row, and the id that it has until it is kept anew."""

    pk: int
    record: Record


@dataclass(frozen=True, slots=True)
class Uses:
    """How many rows of which kind `keep` a row from being removed, and how many `go` with it."""

    keep: Counter[str]
    go: Counter[str]


def mark_of(record: Record) -> str:
    """Return a text that another content of a row would not have."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def find_row(municipality: Municipality, table: Table, key: str) -> Found | None:
    """Return a row by its code, or by its id where the table has no codes; None for none."""
    found = rows(municipality, table)
    if "\0" in key:  # no text of PostgreSQL has it
        return None
    if table.key == ("code",):
        found = found.filter(**{SHELVES[table.name].name("code"): key})
    elif key.isascii() and key.isdigit() and len(key) < 19:
        found = found.filter(pk=int(key))
    else:
        return None
    return next((Found(pk, each) for pk, each in records_of(table, found).items()), None)


@transaction.atomic
def keep_row(
    *,
    municipality: Municipality,
    table: Table,
    cells: Record,
    key: str = "",
    seen: str = "",
    person: User | None,
) -> Outcome:
    """Keep a row as its cells say: the one of a key, which was seen with a mark, or a new one.

    The faults of the outcome are of its columns; with one nothing is kept. A row of a table without
    codes may come to be known by other things: it is then removed and kept anew, in its place.
    Raises ChangedMeanwhileError, and StillUsedError where what was known so far must stay.
    """
    found = _as_seen(municipality, table, key, seen) if key else None
    point = transaction.savepoint()
    is_new = found is None or _is_renamed(table, found.record, cells)
    place = _remove(municipality, table, found, person) if found and is_new else None
    given = Given({table.name: [Line("", cells)]})
    outcome = keep_strategy(municipality=municipality, given=given, person=person)
    if is_new and any(not each.new for each in outcome.changes):
        outcome = Outcome((_already(table, cells),), ())
    if outcome.faults:
        transaction.savepoint_rollback(point)
    elif place is not None:
        newest = rows(municipality, table).order_by("-pk").values_list("pk", flat=True)[0]
        SHELVES[table.name].model._default_manager.filter(pk=newest).update(position=place)
    return outcome


def _as_seen(municipality: Municipality, table: Table, key: str, seen: str) -> Found:
    """Return a row that nobody else changes until this is done; raises ChangedMeanwhileError."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    found = find_row(municipality, table, key)
    if found is None or mark_of(found.record) != seen:
        raise ChangedMeanwhileError(found.record if found else None)
    return found


def _is_renamed(table: Table, before: Record, cells: Record) -> bool:
    return any(cells.get(name, before[name]) != before[name] for name in table.key)


def _already(table: Table, cells: Record) -> Fault:
    """Return the fault of a new row that is known by the same things as one that is there."""
    name = " / ".join(filter(None, key_of(table, cells)))
    field = next((each for each in reversed(table.key) if cells[each]), table.key[0])
    return Fault(FaultCode.ALREADY_THERE, table.name, "", field, name)


@transaction.atomic
def remove_row(
    *, municipality: Municipality, table: Table, key: str, seen: str, person: User | None
) -> None:
    """Remove a row, seen with a mark, with what is only a part of it.

    Raises ChangedMeanwhileError and StillUsedError.
    """
    _remove(municipality, table, _as_seen(municipality, table, key, seen), person)


def _remove(
    municipality: Municipality, table: Table, found: Found, person: User | None
) -> int | None:
    """Remove a row and return its place among the others, where the table has places."""
    saved = _saved(municipality, table, found)
    place: int | None = getattr(saved, "position", None)
    if users := _uses(saved).keep:
        raise StillUsedError(users)
    saved.delete()
    record(
        person=person,
        municipality=municipality.slug,
        action="explanation.removed" if table.name == EXPLANATIONS else "row.removed",
        touches=Touch.ALL if table.name == "decisions" else Touch.STRATEGY,
        subject=f"{table.name}: {' / '.join(filter(None, key_of(table, found.record)))}",
        before={name: text for name, text in found.record.items() if text},
    )
    return place


@transaction.atomic
def move_row(
    *, municipality: Municipality, table: Table, key: str, up: bool, person: User | None
) -> int | None:
    """Change places with the row above or below; returns the new place, from 0 on.

    None where no such row is in the same group, such as an action of the same goal.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    found = find_row(municipality, table, key)
    order = list(rows(municipality, table).values_list("pk", flat=True))
    here = order.index(found.pk) if found else -1
    there = here - 1 if up else here + 1
    if found is None or not 0 <= there < len(order):
        return None
    [other] = records_of(table, rows(municipality, table).filter(pk=order[there])).values()
    if group_of(table, found.record) != group_of(table, other):
        return None
    _exchange(_placed(municipality, table), here, there)
    record(
        person=person,
        municipality=municipality.slug,
        action="row.moved",
        touches=Touch.STRATEGY,
        subject=f"{table.name}: {' / '.join(filter(None, key_of(table, found.record)))}",
        before={"order": here + 1},
        after={"order": there + 1},
    )
    return there


def _placed(municipality: Municipality, table: Table) -> list[Any]:
    """Return what has the places of a table's rows, in their order."""
    found = rows(municipality, table)
    if table.name == "indicators":
        return [each.indicator for each in found.select_related("indicator")]
    return list(found)


def _exchange(placed: list[Any], here: int, there: int) -> None:
    """Write the places of rows in their order, two of them exchanged."""
    placed[here], placed[there] = placed[there], placed[here]
    changed = []
    for place, each in enumerate(placed, 1):
        if each.position != place:
            each.position = place
            changed.append(each)
    type(placed[0])._default_manager.bulk_update(changed, ["position"], batch_size=500)


def uses_of(municipality: Municipality, table: Table, found: Found) -> Uses:
    """Return what stands on a row, and what would go with it."""
    return _uses(_saved(municipality, table, found))


def _uses(row: models.Model) -> Uses:
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError) as error:
        blocking = getattr(error, "protected_objects", ()) or getattr(
            error, "restricted_objects", ()
        )
        return Uses(Counter(map(_kind, blocking)), Counter())
    going: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for model, found in _collected(collector):
        if model is type(row) or model._meta.auto_created or model is IndicatorDefinition:
            continue
        if found:
            (told if model in _TOLD else going)[_kind(model)] += found
    return Uses(told, going)


def _kind(row: models.Model | type[models.Model]) -> str:
    return row._meta.model_name or ""


def _collected(collector: Collector) -> list[tuple[type[models.Model], int]]:
    """Return how many rows of each model a removal takes along. One query."""
    quick = [
        each.order_by()
        .annotate(of_query=models.Value(number))
        .values("of_query")
        .annotate(n=models.Count("pk"))
        .values_list("of_query", "n")
        for number, each in enumerate(collector.fast_deletes)
    ]
    counted = list(quick[0].union(*quick[1:], all=True)) if quick else []
    found = [(collector.fast_deletes[number].model, count) for number, count in counted]
    return [*found, *((model, len(rows_of)) for model, rows_of in collector.data.items())]


def _saved(municipality: Municipality, table: Table, found: Found) -> models.Model:
    """Return the saved row; of a definition its indicator."""
    saved: models.Model = rows(municipality, table).get(pk=found.pk)
    return saved.indicator if isinstance(saved, IndicatorDefinition) else saved
