"""The example municipality, as the importers that users have brought it in, once a run."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

import installations
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Have the database of the tests begin as a copy of the example's, which has its shape."""
    loaded = installations.loaded()
    shutil.copytree(loaded, settings.DATA, dirs_exist_ok=True)
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if installations.ON_POSTGRESQL:
        connection.settings_dict["TEST"]["TEMPLATE"] = installations.database_name(loaded)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Fill the database where it lies in memory."""
    if not installations.ON_POSTGRESQL:
        with django_db_blocker.unblock(), closing(_example()) as example:
            connection.ensure_connection()
            example.backup(connection.connection)


def _example() -> sqlite3.Connection:
    return sqlite3.connect(installations.loaded() / "katsaus.sqlite3")


@pytest.fixture
def kemi(db: None) -> Municipality:
    return Municipality.objects.get(slug="kemi")


@pytest.fixture(autouse=True)
def _empty_shelves() -> Iterator[None]:
    """A test may change rows past the use cases, and what it changed is taken back after it."""
    shelves.empty()
    yield
    shelves.empty()
