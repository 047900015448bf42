"""The audit trail can be added to and read, and nothing else, whoever asks the database."""

import pytest
from django.db import DatabaseError, transaction

from katsaus.web.audit.models import Event
from katsaus.web.audit.use_cases import record


@pytest.fixture
def event(db: None) -> Event:
    record(person=None, municipality="kemi", action="batch.kept", subject="talousarvio.csv")
    return Event.objects.latest("id")


def test_an_event_cannot_be_changed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(subject="muu")
    event.refresh_from_db()
    assert event.subject == "talousarvio.csv"


def test_an_event_cannot_be_removed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_saved_event_cannot_be_saved_again(event: Event) -> None:
    event.person_name = "toinen"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()


def test_what_is_not_done_leaves_no_event(db: None) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        record(person=None, municipality="kemi", action="batch.kept", subject="x")
        transaction.set_rollback(True)
    assert Event.objects.count() == before
