"""Files that the command reads, and that it writes: whole, or not at all."""

import errno
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from katsaus.cli.console import complain


def refuse_unreadable(file: Path) -> None:
    """End with a message where a file is not there, is a folder or may not be read."""
    try:
        if file.is_dir():
            complain(
                _("%(file)s: this is a folder. Name its files, such as: %(file)s/*")
                % {"file": file}
            )
        if not file.is_file():  # nor is it a pipe, which could be read only once
            complain(
                _("%(file)s: there is no such file. Check the name and the folder.")
                % {"file": file}
            )
        file.open("rb").close()
    except OSError as error:
        complain(_sentence(error, file))


def write_file(target: Path, content: bytes) -> None:
    """Write a file under another name and rename it; one that has the content is let be."""
    draft = target.with_name(f".{target.name}.draft")
    try:
        if target.is_file() and target.read_bytes() == content:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):  # the folder may be a file
            draft.unlink(missing_ok=True)
        complain(_sentence(error, target))


def _sentence(error: OSError, file: Path) -> str:
    """Return why a file cannot be read or written, and what to do."""
    match error:
        case IsADirectoryError():
            words = _("%(file)s: this is a folder. Name a file.")
        case FileExistsError() | NotADirectoryError():
            words = _("%(file)s: a part of the path is a file and no folder. Check the path.")
        case OSError(errno=errno.EACCES | errno.EPERM | errno.EROFS):
            words = _("%(file)s: you have no right to it. Get the right, or choose another place.")
        case _:
            words = _("%(file)s: the file cannot be read or written (%(reason)s).")
    return words % {"file": file, "reason": error.strerror}
