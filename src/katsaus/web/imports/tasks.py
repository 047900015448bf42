"""The work of the background: reading a file that waits, keeping one that a person has accepted."""

import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django_tasks import task
from duckdb import DuckDBPyConnection

from katsaus.ledger import engine
from katsaus.ledger.importers import Kind, Mapping, Reading, fitting_kinds, mapping_of, read
from katsaus.ledger.problems import Problem
from katsaus.web.imports import use_cases
from katsaus.web.imports.comparing import compared
from katsaus.web.imports.coverage import Origin, coverage
from katsaus.web.imports.elsewhere import with_elsewhere
from katsaus.web.imports.followers import spans_of_file
from katsaus.web.imports.known import known
from katsaus.web.imports.misfits import MISFITS, with_kept, with_misfits
from katsaus.web.imports.models import Batch, State, Upload
from katsaus.web.imports.readings import Saved, saved, unread
from katsaus.web.imports.remembered import usual

MAX_TRIES = 3
LEFT_BEHIND_SECONDS = 24 * 3600


@task()
def work(upload_id: int) -> None:
    """Do what a file waits for; what another worker does already, or has done, is left alone."""
    if _begins(upload_id, State.WAITING, State.READING):
        _finish(Upload.objects.get(pk=upload_id), keeps=False)
    elif _begins(upload_id, State.KEEPING, State.KEEPING):
        _finish(Upload.objects.get(pk=upload_id), keeps=True)


def _begins(upload_id: int, asked: State, begun: State) -> bool:
    found = Upload.objects.filter(pk=upload_id, state=asked)
    return bool(found.update(state=begun, tries=F("tries") + 1))


def _finish(upload: Upload, *, keeps: bool) -> None:
    try:
        _read(upload, keeps=keeps)
    except Exception:
        if _move(upload, State.FAILED):  # of one that was discarded meanwhile there is no more
            raise


def _read(upload: Upload, *, keeps: bool) -> None:
    file = path(upload)
    kinds, problems = _kinds(upload, mapping_of(upload.mapping))
    if len(kinds) != 1:
        _move(upload, State.READ, reading=unread(problems, kinds))
        return
    kind = kinds[0]
    said = upload.mapping
    if not upload.kind and not said:  # recognised just now: it is read as the source's last was
        said = usual(upload.municipality, kind, upload.source)
    with engine.cursor() as cursor:
        reading = read(
            cursor,
            file,
            kind,
            known=known(upload.municipality, kind, upload.period),
            mapping=mapping_of(said),
            name=upload.file_name,
        )
        if keeps and not reading.is_blocked:
            _keep(upload, reading, cursor)
        else:
            looked_at = _looked_at(upload, reading, cursor)
            _move(upload, State.READ, kind=kind, mapping=said, reading=looked_at)


def _looked_at(upload: Upload, reading: Reading, cursor: DuckDBPyConnection) -> Saved:
    """Return what is saved of a reading: also what it would change, or what it can replace."""
    if reading.is_blocked:
        return saved(reading)
    if reading.kind not in use_cases.WHOLE:
        origin = Origin.of(upload)
        return saved(
            with_elsewhere(origin, cursor, reading),
            coverage=coverage(origin, cursor, reading),
            spans=spans_of_file(upload.municipality, cursor, reading, upload.period),
        )
    try:
        return saved(reading, compared(upload.municipality, cursor, reading))
    except MISFITS as error:
        return saved(with_misfits(reading, error))


def _kinds(upload: Upload, mapping: Mapping) -> tuple[tuple[Kind, ...], tuple[Problem, ...]]:
    """Return the kind that the person says, or those that fit; only forecasts have a period."""
    if upload.kind:
        return (Kind(upload.kind),), ()
    kinds, problems = fitting_kinds(path(upload), mapping, upload.file_name)
    is_forecast = bool(upload.period) and Kind.FORECASTS in kinds
    return ((Kind.FORECASTS,) if is_forecast else kinds), problems


def _keep(upload: Upload, reading: Reading, cursor: DuckDBPyConnection) -> None:
    try:
        batch, is_new = use_cases.keep(
            municipality=upload.municipality,
            connection=cursor,
            reading=reading,
            source=upload.source,
            period=upload.period,
            replaces=upload.replaces,
            adds=upload.adds,
            person=upload.kept_by,
        )
    except use_cases.PartlyReplacedError:  # the page says which batch is in the way
        _move(upload, State.READ, reading=_looked_at(upload, reading, cursor))
        return
    except use_cases.AddedUpError as error:
        told = with_kept(reading, [batch.file_name for batch in error.batches])
        _move(upload, State.READ, reading=_looked_at(upload, told, cursor))
        return
    except MISFITS as error:
        _move(upload, State.READ, reading=saved(with_misfits(reading, error)))
        return
    if not (is_new or _is_own(upload, batch)):  # the page says which batch holds the same rows
        _move(upload, State.READ, batch=batch, reading=saved(reading))
        return
    _move(upload, State.KEPT, batch=batch, reading=None)
    path(upload).unlink(missing_ok=True)


def _is_own(upload: Upload, batch: Batch) -> bool:
    """Whether another try, a worker's beside this one or one that was cut off, kept this file."""
    tried = Upload.objects.filter(pk=upload.pk, tries__gt=1)
    of_same = tried.filter(
        file_name=batch.file_name, source=batch.source, kept_by=batch.imported_by
    )
    return of_same.exists() and not batch.upload_set.filter(state=State.KEPT).exists()


def _move(upload: Upload, state: State, **values: object) -> bool:
    """Save what came of the work, unless another worker has come to its end already."""
    found = Upload.objects.filter(pk=upload.pk, state__in=(State.READING, State.KEEPING))
    return bool(found.update(state=state, **values))


def path(upload: Upload) -> Path:
    """Return where the file of an upload lies."""
    return Path(settings.UPLOADS) / upload.stored_as


def resume() -> None:
    """Ask again for the work that a stopped worker left; what stops it each time is given up."""
    sweep()
    asked = (State.WAITING, State.READING, State.KEEPING)
    for upload in Upload.objects.filter(state__in=asked):
        if upload.state != State.WAITING and upload.tries >= MAX_TRIES:
            _move(upload, State.FAILED)
            continue
        if upload.state == State.READING:
            _move(upload, State.WAITING)
        work.enqueue(upload.pk)


def sweep() -> None:
    """Remove what requests that were cut off left in the folder of uploads."""
    known = set(Upload.objects.values_list("stored_as", flat=True))
    for file in Path(settings.UPLOADS).iterdir():
        with suppress(FileNotFoundError):  # a request has just moved its own
            is_old = time.time() - file.stat().st_mtime > LEFT_BEHIND_SECONDS
            if is_old and file.name not in known:
                file.unlink()
