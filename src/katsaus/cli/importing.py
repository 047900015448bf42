"""`katsaus import`: files of tables, checked and kept."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext as _
from duckdb import DuckDBPyConnection
from rich.table import Table
from typer import BadParameter

from katsaus.cli import strategies
from katsaus.cli.console import complain, err, out, prepare_database, progress
from katsaus.cli.municipalities import find_municipality, refuse_unknown
from katsaus.cli.report_parts import Texts, keep_notes, keep_templates, keep_texts, say_can_be_kept
from katsaus.core.formats import DASH
from katsaus.core.periods import Period
from katsaus.ledger import engine
from katsaus.ledger.importers import (
    ControlTotals,
    Kind,
    Mapping,
    Reading,
    load_mapping,
    read,
)
from katsaus.ledger.importers.mapping import MappingError
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.known import known
from katsaus.web.imports.mapping_messages import mapping_sentence
from katsaus.web.imports.messages import money, place, sentence
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import UnknownMunicipalityError, municipality
from katsaus.web.organization.use_cases import (
    NotOneTreeError,
    UnplacedAccountsError,
    ensure_municipality,
)

DEFAULT_SOURCE = "tiedosto"


class ImportKind(StrEnum):
    """What can be brought in: kinds of tables, a report's parts, notes, a strategy."""

    ORGANIZATION = "organization"
    ACCOUNTS = "accounts"
    BUDGET = "budget"
    AMENDMENTS = "amendments"
    FORECASTS = "forecasts"
    POSTINGS = "postings"
    TEMPLATE = "template"
    TEXTS = "texts"
    NOTES = "notes"
    STRATEGY = "strategy"


def kind_of(text: str) -> ImportKind:
    """Return the kind of a word; British spelling and the singular will do."""
    word = text.lower().replace("organisation", "organization")
    for kind in ImportKind:
        if word in (kind, kind.removesuffix("s")):
            return kind
    raise BadParameter(
        _("%(word)s is none of %(kinds)s.") % {"word": text, "kinds": ", ".join(ImportKind)}
    )


@dataclass(frozen=True)
class Order:
    """What is asked of `katsaus import`; see its options."""

    kind: ImportKind
    municipality: str
    period: str = ""
    source: str = DEFAULT_SOURCE
    mapping: Path | None = None
    replaces: bool = False
    is_dry_run: bool = False


def bring_in(order: Order, files: list[Path]) -> bool:
    """Bring in files one by one; returns whether all were kept or were there already."""
    _check(order, files)
    prepare_database()
    refuse_unknown(order.municipality)
    if order.kind is ImportKind.STRATEGY:
        slug, is_dry_run = order.municipality, order.is_dry_run
        kept = [strategies.bring_in(slug, file, is_dry_run=is_dry_run) for file in files]
        return all(kept)
    if order.kind is ImportKind.TEMPLATE:
        return keep_templates(order.municipality, files, is_dry_run=order.is_dry_run)
    if order.kind in (ImportKind.TEXTS, ImportKind.NOTES, ImportKind.FORECASTS):
        order = replace(order, period=order.period or _newest_period(_owner(order)))
    if order.kind is ImportKind.TEXTS:
        texts = Texts(_owner(order), order.municipality, Period.parse(order.period))
        return keep_texts(texts, files, is_dry_run=order.is_dry_run)
    if order.kind is ImportKind.NOTES:
        owner, period = find_municipality(order.municipality), Period.parse(order.period)
        kept = [keep_notes(owner, period, file, is_dry_run=order.is_dry_run) for file in files]
        return all(kept)
    mapping = _mapping(order)
    kept = [_bring_in_one(order, file, mapping) for file in files]
    return all(kept)


def _owner(order: Order) -> Municipality | None:
    """Return the municipality, or None where nothing has been kept of it."""
    try:
        return municipality(order.municipality)
    except UnknownMunicipalityError:
        return None


def _check(order: Order, files: list[Path]) -> None:
    for file in files:
        is_folder = order.kind is ImportKind.STRATEGY and file.is_dir()
        if not file.is_file() and not is_folder:
            _complain_of_missing(file)
    if order.period:
        check_period(order.period)


def _complain_of_missing(file: Path | None) -> NoReturn:
    complain(_("%(file)s: there is no such file. Check the name and the folder.") % {"file": file})


def _newest_period(owner: Municipality | None) -> str:
    """Return the period of the newest postings, which a forecast or a text is then of."""
    period = queries.newest_period(owner) if owner else None
    if period is None:
        complain(_("Say which period they are of: --period 2023-06."))
    out.print(_("Of the newest period, %s.") % period.code)
    return period.code


def check_period(text: str) -> Period:
    """Return the period of an option, or end with a message."""
    try:
        return Period.parse(text)
    except ValueError:
        complain(_("%(text)s is not a period. Write it like 2023-06.") % {"text": text})


def _mapping(order: Order) -> Mapping | None:
    try:
        return load_mapping(order.mapping) if order.mapping else None
    except MappingError as error:
        complain(mapping_sentence(error))
    except OSError:
        _complain_of_missing(order.mapping)


def _bring_in_one(order: Order, file: Path, mapping: Mapping | None) -> bool:
    kind, owner = Kind(order.kind.value), _owner(order)
    batch, is_new = None, False
    with engine.cursor() as cursor, progress() as bars:
        task = bars.add_task(file.name, total=2)
        reading = read(cursor, file, kind, known=known(owner, kind, order.period), mapping=mapping)
        bars.advance(task)
        before = queries.sums(owner, kind, reading.totals, order.period)
        if not reading.is_blocked and not order.is_dry_run:
            batch, is_new = (
                _keep_first(order, cursor, reading)
                if owner is None
                else (_keep(order, owner, cursor, reading))
            )
        bars.advance(task)
    _show(reading)
    if reading.is_blocked or reading.totals is None:
        err.print(_("Nothing of %(file)s was kept.") % {"file": file.name}, style="bold")
        return False
    lines = [_line(_("before"), before), _line(_("file"), reading.totals)]
    if batch is None:
        say_can_be_kept(file)
        _show_totals(reading.totals, lines)
    elif is_new:
        _show_kept(batch, reading.totals, lines, order.period)
    else:
        out.print(
            _("%(file)s is kept already, as batch %(batch)s.")
            % {"file": file.name, "batch": batch.pk}
        )
    return True


def _keep_first(order: Order, cursor: DuckDBPyConnection, reading: Reading) -> tuple[Batch, bool]:
    """Keep the first file of a municipality: where it is refused, neither of them is there."""
    with transaction.atomic():
        owner = ensure_municipality(slug_or_number=order.municipality)
        return _keep(order, owner, cursor, reading)


def _keep(
    order: Order, owner: Municipality, cursor: DuckDBPyConnection, reading: Reading
) -> tuple[Batch, bool]:
    try:
        return use_cases.keep(
            municipality=owner,
            connection=cursor,
            reading=reading,
            source=order.source,
            period=order.period,
            replaces=order.replaces,
        )
    except use_cases.PartlyReplacedError as error:
        complain(
            _(
                "Batch %(batch)s (%(file)s) holds months that %(new)s does not: give a file of all "
                "its months, or undo the batch first."
            )
            % {"batch": error.batch.pk, "file": error.batch.file_name, "new": reading.file}
        )
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


def _show(reading: Reading) -> None:
    """Print how the file was read and what is wrong in it."""
    if recognition := reading.recognition:
        columns = ", ".join(f"{header}" for _field, header in recognition.columns)
        parts = [
            recognition.encoding,
            recognition.delimiter and f"“{recognition.delimiter}”",
            columns,
        ]
        out.print(
            f"{reading.file}: {' · '.join(part for part in parts if part)}",
            style="dim",
        )
    for problem in reading.problems:
        console = err if problem.is_blocking else out
        console.print(f"{place(problem)}: {sentence(problem)}")


Line = tuple[str, int, int | None]


def _line(label: str, sums: queries.Kept | ControlTotals) -> Line:
    return label, sums.rows, sums.cents


def _show_kept(batch: Batch, totals: ControlTotals, lines: list[Line], period: str) -> None:
    """Print the batch and the control totals: what there was, what came, what there is."""
    out.print(
        _("%(file)s was kept as batch %(batch)s.") % {"file": batch.file_name, "batch": batch.pk}
    )
    # Of units and accounts a new file takes the place of the old ones' rows, not of their sum.
    superseded = [] if batch.first_month is None else list(batch.supersedes.all())
    lines += [
        (_("superseded: %s") % old.file_name, -old.rows, _negative(old.cents)) for old in superseded
    ]
    after = queries.sums(batch.municipality, Kind(batch.kind), totals, period)
    _show_totals(totals, [*lines, _line(_("after"), after)])
    if others := [] if batch.first_month is None else list(queries.beside(batch)):
        said = {
            "batches": ", ".join(str(each.pk) for each in others),
            "batch": batch.pk,
            "source": others[0].source,  # only what is of one source is replaced
        }
        out.print(
            _(
                "Of the same time, and added up with it: batches %(batches)s. If the file replaces "
                "them: katsaus undo %(batch)s, and bring it in with --replace --source %(source)s."
            )
            % said
        )


def _show_totals(totals: ControlTotals, lines: list[Line]) -> None:
    """Print control totals of the years that the file tells of."""
    table = Table(box=None, pad_edge=False)
    table.add_column(_years(totals))
    table.add_column(_("rows"), justify="right")
    table.add_column(_("sum"), justify="right")
    for label, rows, cents in lines:
        table.add_row(label, str(rows), money(cents))
    out.print(table)


def _years(totals: ControlTotals) -> str:
    if totals.first_month is None or totals.last_month is None:
        return ""
    first, last = totals.first_month // 100, totals.last_month // 100
    return str(first) if first == last else f"{first}{DASH}{last}"


def _negative(cents: int | None) -> int | None:
    return None if cents is None else -cents
