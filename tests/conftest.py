"""Every process of a test run has a data folder of its own; the database of the tests is in it."""

import os
import tempfile

# Here and not in pyproject.toml: there pytest-django would read the settings before this is set.
os.environ["KATSAUS_DATA"] = tempfile.mkdtemp(prefix="katsaus-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "katsaus.web.settings"
