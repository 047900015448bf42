"""What the administrator does to people's accounts; whether they may is asked in access.

Each function takes the slug of the municipality in whose audit trail it stands; `by` is None when
a command does it.
"""

import secrets
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.users.models import User
from katsaus.web.users.sessions import end_sessions

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud


class TakenUsernameError(ValueError):
    """Another person has the user name, perhaps in letters of another case."""


class TakenEmailError(ValueError):
    """Another person has the e-mail address, perhaps in letters of another case."""


@transaction.atomic
def create_person(
    *,
    by: User | None,
    username: str,
    name: str,
    password: str | None,
    email: str = "",
    municipality: str = "",
) -> User:
    """Give a person an account; without a password they come by the identity provider only.

    Raises TakenUsernameError and TakenEmailError.
    """
    try:
        with transaction.atomic():
            person = User.objects.create_user(username, email, password, first_name=name)
    except IntegrityError:
        if User.objects.filter(username__iexact=username).exists():
            raise TakenUsernameError(username) from None
        raise TakenEmailError(email) from None
    _record("person.created", by, person, [municipality], after={"name": name, "email": email})
    return person


@transaction.atomic
def change_person(*, by: User, person: User, municipality: str, name: str, email: str) -> bool:
    """Change a person's name and e-mail address; return whether anything changed.

    Raises TakenEmailError.
    """
    before: Json = {"name": person.get_full_name(), "email": person.email}
    after: Json = {"name": name, "email": email}
    if before == after:
        return False
    person.first_name, person.last_name, person.email = name, "", email
    try:
        with transaction.atomic():
            person.save(update_fields=["first_name", "last_name", "email"])
    except IntegrityError:
        raise TakenEmailError(email) from None
    _record("person.changed", by, person, [municipality], before, after)
    return True


@transaction.atomic
def set_active(*, by: User, person: User, municipality: str, is_active: bool) -> None:
    """Take a person's account out of use, or in use again; out of use ends their sessions."""
    if person.is_active == is_active:
        return
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    if not is_active:
        end_sessions(person)
    action = "person.activated" if is_active else "person.deactivated"
    _record(action, by, person, [municipality])


@transaction.atomic
def give_password(*, by: User | None, person: User, municipalities: Iterable[str]) -> str:
    """Give a person a random password, which they must change; ends their sessions.

    The password is returned and nowhere kept, so it can be shown once.
    """
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person)
    _record("password.given", by, person, municipalities)
    return password


@transaction.atomic
def remove_second_factor(
    *, by: User | None, person: User, municipalities: Iterable[str], reason: str
) -> None:
    """Remove a person's authenticator app, passkeys and recovery codes; ends their sessions."""
    removed = Authenticator.objects.filter(user=person)
    kinds = sorted(set(removed.values_list("type", flat=True)))
    removed.delete()
    end_sessions(person)
    before: Json = {"second_factor": [*kinds]}
    _record("second_factor.removed", by, person, municipalities, before, {"reason": reason})


def _record(
    action: str,
    by: User | None,
    person: User,
    municipalities: Iterable[str],
    before: Json = None,
    after: Json = None,
) -> None:
    """Write down in the trail of each municipality what was done to a person."""
    for municipality in municipalities:
        record(
            person=by,
            municipality=municipality,
            action=action,
            touches=Touch.TOLD,
            subject=person.username,
            before=before,
            after=after,
        )
