"""Administrators who act at one moment; run by test_people_at_once in a data folder of its own."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.db import connection  # noqa: E402 - needs the settings

from katsaus.web.access.models import Membership  # noqa: E402
from katsaus.web.access.rules import Role  # noqa: E402
from katsaus.web.access.use_cases import (  # noqa: E402
    RefusedError,
    add_person,
    give_role,
    set_active,
    take_role,
)
from katsaus.web.audit.models import Event  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.organization.use_cases import ensure_municipality  # noqa: E402
from katsaus.web.users.models import User  # noqa: E402

ROUNDS = 5


def at_once(acts: Sequence[Callable[[], object]]) -> int:
    """Do all at the same moment; return how many were refused."""
    gate = Barrier(len(acts))

    def do(act: Callable[[], object]) -> bool:
        try:
            gate.wait(30)
            act()
        except RefusedError:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(len(acts)) as threads:
        return sum(threads.map(do, acts))


def administrators(kemi: Municipality) -> list[User]:
    """Return two people who alone are administrators, and readers too."""
    Membership.objects.filter(municipality=kemi).delete()
    found = [User.objects.get_or_create(username=name)[0] for name in ("aino", "bertta")]
    for person in found:
        for role in (Role.ADMINISTRATOR, Role.READER):
            give_role(by=None, person=person, municipality=kemi, role=role, unit=None)
    return found


def each_takes_the_others_role(kemi: Municipality) -> None:
    people = administrators(kemi)
    roles = [person.memberships.get(role=Role.ADMINISTRATOR) for person in people]
    acts = [
        partial(take_role, by=by, membership=role)
        for by, role in zip(people, reversed(roles), strict=True)
    ]
    assert at_once(acts) == 1
    assert Membership.objects.filter(municipality=kemi, role=Role.ADMINISTRATOR).count() == 1


def each_takes_the_other_out_of_use(kemi: Municipality) -> None:
    aino, bertta = administrators(kemi)
    acts = [
        partial(set_active, by=aino, person=bertta, municipality=kemi, is_active=False),
        partial(set_active, by=bertta, person=aino, municipality=kemi, is_active=False),
    ]
    assert at_once(acts) == 1
    assert User.objects.filter(is_active=True, username__in=("aino", "bertta")).count() == 1
    User.objects.update(is_active=True)


def both_add_the_same_person(kemi: Municipality, username: str) -> None:
    people = administrators(kemi)
    acts = [
        partial(
            add_person,
            by=by,
            municipality=kemi,
            username=username,
            name="Sihteeri",
            email=f"{username}@example.fi",
            role=Role.READER,
            unit=None,
            is_known=False,
        )
        for by in people
    ]
    assert at_once(acts) == 1
    assert Membership.objects.filter(user__username=username).count() == 1
    assert Event.objects.filter(subject=username, action="person.created").count() == 1


def main() -> None:
    kemi = ensure_municipality(slug_or_number="kemi")
    for number in range(ROUNDS):
        each_takes_the_others_role(kemi)
        each_takes_the_other_out_of_use(kemi)
        both_add_the_same_person(kemi, f"eeva{number}")


if __name__ == "__main__":
    main()
