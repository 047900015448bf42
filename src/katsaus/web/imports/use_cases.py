"""What a person does to batches: keep a file that was read, supersede others by it, undo it."""

from collections.abc import Collection, Sequence
from enum import Enum

import duckdb
from django.db import transaction
from django.db.models import Q, QuerySet

from katsaus.ledger.importers import Kind, Reading
from katsaus.ledger.store import Store
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.imports import tables
from katsaus.web.imports.models import Batch, Status
from katsaus.web.imports.queries import kept, store, sums
from katsaus.web.organization import use_cases as organization
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import use_cases as planning
from katsaus.web.planning.models import PlanSet
from katsaus.web.users.models import User

# Others refer to units and accounts: a later file updates them and adds to them, and removes none.
WHOLE = (Kind.ORGANIZATION, Kind.ACCOUNTS)


class BlockedError(ValueError):
    """The reading has blocking problems: nothing of it is kept."""


class PartlyReplacedError(ValueError):
    """An older batch reaches outside the months of the file that is to replace it."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(batch)
        self.batch = batch


class AddedUpError(ValueError):
    """The source's `batches` hold figures of the time of `new`, which was not to be added to them.

    `new` is not saved.
    """

    def __init__(self, new: Batch, batches: Sequence[Batch]) -> None:
        super().__init__(new, batches)
        self.new = new
        self.batches = batches


class Hindrance(Enum):
    """Why a batch cannot be undone."""

    REFERRED_TO = "others refer to its units or accounts"
    SUPERSEDED = "another batch has superseded it"
    UNDONE = "it has been undone already"
    BROUGHT_IN_AGAIN = "what it superseded has been brought in again"


class CannotUndoError(ValueError):
    """A batch cannot be undone; `other` superseded it, or has again what it superseded."""

    def __init__(self, batch: Batch, hindrance: Hindrance, other: Batch | None = None) -> None:
        super().__init__(batch, hindrance)
        self.batch = batch
        self.hindrance = hindrance
        self.other = other


def keep(
    *,
    municipality: Municipality,
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    source: str,
    period: str = "",
    replaces: bool = False,
    adds: bool = True,
    together: Collection[int] = (),
    ledger: Store | None = None,
    person: User | None = None,
) -> tuple[Batch, bool]:
    """Keep a reading as a batch; returns the batch and whether it is new.

    What is kept already is not kept twice, be it the same file or its rows in another form. With
    `replaces`, the source's batches within the file's months are superseded by it; with neither
    that nor `adds`, such batches forbid the keeping. Those that were given `together` with it, by
    their numbers, are left beside it in any case. `period` is the round of a forecast ("2023-06"),
    which may have the figures of another round.
    Postings are written before the transaction and count from its end on; a trial gives a `ledger`
    of its own for them. `person` is None when a command does it. Raises BlockedError,
    PartlyReplacedError or AddedUpError, and then keeps nothing.
    """
    if reading.is_blocked or reading.totals is None:
        raise BlockedError(reading.file)
    period = period if reading.kind is Kind.FORECASTS else ""
    if same := _same_file(municipality, reading, period):
        return same, False
    ledger = ledger or store(municipality)
    content_hash = _content_hash(ledger, connection, reading, period)
    with transaction.atomic():
        # Two people at once: the second waits here, and then sees what the first kept.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        same = _same_file(municipality, reading, period)
        if same := same or _same_content(municipality, reading, content_hash):
            return same, False
        batch = _batch(municipality, reading, source, content_hash)
        batch.imported_by = person
        if not (adds or replaces) and (others := list(of_source(batch, period, together))):
            raise AddedUpError(batch, others)
        superseded = superseded_by(batch, period, replaces=replaces, together=together)
        before = _counts(batch)
        batch.plan_set = keep_rows(municipality, connection, reading, period, person)
        batch.save()
        for old in superseded:
            _set_status(old, Status.SUPERSEDED, superseded_by=batch)
        _record("batch.kept", batch, person, before, {"superseded": [old.pk for old in superseded]})
    return batch, True


def _counts(batch: Batch) -> dict[str, Json]:
    """Return what all that counts of the batch's kind adds up to."""
    found = sums(batch.municipality, Kind(batch.kind))
    return {"rows": found.rows, "cents": found.cents}


def _record(
    action: str,
    batch: Batch,
    person: User | None,
    before: dict[str, Json],
    also: dict[str, Json],
) -> None:
    facts: dict[str, Json] = {
        "batch": batch.pk,
        "kind": batch.kind,
        "source": batch.source,
        "sha256": batch.file_hash,
    }
    record(
        person=person,
        municipality=batch.municipality.slug,
        action=action,
        subject=f"{batch.pk} {batch.file_name}",
        before=before,
        after={**_counts(batch), **facts, **also},
    )


def _same_file(municipality: Municipality, reading: Reading, period: str) -> Batch | None:
    same = kept(municipality, reading.kind).filter(file_hash=reading.file_sha256)
    return (same.filter(plan_set__round=period) if period else same).first()


def _content_hash(
    ledger: Store,
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    period: str,
) -> str:
    """Name what a reading holds, and write it where it is postings; units and accounts: empty."""
    if reading.kind in (Kind.ORGANIZATION, Kind.ACCOUNTS):
        return ""
    if reading.kind is Kind.POSTINGS:
        return ledger.keep(connection, reading.table)
    return tables.content_hash(connection, reading.table, period)


def _same_content(municipality: Municipality, reading: Reading, content_hash: str) -> Batch | None:
    same = kept(municipality, reading.kind).filter(content_hash=content_hash)
    return same.first() if content_hash else None


def _batch(municipality: Municipality, reading: Reading, source: str, content_hash: str) -> Batch:
    if reading.totals is None:
        raise BlockedError(reading.file)
    return Batch(
        municipality=municipality,
        kind=reading.kind,
        source=source,
        file_name=reading.file,
        file_hash=reading.file_sha256,
        content_hash=content_hash,
        rows=reading.totals.rows,
        cents=reading.totals.cents,
        first_month=reading.totals.first_month,
        last_month=reading.totals.last_month,
    )


def superseded_by(
    new: Batch, period: str, *, replaces: bool, together: Collection[int] = ()
) -> Sequence[Batch]:
    """Return the batches that stop to count when `new` is kept; raises PartlyReplacedError."""
    if new.kind in WHOLE:
        return list(kept(new.municipality, Kind(new.kind)))
    if not replaces:
        return []
    older = of_source(new, period, together)
    first, last = _replaced_months(new)
    if reaching := older.filter(Q(first_month__lt=first) | Q(last_month__gt=last)).first():
        raise PartlyReplacedError(reaching)
    return list(older)


def of_source(new: Batch, period: str, together: Collection[int]) -> QuerySet[Batch]:
    """Return the other batches of the source of `new` that count in some of its months."""
    older = kept(new.municipality, Kind(new.kind)).exclude(pk__in=together)
    if new.kind in WHOLE:
        return older.none()
    first, last = _replaced_months(new)
    older = older.filter(source=new.source, first_month__lte=last, last_month__gte=first)
    return older.filter(plan_set__round=period) if new.kind == Kind.FORECASTS else older


def _replaced_months(new: Batch) -> tuple[int, int]:
    """Return the months that a file replaces: its own, of a plan the whole of its years."""
    if new.first_month is None or new.last_month is None:
        raise BlockedError(new.file_name)
    if new.kind == Kind.POSTINGS:
        return new.first_month, new.last_month
    return new.first_month // 100 * 100, new.last_month // 100 * 100 + 12


def keep_rows(
    municipality: Municipality,
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    period: str,
    person: User | None,
) -> PlanSet | None:
    """Save the rows that live in the database; postings do not."""
    given = {field for field, _ in reading.recognition.columns} if reading.recognition else set()
    match reading.kind:
        case Kind.POSTINGS:
            return None
        case Kind.ORGANIZATION:
            units = tables.units(connection, reading.table)
            organization.keep_organization(
                municipality=municipality, rows=units, given=given, person=person
            )
            return None
        case Kind.ACCOUNTS:
            accounts = tables.accounts(connection, reading.table)
            organization.keep_accounts(
                municipality=municipality, accounts=accounts, given=given, person=person
            )
            return None
        case plan_kind:
            return planning.keep_plan(
                municipality=municipality,
                scenario=tables.SCENARIOS[plan_kind],
                period=period,
                rows=tables.plan_rows(connection, reading.table, plan_kind),
            )


@transaction.atomic
def undo(*, batch: Batch, person: User | None = None) -> list[Batch]:
    """Have a kept batch count no more; returns the batches that it superseded, which count again.

    Nothing is deleted. Raises CannotUndoError.
    """
    Municipality.objects.select_for_update().get(pk=batch.municipality_id)
    batch.refresh_from_db()
    restored = restored_by(batch)
    before = _counts(batch)
    _set_status(batch, Status.UNDONE)
    for old in restored:
        _set_status(old, Status.KEPT)
    _record("batch.undone", batch, person, before, {"restored": [old.pk for old in restored]})
    return restored


def restored_by(batch: Batch) -> list[Batch]:
    """Return the batches that count again when a batch is undone; raises CannotUndoError."""
    if batch.kind in WHOLE:
        raise CannotUndoError(batch, Hindrance.REFERRED_TO)
    if batch.status == Status.SUPERSEDED:
        raise CannotUndoError(batch, Hindrance.SUPERSEDED, batch.superseded_by)
    if batch.status == Status.UNDONE:
        raise CannotUndoError(batch, Hindrance.UNDONE)
    restored = list(batch.supersedes.all())
    for old in restored:
        again = kept(batch.municipality, Kind(old.kind)).filter(content_hash=old.content_hash)
        if other := again.first():
            raise CannotUndoError(batch, Hindrance.BROUGHT_IN_AGAIN, other)
    return restored


def can_undo(batch: Batch) -> bool:
    """Whether a batch counts and is of figures; what it superseded may still forbid the undoing."""
    return batch.status == Status.KEPT and batch.kind not in WHOLE


def _set_status(batch: Batch, status: Status, superseded_by: Batch | None = None) -> None:
    batch.status = status
    batch.superseded_by = superseded_by
    batch.save(update_fields=["status", "superseded_by"])
    if batch.plan_set is not None:
        planning.set_current(plan_set=batch.plan_set, is_current=status == Status.KEPT)
