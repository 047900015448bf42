"""How a municipality gets its first person, who may then give others their roles."""

from django.db import transaction

from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from katsaus.web.users.use_cases import create_person

# Who begins alone: one gives others their accounts and roles, the other brings the files in.
FIRST_ROLES = (Role.ADMINISTRATOR, Role.CONTROLLER)


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
