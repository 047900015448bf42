"""Files that are not settled, as the lines of a list: what each waits for, in a few words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.ledger.importers import Kind
from katsaus.web.imports import queries
from katsaus.web.imports.lines import kind_word
from katsaus.web.imports.messages import count
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.readings import Seen, seen
from katsaus.web.imports.uploads import SETTLED
from katsaus.web.organization.models import Municipality


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is not settled, with its kind and state in words; a busy one is let be."""

    upload: Upload
    kind: str
    state: str
    can_discard: bool


def open_files(municipality: Municipality) -> list[OpenFile]:
    """Return the files that are neither kept nor discarded, the newest first. Two queries."""
    uploads = list(queries.open_uploads(municipality))
    results = {each.pk: seen(each.reading) for each in uploads if each.reading}
    hashes = {result.file_hash for result in results.values()}
    same = queries.same_batches(municipality, hashes, {each.batch_id for each in uploads})
    return [
        OpenFile(
            each,
            kind_word(each.kind),
            _state(each, results.get(each.pk), same),
            each.state in SETTLED,
        )
        for each in uploads
    ]


def _state(upload: Upload, result: Seen | None, same: queries.Same) -> str:
    """Return how far a file has come, and of one that was read what came of it."""
    if result is None or upload.state != State.READ:
        return str(State(upload.state).label)
    if result.is_no_table:
        return _("cannot be read")
    if result.is_of_unknown_kind:
        return _("say what it holds")
    if result.is_blocked:
        return _("faults %s") % count(result.faults)
    if batch := same.get((upload.kind, result.file_hash)) or same.get(
        (upload.kind, upload.batch_id)
    ):
        return _("kept already as batch %s") % batch
    if upload.kind == Kind.FORECASTS and not upload.period:
        return _("say which period it is of")
    return _("ready to be kept")
