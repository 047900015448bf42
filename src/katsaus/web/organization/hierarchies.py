"""What a person does to hierarchies: copy one to a new one, change its name or its date."""

from datetime import date

from django.db import transaction

from katsaus.core.reorganization import Fault, FaultKind, RefusedError
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import models, queries
from katsaus.web.users.models import User


@transaction.atomic
def copy_hierarchy(
    *, hierarchy: models.Hierarchy, name: str, valid_from: date | None, person: User | None = None
) -> models.Hierarchy:
    """Make a hierarchy in which every unit stands as in another; raises RefusedError."""
    owner = hierarchy.municipality
    _refuse_taken(owner, name, None)
    made = models.Hierarchy.objects.create(municipality=owner, name=name, valid_from=valid_from)
    places = hierarchy.placements.values_list("unit_id", "parent_id")
    models.Placement.objects.bulk_create(
        models.Placement(hierarchy=made, unit_id=unit, parent_id=parent) for unit, parent in places
    )
    record(
        person=person,
        municipality=owner.slug,
        action="hierarchy.added",
        subject=name,
        after={**hierarchy_state(made), "copy_of": hierarchy.name},
    )
    return made


@transaction.atomic
def change_hierarchy(
    *, hierarchy: models.Hierarchy, name: str, valid_from: date | None, person: User | None = None
) -> None:
    """Give a hierarchy another name or date; raises RefusedError."""
    _refuse_taken(hierarchy.municipality, name, hierarchy)
    before = hierarchy_state(hierarchy)
    hierarchy.name, hierarchy.valid_from = name, valid_from
    hierarchy.save()
    if before != hierarchy_state(hierarchy):
        record(
            person=person,
            municipality=hierarchy.municipality.slug,
            action="hierarchy.changed",
            subject=name,
            before=before,
            after=hierarchy_state(hierarchy),
        )


def from_year(
    municipality: models.Municipality, year: int, person: User | None
) -> tuple[models.Hierarchy, bool]:
    """Return the hierarchy that begins in a year, a copy of the one before where none does.

    The second value says whether it was made now. Raises RefusedError before the first one.
    """
    found = queries.in_force(municipality, date(year, 12, 31))[0]
    first = found.valid_from.year if found.valid_from else None
    if first == year:
        return found, False
    if first is not None and first > year:
        raise RefusedError([Fault("year", FaultKind.BEFORE_ALL, str(first))])
    begins = date(year, 1, 1)
    name = f"{begins.day}.{begins.month}.{year}"
    return copy_hierarchy(hierarchy=found, name=name, valid_from=begins, person=person), True


def _refuse_taken(
    municipality: models.Municipality, name: str, own: models.Hierarchy | None
) -> None:
    other = models.Hierarchy.objects.filter(municipality=municipality, name=name).first()
    if other is not None and other != own:
        raise RefusedError([Fault("name", FaultKind.NAME_TAKEN, name)])


def hierarchy_state(hierarchy: models.Hierarchy) -> dict[str, Json]:
    """Return a hierarchy as the audit trail tells it."""
    begins = hierarchy.valid_from
    return {"name": hierarchy.name, "valid_from": begins.isoformat() if begins else ""}
