"""A crash at any point of an import leaves the whole batch or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from installations import environment, prepare

SCRIPT = Path(__file__).with_name("killed_import.py")


@pytest.mark.parametrize("kind", ["postings", "budget"])
def test_an_import_killed_after_any_line_leaves_all_or_nothing(kind: str, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    ended = subprocess.run(
        [sys.executable, SCRIPT, kind, tmp_path],
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 40
