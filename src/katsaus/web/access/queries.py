"""Who has roles in a municipality, and what binds them to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from katsaus.web.users.second_factor import with_second_factor


@dataclass(frozen=True, slots=True)
class Person:
    """A person with their roles in one municipality; what they are elsewhere is not told."""

    user: User
    memberships: tuple[Membership, ...]
    has_second_factor: bool


def people(municipality: Municipality) -> list[Person]:
    """Return those who have a role in the municipality, by name, those out of use last."""
    found = User.objects.filter(memberships__municipality=municipality).distinct()
    return sorted(_people(found, municipality), key=_place)


def _people(found: QuerySet[User], municipality: Municipality) -> list[Person]:
    own = Membership.objects.filter(municipality=municipality).select_related("unit")
    users = list(found.prefetch_related(Prefetch("memberships", own.order_by("pk"))))
    secured = with_second_factor(users)
    return [Person(each, tuple(each.memberships.all()), each.pk in secured) for each in users]


def _place(person: Person) -> tuple[bool, str, str]:
    user = person.user
    return (not user.is_active, user.shown_name.casefold(), user.username)


def person(municipality: Municipality, pk: int) -> Person | None:
    """Return a person who has a role in the municipality; None for anyone else."""
    found = User.objects.filter(memberships__municipality=municipality, pk=pk).distinct()
    return next(iter(_people(found, municipality)), None)


def of_username(municipality: Municipality, username: str) -> User | None:
    """Return who has a role in the municipality and the user name, whatever its letters' case."""
    found = User.objects.filter(username__iexact=username, memberships__municipality=municipality)
    return found.first()


def has_email(municipality: Municipality, email: str) -> bool:
    """Whether somebody with a role in the municipality has the address."""
    found = User.objects.filter(email__iexact=email, memberships__municipality=municipality)
    return found.exists()


def is_elsewhere(person: User, municipality: Municipality) -> bool:
    """Whether the person has a role in another municipality too."""
    return Membership.objects.filter(user=person).exclude(municipality=municipality).exists()


def is_last_administrator(person: User, municipality: Municipality) -> bool:
    """Whether nobody else whose account is in use is the municipality's administrator."""
    administrators = Membership.objects.filter(
        municipality=municipality, role=Role.ADMINISTRATOR, user__is_active=True
    )
    return set(administrators.values_list("user", flat=True)) == {person.pk}


def roles(person: User, municipality: Municipality) -> Sequence[Membership]:
    """Return a person's roles in the municipality."""
    found = Membership.objects.filter(user=person, municipality=municipality)
    return list(found.select_related("unit").order_by("pk"))
