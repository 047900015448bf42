"""The example municipality, loaded once a run through the importers that users have."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from katsaus.cli import demo
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        demo.load()


@pytest.fixture(scope="session", autouse=True)
def _static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Collect them in a folder of this process: two at once in one folder disturb each other."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@pytest.fixture
def kemi(db: None) -> Municipality:
    return Municipality.objects.get(slug="kemi")


@pytest.fixture(autouse=True)
def _empty_shelves() -> Iterator[None]:
    """A test may change rows past the use cases, and what it changed is taken back after it."""
    shelves.empty()
    yield
    shelves.empty()
