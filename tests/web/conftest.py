"""The example municipality, loaded once a run through the importers that users have."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        demo.load()


@pytest.fixture
def kemi(db: None) -> Municipality:
    return Municipality.objects.get(slug="kemi")
