"""What the administrator does to roles: give one."""

from django.db import transaction

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.use_cases import record
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.users.models import User


class ForeignUnitError(ValueError):
    """The unit belongs to another municipality than the role."""


@transaction.atomic
def give_role(
    *, by: User | None, person: User, municipality: Municipality, role: Role, unit: Unit | None
) -> Membership:
    """Give a person a role over a unit, or over the whole municipality without one.

    A role that the person has already stays as it is. `by` is None when a command does it.
    Raises ForeignUnitError.
    """
    if unit is not None and unit.municipality_id != municipality.pk:
        raise ForeignUnitError(unit.code)
    membership, is_new = Membership.objects.get_or_create(
        user=person, municipality=municipality, role=role, unit=unit
    )
    if is_new:
        record(
            person=by,
            municipality=municipality.slug,
            action="role.given",
            subject=person.username,
            after={"role": role.value, "unit": unit.code if unit else None},
        )
    return membership
