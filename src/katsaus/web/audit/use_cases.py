"""Writing the audit trail: in the same transaction as what was done."""

import uuid
from typing import Protocol

from katsaus.web.audit.models import Event, Version

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class Person(Protocol):
    """A signed-in person, as the trail knows one."""

    @property
    def pk(self) -> int:
        """The person's number."""

    @property
    def shown_name(self) -> str:
        """The person's name."""


def record(
    *,
    person: Person | None,
    municipality: str,
    action: str,
    subject: str,
    before: Json = None,
    after: Json = None,
    is_look: bool = False,
) -> None:
    """Write down that a person (None: the system itself) did something in a municipality.

    `municipality` is its slug, `action` a word such as "batch.kept", `subject` what it was done to.
    Unless it `is_look`, which changes nothing, what was computed of the municipality's data before
    is computed anew from now on: see audit.shelves.
    """
    Event.objects.create(
        person_id=person.pk if person else None,
        person_name=person.shown_name if person else "",
        municipality=municipality,
        action=action,
        subject=subject[:200],
        before=before,
        after=after,
    )
    if municipality and not is_look:
        # A row that others wait for: marks are seen in the order in which changes are committed.
        Version.objects.update_or_create(
            municipality=municipality, defaults={"mark": uuid.uuid4().hex}
        )
