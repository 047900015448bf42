"""The pages' static files are collected once; the setup code is made anew for each test."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from katsaus.web.users import setup_code


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture
def code(db: None) -> Iterator[str]:
    """Return the setup code of an installation that has nobody yet."""
    made = setup_code.prepare()
    assert made
    yield made
    setup_code.path().unlink(missing_ok=True)
