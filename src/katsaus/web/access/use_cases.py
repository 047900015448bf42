"""What is done to roles: the administrator gives one, the first person takes two."""

from django.db import transaction

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.use_cases import record
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from katsaus.web.users.use_cases import create_person

# Who begins alone: one gives others their accounts and roles, the other brings the files in.
FIRST_ROLES = (Role.ADMINISTRATOR, Role.CONTROLLER)


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


@transaction.atomic
def begin(
    *, username: str, name: str, password: str | None, slug_or_number: str
) -> tuple[User, Municipality]:
    """Have a person begin a municipality as its administrator and its controller.

    Both are made where they are not there yet; a person who is there keeps their password.
    Raises UnknownMunicipalityError.
    """
    person = User.objects.filter(username=username).first()
    person = person or create_person(by=None, username=username, name=name, password=password)
    place = ensure_municipality(slug_or_number=slug_or_number, person=person)
    for role in FIRST_ROLES:
        give_role(by=person, person=person, municipality=place, role=role, unit=None)
    return person, place
