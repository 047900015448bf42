"""Two administrators at one moment: one of them is always left, and a person is added once."""

from pathlib import Path

from installations import complaints

PROGRAM = Path(__file__).with_name("people_at_once.py")


def test_administrators_acting_at_once_wait_for_each_other(tmp_path: Path) -> None:
    assert complaints(PROGRAM, tmp_path) == ""
