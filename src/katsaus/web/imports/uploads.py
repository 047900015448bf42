"""What a person does to a file before it is a batch: give it, say how to read it, keep, discard."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import QuerySet

from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.remembered import of_file, usual
from katsaus.web.imports.tasks import path, work
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User

SETTLED = (State.READ, State.FAILED)  # nothing is done to the file at the moment
_NOT_KEPT = (State.WAITING, State.READING, *SETTLED)


class NotNowError(ValueError):
    """Somebody else has settled the file, or it is being read."""


def receive(
    *,
    person: User,
    municipality: Municipality,
    file: TemporaryUploadedFile,
    kind: str,
    period: str,
    source: str,
) -> Upload:
    """Take a file that a person gives and have it read; `kind` empty is to be recognised.

    The first reading follows what the person said of the file's earlier try, or the mapping by
    which the source's newest file of the kind was kept.
    """
    upload = Upload(
        municipality=municipality,
        person=person,
        file_name=file.name or "",
        stored_as=f"{uuid.uuid4().hex}{_ending(file.name or '')}",
        size=file.size or 0,
        kind=kind,
        period=period,
        source=source,
        mapping=usual(municipality, kind, source),
    )
    _follow_earlier(upload)
    Path(file.temporary_file_path()).replace(path(upload))
    file.close()
    try:
        _save_received(upload, person)
    except BaseException:
        path(upload).unlink(missing_ok=True)
        raise
    return upload


@transaction.atomic
def _save_received(upload: Upload, person: User) -> None:
    upload.save()
    _record("file.received", upload, person)
    work.enqueue(upload.pk)


@transaction.atomic
def displace_earlier(*, upload: Upload, person: User) -> int:
    """Discard what a file takes the place of: the person's earlier tries, which are not kept.

    They have its name and its source. One that is just being kept stays. Returns how many went.
    """
    earlier = _earlier(upload).filter(pk__lt=upload.pk)
    return sum(_give_way(each, person) for each in earlier)


def _earlier(upload: Upload) -> QuerySet[Upload]:
    """Return what the person has given by the same name and source and what is not kept."""
    return Upload.objects.filter(
        municipality=upload.municipality,
        person=upload.person,
        file_name=upload.file_name,
        source=upload.source,
        state__in=_NOT_KEPT,
    )


def _follow_earlier(upload: Upload) -> None:
    """Have a file be read as the person said of its earlier try, unless it is of another kind."""
    earlier = _earlier(upload).exclude(mapping={}).order_by("-pk").first()
    if earlier and upload.kind in ("", earlier.kind):
        upload.kind, upload.mapping = earlier.kind, of_file(earlier.mapping)


def _give_way(upload: Upload, person: User) -> bool:
    found = Upload.objects.filter(pk=upload.pk, state__in=_NOT_KEPT)
    if not found.update(state=State.DISCARDED, reading=None):
        return False
    _record("file.discarded", upload, person)
    transaction.on_commit(lambda: path(upload).unlink(missing_ok=True))
    return True


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) < 9 else ""


@transaction.atomic
def read_anew(
    *, upload: Upload, kind: str, period: str, source: str, mapping: Mapping[str, object]
) -> None:
    """Have a file read in the way that a person says; raises NotNowError."""
    _move(
        upload,
        State.WAITING,
        kind=kind,
        period=period,
        source=source,
        mapping=mapping,
        reading=None,
        batch=None,
    )
    work.enqueue(upload.pk)


@transaction.atomic
def ask_to_keep(*, upload: Upload, person: User, replaces: bool, adds: bool = False) -> None:
    """Have a file kept as a batch; raises NotNowError.

    `adds` says that it may be added up with what its source has given of the same time; without
    that and `replaces` the person is asked where there is such by then.
    """
    _move(upload, State.KEEPING, kept_by=person, replaces=replaces, adds=adds)
    work.enqueue(upload.pk)


def discard(*, upload: Upload, person: User) -> None:
    """Throw a file away, which is not kept; raises NotNowError."""
    with transaction.atomic():
        _move(upload, State.DISCARDED, reading=None)
        _record("file.discarded", upload, person)
    path(upload).unlink(missing_ok=True)


def _move(upload: Upload, state: State, **values: object) -> None:
    """Claim the file for what is asked; of two people at once, the second is refused."""
    found = Upload.objects.filter(pk=upload.pk, state__in=SETTLED)
    if not found.update(state=state, tries=0, **values):
        raise NotNowError(upload.pk)


def _record(action: str, upload: Upload, person: User) -> None:
    record(
        person=person,
        municipality=upload.municipality.slug,
        action=action,
        touches=Touch.TOLD,
        subject=upload.file_name,
        after={"kind": upload.kind, "source": upload.source, "bytes": upload.size}
        if action == "file.received"
        else None,
    )
