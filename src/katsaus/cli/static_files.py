"""The files that pages load: hashed and compressed once for each version of them."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    """Make the static files of the data folder anew, unless they are made of the same ones.

    Compressing takes seconds. What was cut short is begun again, for the mark comes last.
    """
    mark, version = settings.STATIC_ROOT / "version", _version()
    if mark.exists() and mark.read_text("utf-8") == version:
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(version, "utf-8")


def _version() -> str:
    """Return the SHA-256 of the names, sizes and times of all that the files are made of."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda each: each[0]):
            told = path, storage.size(path), storage.get_modified_time(path)
            found.update(repr(told).encode())
    return found.hexdigest()
