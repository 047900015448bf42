"""Files that the command writes: whole, or not at all."""

from contextlib import suppress
from pathlib import Path

from katsaus.cli.console import complain


def write_file(target: Path, content: bytes) -> None:
    """Write a file under another name and rename it; one that has the content is let be."""
    if target.is_file() and target.read_bytes() == content:
        return
    draft = target.with_name(f".{target.name}.draft")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):  # the folder may be a file
            draft.unlink(missing_ok=True)
        complain(f"{target}: {error.strerror}")
