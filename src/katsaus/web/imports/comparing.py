"""What a file of units or accounts would change: it is kept for a trial, and that is taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from duckdb import DuckDBPyConnection

from katsaus.ledger.importers import Kind, Reading
from katsaus.web.audit.use_cases import Json
from katsaus.web.imports import tables, use_cases
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.placing import States, unit_states
from katsaus.web.organization.use_cases import account_states

LISTED = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit or an account that changes: its names in three languages, and each of its changes.

    A change is a field, and how it is before and after, as the audit trail has them.
    """

    code: str
    names: tuple[str, str, str]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many there are before and after, how many of a file are new, changed and as they were.

    `listed` are the first of those that change.
    """

    before: int
    after: int
    new: int
    changed: int
    unchanged: int
    listed: tuple[Changed, ...]


@transaction.atomic
def compared(
    municipality: Municipality, connection: DuckDBPyConnection, reading: Reading
) -> Comparison:
    """Return what keeping units or accounts would change; nothing of it stays.

    Raises NotOneTreeError or UnplacedAccountsError as keeping would.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = _states(municipality, reading.kind)
    use_cases.keep_rows(municipality, connection, reading, "", None)
    after = _states(municipality, reading.kind)
    transaction.set_rollback(True)
    return _comparison(before, after, _told(connection, reading))


def _states(municipality: Municipality, kind: Kind) -> States:
    if kind is Kind.ACCOUNTS:
        return account_states(municipality)
    states = unit_states(municipality)
    if municipality.hierarchies.count() > 1:
        return states
    return {code: _of_one_hierarchy(state) for code, state in states.items()}


def _of_one_hierarchy(state: Mapping[str, Json]) -> dict[str, Json]:
    """Return a state in which the only hierarchy is not named: "parent (x)" is the parent."""
    return {
        "parent" if field.startswith("parent (") else field: value for field, value in state.items()
    }


def _told(connection: DuckDBPyConnection, reading: Reading) -> set[str]:
    if reading.kind is Kind.ACCOUNTS:
        return {account.number for account in tables.accounts(connection, reading.table)}
    return {row.unit.code for row in tables.units(connection, reading.table)}


def _comparison(before: States, after: States, told: Collection[str]) -> Comparison:
    new = after.keys() - before.keys()
    changed = sorted(code for code in before if before[code] != after[code])
    return Comparison(
        before=len(before),
        after=len(after),
        new=len(new),
        changed=len(changed),
        unchanged=len(set(told) - new - set(changed)),
        listed=tuple(_changed(code, before[code], after[code]) for code in changed[:LISTED]),
    )


def _changed(code: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> Changed:
    fields = {*before, *after}
    pairs = ((name, _text(before.get(name)), _text(after.get(name))) for name in sorted(fields))
    names = (_text(after["name_fi"]), _text(after["name_sv"]), _text(after["name_en"]))
    return Changed(code, names, tuple(each for each in pairs if each[1] != each[2]))


def _text(value: Json) -> str:
    return "" if value is None else str(value)
