"""The example municipality, loaded once a run through the importers that users have."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from katsaus.cli import demo
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        demo.load()


@pytest.fixture
def kemi(db: None) -> Municipality:
    return Municipality.objects.get(slug="kemi")


@pytest.fixture(autouse=True)
def _empty_shelves() -> Iterator[None]:
    """A test may change rows past the use cases, and what it changed is taken back after it."""
    shelves.empty()
    yield
    shelves.empty()
