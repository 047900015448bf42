"""Files of tables that one command brings in: kept, or only tried, and told."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _
from duckdb import DuckDBPyConnection

from katsaus.cli import telling
from katsaus.cli.console import complain, err, progress
from katsaus.cli.orders import Order
from katsaus.ledger import engine
from katsaus.ledger.importers import Kind, Mapping, Reading, read
from katsaus.ledger.store import Store
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.coverage import Coverage, Origin, coverage
from katsaus.web.imports.elsewhere import with_elsewhere
from katsaus.web.imports.known import known
from katsaus.web.imports.models import Batch
from katsaus.web.imports.new_periods import beginning
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import UnknownMunicipalityError, municipality
from katsaus.web.organization.use_cases import (
    NotOneTreeError,
    UnplacedAccountsError,
    ensure_municipality,
)


@dataclass
class Delivery:
    """The files of one command: parts of a whole, none of which takes the place of another.

    `together` are the batches that the files have become; a trial has a `ledger` of its own.
    """

    order: Order
    mapping: Mapping | None
    ledger: Store | None = None
    together: list[int] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """The kind of all its files."""
        return Kind(self.order.kind.value)


def bring_in(order: Order, mapping: Mapping | None, files: list[Path]) -> bool:
    """Keep files one by one; returns whether all were kept or were there already."""
    delivery = Delivery(order, mapping)
    kept = []
    for file in files:
        with engine.cursor() as cursor:
            kept.append(_settle(delivery, cursor, _read(delivery, cursor, file)))
    return all(kept)


def try_out(order: Order, mapping: Mapping | None, files: list[Path]) -> bool:
    """Keep files for a trial, say what comes of it and take it all back; returns as `bring_in`.

    All are read first, for while they are kept nobody else can save anything.
    """
    with ExitStack() as stack:
        ledger = Store(Path(stack.enter_context(TemporaryDirectory())))
        delivery = Delivery(order, mapping, ledger)
        readings = []
        for file in files:
            cursor = stack.enter_context(engine.cursor())
            readings.append((cursor, _read(delivery, cursor, file)))
        with transaction.atomic():
            kept = [_settle(delivery, *each) for each in readings]
            transaction.set_rollback(True)
    return all(kept)


def owner_of(order: Order) -> Municipality | None:
    """Return the municipality, or None where nothing has been kept of it."""
    try:
        return municipality(order.municipality)
    except UnknownMunicipalityError:
        return None


def _read(delivery: Delivery, cursor: DuckDBPyConnection, file: Path) -> Reading:
    order = delivery.order
    names = known(owner_of(order), delivery.kind, order.period)
    with _shown(file.name):
        return read(cursor, file, delivery.kind, known=names, mapping=delivery.mapping)


@contextmanager
def _shown(name: str) -> Iterator[None]:
    """Show that a file is being worked on."""
    with progress() as bars:
        bars.add_task(name, total=None)
        yield


def _settle(delivery: Delivery, cursor: DuckDBPyConnection, reading: Reading) -> bool:
    """Keep a file that was read, or say why not; returns whether it counts now."""
    order = delivery.order
    owner = owner_of(order)
    if owner and not reading.is_blocked:
        origin = Origin(owner, order.source, order.period, delivery.together)
        reading = with_elsewhere(origin, cursor, reading)
    telling.show_reading(reading)
    if reading.is_blocked or reading.totals is None:
        return _nothing_kept(reading)
    before = queries.sums(owner, delivery.kind, reading.totals.years, order.period, delivery.ledger)
    begins = beginning(owner, delivery.kind, reading.totals)
    covers = _covers(owner, delivery, cursor, reading)
    control = telling.Control(
        reading.totals,
        before,
        order.period,
        delivery.together,
        begins,
        covers,
        delivery.ledger,
    )
    try:
        with _shown(reading.file):
            batch, is_new = _keep(delivery, cursor, reading)
    except use_cases.AddedUpError as error:
        telling.show_addition(error, control)
        return _nothing_kept(reading)
    delivery.together.append(batch.pk)
    if is_new:
        telling.show_kept(batch, control, is_trial=order.is_dry_run)
    else:
        telling.show_same(batch, reading)
    return True


def _covers(
    owner: Municipality | None, delivery: Delivery, cursor: DuckDBPyConnection, reading: Reading
) -> Coverage | None:
    """Return what the file covers of the older ones; of postings only where it is not settled."""
    order = delivery.order
    is_settled = (order.replaces or order.adds) and not order.is_dry_run
    if owner is None or (is_settled and delivery.kind is Kind.POSTINGS):
        return None
    origin = Origin(owner, order.source, order.period, delivery.together)
    return coverage(origin, cursor, reading)


def _nothing_kept(reading: Reading) -> bool:
    err.print(_("Nothing of %(file)s was kept.") % {"file": reading.file}, style="bold")
    return False


def _keep(delivery: Delivery, cursor: DuckDBPyConnection, reading: Reading) -> tuple[Batch, bool]:
    """Keep a file; where the first of a municipality is refused, neither of them is there."""
    if owner := owner_of(delivery.order):
        return _keep_of(owner, delivery, cursor, reading)
    with transaction.atomic():
        owner = ensure_municipality(slug_or_number=delivery.order.municipality)
        return _keep_of(owner, delivery, cursor, reading)


def _keep_of(
    owner: Municipality, delivery: Delivery, cursor: DuckDBPyConnection, reading: Reading
) -> tuple[Batch, bool]:
    order = delivery.order
    try:
        return use_cases.keep(
            municipality=owner,
            connection=cursor,
            reading=reading,
            source=order.source,
            period=order.period,
            replaces=order.replaces,
            adds=order.adds,
            together=delivery.together,
            ledger=delivery.ledger,
        )
    except use_cases.PartlyReplacedError as error:
        complain(telling.in_the_way(error.batch, reading.file))
    except UnplacedAccountsError as error:
        complain(
            _(
                "%(file)s: these accounts are on no row of the income statement: %(numbers)s. "
                "Give their official accounts."
            )
            % {"file": reading.file, "numbers": ", ".join(error.numbers)}
        )
    except NotOneTreeError as error:
        complain(
            _(
                "%(file)s: the units must make one tree with those that are there already, but "
                "these are not below %(root)s: %(units)s. Mend the units above."
            )
            % {"file": reading.file, "root": error.root, "units": ", ".join(error.units)}
        )
