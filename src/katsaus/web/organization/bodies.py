"""What a person does to governing bodies: add one, change one; files bring theirs by name."""

from collections.abc import Collection

from django.db import transaction

from katsaus.core.names import Names
from katsaus.core.organization import BodyKind
from katsaus.core.reorganization import Fault, FaultKind, RefusedError
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import models, queries
from katsaus.web.users.models import User

# How the names of councils and executive boards end; all other bodies are boards.
_ENDINGS = {
    BodyKind.COUNCIL: ("valtuusto", "fullmäktige"),
    BodyKind.EXECUTIVE_BOARD: ("kunnanhallitus", "kaupunginhallitus", "stadsstyrelsen"),
}


def kind_of(name: str) -> BodyKind:
    """Return what kind of body a name tells of."""
    text = name.casefold()
    return next((kind for kind, ends in _ENDINGS.items() if text.endswith(ends)), BodyKind.BOARD)


def ensure_bodies(
    municipality: models.Municipality, names: Collection[str]
) -> dict[str, models.GoverningBody]:
    """Return the bodies by their Finnish names; those that a file names first are made."""
    known = queries.bodies(municipality)
    models.GoverningBody.objects.bulk_create(
        models.GoverningBody(municipality=municipality, kind=kind_of(name), name_fi=name)
        for name in sorted(set(names) - {"", *known})
    )
    return queries.bodies(municipality)


@transaction.atomic
def keep_body(
    *,
    municipality: models.Municipality,
    kind: BodyKind,
    names: Names,
    body: models.GoverningBody | None = None,
    person: User | None = None,
) -> models.GoverningBody:
    """Add a governing body, or change the one given; raises RefusedError."""
    other = queries.bodies(municipality).get(names.fi)
    if other is not None and other != body:
        raise RefusedError([Fault("name_fi", FaultKind.NAME_TAKEN, names.fi)])
    before = body_state(body) if body else None
    kept = body or models.GoverningBody(municipality=municipality)
    kept.kind, kept.name_fi, kept.name_sv, kept.name_en = kind, names.fi, names.sv, names.en
    kept.save()
    if before != body_state(kept):
        record(
            person=person,
            municipality=municipality.slug,
            action="body.changed" if body else "body.added",
            subject=kept.name_fi,
            before=before,
            after=body_state(kept),
        )
    return kept


def body_state(body: models.GoverningBody) -> dict[str, Json]:
    """Return a governing body as the audit trail tells it."""
    return {
        "kind": str(body.kind),
        "name_fi": body.name_fi,
        "name_sv": body.name_sv,
        "name_en": body.name_en,
    }
