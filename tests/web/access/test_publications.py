"""Which reports anyone may read, also of a database that was shaped by an earlier version."""

from pathlib import Path

from installations import complaints

PROGRAM = Path(__file__).with_name("publishing_before.py")


def test_what_was_published_before_its_row_moved_is_published_after(tmp_path: Path) -> None:
    assert complaints(PROGRAM, tmp_path) == ""
