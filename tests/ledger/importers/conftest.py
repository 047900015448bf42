"""The desk of each test."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ledger.importers.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        yield Desk(connection, tmp_path)
