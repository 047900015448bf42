"""Writing the audit trail: in the same transaction as what was done."""

import uuid
from enum import Enum, auto
from typing import Protocol

from katsaus.web.audit.models import Event, Version

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class Touch(Enum):
    """What of a municipality's data may be other than before: see audit.shelves."""

    NOTHING = auto()  # somebody has looked
    TOLD = auto()  # people, texts, notes, the states and values of a strategy
    STRATEGY = auto()  # what a strategy is made of, besides what is told
    ALL = auto()  # units and figures, besides all that


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
    touches: Touch = Touch.ALL,
) -> None:
    """Write down that a person (None: the system itself) did something in a municipality.

    `municipality` is its slug, `action` a word such as "batch.kept", `subject` what it was done to.
    What was computed before of the data that it `touches` is computed anew from now on.
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
    if municipality and touches is not Touch.NOTHING:
        _renew(municipality, touches)


def _renew(municipality: str, touches: Touch) -> None:
    new = uuid.uuid4().hex
    marks = {"mark": new}
    if touches in (Touch.STRATEGY, Touch.ALL):
        marks["strategy"] = new
    if touches is Touch.ALL:
        marks["figures"] = new
    # A row that others wait for: marks are seen in the order in which changes are committed.
    Version.objects.update_or_create(municipality=municipality, defaults=marks)
