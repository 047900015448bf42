"""What the administrator does to people: give them an account."""

from django.db import transaction

from katsaus.web.audit.use_cases import record
from katsaus.web.users.models import User


@transaction.atomic
def create_person(
    *, by: User | None, username: str, name: str, password: str | None, email: str = ""
) -> User:
    """Give a person an account; without a password they come by the identity provider only.

    `by` is None when a command does it. Raises IntegrityError when the user name is taken.
    """
    person = User.objects.create_user(username, email, password, first_name=name)
    record(
        person=by,
        municipality="",
        action="person.created",
        subject=person.username,
        after={"name": name, "email": email},
    )
    return person
