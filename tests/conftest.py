"""Every process of a test run has a data folder of its own, for its database and its ledger."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest
from django.conf import settings

_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _IS_WORKER:
    # What the processes of the run share, and all that they keep.
    os.environ["KATSAUS_TESTS"] = tempfile.mkdtemp(prefix="katsaus-tests-")
os.environ["KATSAUS_DATA"] = tempfile.mkdtemp(dir=os.environ["KATSAUS_TESTS"])
os.environ["DJANGO_SETTINGS_MODULE"] = "katsaus.web.settings"
# Playwright keeps an event loop in the process of the browser tests, and Django would not work
# beside it, though nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()
# A worker of a parallel run has read the settings before it comes here, with its parent's folder.
settings.DATA = Path(os.environ["KATSAUS_DATA"])
settings.LEDGER = settings.DATA / "ledger"
settings.COMPUTED = settings.DATA / "computed"
# Files by their plain names, and looked for only when one is asked for, since each test's browser
# begins anew; the browser tests serve the hashed ones that users get.
_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT = None
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
settings.STORAGES = {**settings.STORAGES, "staticfiles": _PLAIN}
settings.PASSWORD_HASHERS = ["hashing.QuickArgon2", *settings.PASSWORD_HASHERS[1:]]


def pytest_report_header() -> str:
    """Say which database the run is on."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_finish() -> None:
    """Set aside what is loaded, which looking for garbage would go through again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind: the workers have ended before."""
    gc.unfreeze()  # DuckDB complains at the end of what it has there
    if not _IS_WORKER:
        shutil.rmtree(os.environ["KATSAUS_TESTS"], ignore_errors=True)
