"""Reading the audit trail: by person, by action, by day, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone

from katsaus.web.audit.models import Event, Version


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; what is left out does not narrow. The last day is included."""

    person: int | None = None
    action: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an event changed: the path to it in the trail, and how it was and became."""

    path: tuple[str, ...]
    before: str
    after: str


def events(municipality: str, wanted: Wanted) -> QuerySet[Event]:
    """Return a municipality's events, the newest first; `municipality` is its slug."""
    found = Event.objects.filter(municipality=municipality)
    if wanted.person is not None:
        found = found.filter(person_id=wanted.person)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.first_on:
        found = found.filter(at__gte=_midnight(wanted.first_on))
    if wanted.last_on:
        found = found.filter(at__lt=_midnight(wanted.last_on + timedelta(days=1)))
    return found


def marks(municipality: str) -> tuple[str, str, str]:
    """Return a municipality's mark, which each change renews, of its strategies, of its figures.

    They are empty where nothing was recorded.
    """
    found = Version.objects.filter(municipality=municipality)
    return found.values_list("mark", "strategy", "figures").first() or ("", "", "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_current_timezone())


def people(municipality: str) -> list[tuple[int, str]]:
    """Return the numbers and names of those who did something, by name; the last name counts."""
    found = Event.objects.filter(municipality=municipality, person_id__isnull=False)
    pairs = found.order_by("id").values_list("person_id", "person_name")
    names = {number: name for number, name in pairs.distinct() if number is not None}
    return sorted(names.items(), key=lambda each: each[1].casefold())


def actions(municipality: str) -> list[str]:
    """Return the actions that the trail knows, in the order of the alphabet."""
    found = Event.objects.filter(municipality=municipality).order_by("action")
    return list(found.values_list("action", flat=True).distinct())


def changes(before: object, after: object) -> list[Change]:
    """Return what differs between two states of a thing, by part; a database keeps no order."""
    old, new = dict(_parts(before)), dict(_parts(after))
    return [
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in sorted({*old, *new})
        if old.get(path, "") != new.get(path, "")
    ]


def _parts(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _parts(each, (*path, str(key)))
    elif isinstance(value, list):
        yield path, ", ".join(str(each) for each in value)
    elif value is not None:
        yield path, str(value)
