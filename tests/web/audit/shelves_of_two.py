"""One process keeps a statement while another brings in postings; test_shelves runs it."""

import os
import sys
from pathlib import Path
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
sys.path.insert(0, str(Path(__file__).parents[2]))  # the tests, whose small town this uses
django.setup()

from django.conf import settings  # noqa: E402 - needs the settings

from katsaus.ledger.importers import Kind  # noqa: E402
from web.imports.imports_at_once import keep_together, written  # noqa: E402
from web.imports.small_town import POSTINGS, Town  # noqa: E402


def run(folder: Path) -> None:
    town = Town.found("tornio", folder)
    town.post("11;4000;5.1.2023;-1,00;;")
    assert town.value("actual_2023_06") == -1
    with mock.patch("katsaus.web.finance.queries.compute", None):  # what is kept is not computed
        assert town.value("actual_2023_06") == -1
    file = written(folder, "second.csv", POSTINGS + "11;4000;6.1.2023;-2,00;;\n")
    keep_together(town, Kind.POSTINGS, [file])
    assert town.value("actual_2023_06") == -3


if __name__ == "__main__":
    run(Path(settings.DATA))
