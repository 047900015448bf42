"""Four people import at once, two of them the same postings: each is kept whole and once."""

from pathlib import Path

from installations import complaints

PROGRAM = Path(__file__).with_name("importing_at_once.py")


def test_people_importing_at_once_wait_for_each_other(tmp_path: Path) -> None:
    assert complaints(PROGRAM, tmp_path) == ""
