"""What the administrator of a municipality does to its people: their roles and their way in.

A person may belong to several municipalities. Each changes the roles in itself only, and only that
which a person belongs to alone may touch their account: otherwise the administrator of one could
come in as somebody of the other.
"""

from collections.abc import Iterable

from django.db import transaction

from katsaus.web.access.models import Membership
from katsaus.web.access.queries import (
    is_elsewhere,
    is_last_administrator,
    of_username,
    roles,
)
from katsaus.web.access.rules import OVER_UNIT, Role
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.users import use_cases as accounts
from katsaus.web.users.models import User


class RefusedError(ValueError):
    """What cannot be done to a person or a role; each kind below says why."""


class ForeignUnitError(RefusedError):
    """The unit belongs to another municipality than the role."""


class UnitNeededError(RefusedError):
    """The role is over a unit, and none was given."""


class NoUnitError(RefusedError):
    """The role is over the whole municipality, and a unit was given."""


class LastAdministratorError(RefusedError):
    """Nobody would be left to give roles."""


class LastRoleError(RefusedError):
    """A person without a role would belong to nobody: they are taken out of use instead."""


class ElsewhereError(RefusedError):
    """The person belongs to another municipality too, so their account is not only ours."""


class AlreadyHereError(RefusedError):
    """The user name is that of a person who has a role in the municipality; `person` is who."""

    def __init__(self, person: User) -> None:
        super().__init__(person.username)
        self.person = person


class KnownElsewhereError(RefusedError):
    """There is an account of the user name, and nobody said that it is the right person."""


class OwnAccountError(RefusedError):
    """People change their own password and second factor themselves, knowing the old ones."""


@transaction.atomic
def give_role(
    *, by: User | None, person: User, municipality: Municipality, role: Role, unit: Unit | None
) -> bool:
    """Give a person a role over a unit, or over the whole municipality without one.

    A role that the person has already stays as it is; returns whether it is new. `by` is None when
    a command does it. Raises ForeignUnitError, UnitNeededError, NoUnitError.
    """
    _check_unit(municipality, role, unit)
    membership, is_new = Membership.objects.get_or_create(
        user=person, municipality=municipality, role=role, unit=unit
    )
    if is_new:
        record(
            person=by,
            municipality=municipality.slug,
            action="role.given",
            touches=Touch.TOLD,
            subject=person.username,
            after=_said(membership),
        )
    return is_new


def _check_unit(municipality: Municipality, role: Role, unit: Unit | None) -> None:
    if unit is not None and unit.municipality_id != municipality.pk:
        raise ForeignUnitError(unit.code)
    if unit is None and role in OVER_UNIT:
        raise UnitNeededError(role)
    if unit is not None and role not in OVER_UNIT:
        raise NoUnitError(role)


def _said(membership: Membership) -> Json:
    return {"role": membership.role, "unit": membership.unit.code if membership.unit else None}


@transaction.atomic
def take_role(*, by: User, membership: Membership) -> None:
    """Take a role from a person; one that is gone already is no matter.

    Raises LastAdministratorError and LastRoleError.
    """
    person, municipality = membership.user, membership.municipality
    _lock(person, municipality)
    own = roles(person, municipality)
    if membership.pk not in {each.pk for each in own}:
        return
    is_administrator = membership.role == Role.ADMINISTRATOR
    if is_administrator and is_last_administrator(person, municipality):
        raise LastAdministratorError(person.username)
    if len(own) == 1 and not is_elsewhere(person, municipality):
        raise LastRoleError(person.username)
    Membership.objects.filter(pk=membership.pk).delete()
    record(
        person=by,
        municipality=municipality.slug,
        action="role.taken",
        touches=Touch.TOLD,
        subject=person.username,
        before=_said(membership),
    )


@transaction.atomic
def add_person(
    *,
    by: User,
    municipality: Municipality,
    username: str,
    name: str,
    email: str,
    role: Role,
    unit: Unit | None,
    is_known: bool,
) -> tuple[User, bool]:
    """Give the first role to the person of that user name, who gets an account if there is none.

    The account of somebody who is not of the municipality yet is taken only where `is_known` says
    that it is the right person's; the name and the address of it stay. Returns the person and
    whether the account is new. Raises what give_role does, AlreadyHereError, KnownElsewhereError,
    TakenEmailError, and TakenUsernameError for a name that is there in letters of another case.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    username = User.normalize_username(username)
    if here := of_username(municipality, username):
        raise AlreadyHereError(here)
    person = User.objects.filter(username=username).first()
    is_new = person is None
    if person is None:
        slug = municipality.slug
        person = accounts.create_person(
            by=by, username=username, name=name, password=None, email=email, municipality=slug
        )
    give_role(by=by, person=person, municipality=municipality, role=role, unit=unit)
    if not is_new and not is_known:
        raise KnownElsewhereError(username)  # last: a role with a fault of its own tells of nobody
    return person, is_new


@transaction.atomic
def record_told(*, by: User, municipality: Municipality, names: Iterable[str]) -> None:
    """Write down that somebody was told of accounts outside the municipality.

    `names` are the user names or e-mail addresses that were asked for: of one that is not given a
    role nothing else stays, and whoever tries names on is seen in the trail.
    """
    for name in names:
        record(
            person=by,
            municipality=municipality.slug,
            action="person.told",
            touches=Touch.NOTHING,
            subject=name,
        )


@transaction.atomic
def change_person(
    *, by: User, person: User, municipality: Municipality, name: str, email: str
) -> bool:
    """Change a person's name and address; return whether anything changed.

    Raises ElsewhereError and TakenEmailError.
    """
    _check_is_ours(person, municipality)
    return accounts.change_person(
        by=by, person=person, municipality=municipality.slug, name=name, email=email
    )


@transaction.atomic
def give_password(*, by: User, person: User, municipality: Municipality) -> str:
    """Give a person a password to be changed, and return it; ends their sessions.

    Raises OwnAccountError and ElsewhereError.
    """
    _check_is_anothers(by, person)
    _check_is_ours(person, municipality)
    return accounts.give_password(by=by, person=person, municipalities=[municipality.slug])


@transaction.atomic
def remove_second_factor(
    *, by: User, person: User, municipality: Municipality, reason: str
) -> None:
    """Remove a second factor that a person has lost; ends their sessions.

    Raises OwnAccountError and ElsewhereError.
    """
    _check_is_anothers(by, person)
    _check_is_ours(person, municipality)
    accounts.remove_second_factor(
        by=by, person=person, municipalities=[municipality.slug], reason=reason
    )


@transaction.atomic
def let_in_again(*, person: User, removes_second_factor: bool, reason: str) -> str:
    """Give a person of whichever municipalities a password to be changed, and return it.

    For whoever keeps the service: an administrator of one municipality may not do this to a person
    who has roles in another too. It is told in the trail of each of them, and of a person without
    roles under no municipality.
    """
    User.objects.select_for_update().get(pk=person.pk)
    slugs = Municipality.objects.filter(memberships__user=person).values_list("slug", flat=True)
    places = sorted(set(slugs)) or [""]
    if removes_second_factor:
        accounts.remove_second_factor(by=None, person=person, municipalities=places, reason=reason)
    return accounts.give_password(by=None, person=person, municipalities=places)


@transaction.atomic
def set_active(*, by: User, person: User, municipality: Municipality, is_active: bool) -> None:
    """Take a person out of use, or in use again.

    Raises OwnAccountError, ElsewhereError and LastAdministratorError.
    """
    _check_is_anothers(by, person)
    _check_is_ours(person, municipality)
    if not is_active and is_last_administrator(person, municipality):
        raise LastAdministratorError(person.username)
    accounts.set_active(by=by, person=person, municipality=municipality.slug, is_active=is_active)


def _check_is_anothers(by: User, person: User) -> None:
    if by == person:
        raise OwnAccountError(person.username)


def _check_is_ours(person: User, municipality: Municipality) -> None:
    _lock(person, municipality)
    person.refresh_from_db()
    if is_elsewhere(person, municipality):
        raise ElsewhereError(person.username)


def _lock(person: User, municipality: Municipality) -> None:
    """Have others who would change the same people wait until this is done."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    User.objects.select_for_update().get(pk=person.pk)
