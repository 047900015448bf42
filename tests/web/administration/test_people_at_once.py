"""Two administrators at one moment: one of them is always left, and a person is added once."""

import subprocess
import sys
from pathlib import Path

from installations import environment

PROGRAM = Path(__file__).with_name("people_at_once.py")


def test_administrators_acting_at_once_wait_for_each_other(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
