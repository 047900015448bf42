"""Every test run has a data folder of its own; the database of the tests is in it."""

import os
import tempfile

os.environ["KATSAUS_DATA"] = tempfile.mkdtemp(prefix="katsaus-tests-")
