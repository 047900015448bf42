"""The one-time code with which the first person of an installation comes in."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from katsaus.web.users.models import User


class WrongCodeError(ValueError):
    """The code is not the installation's, or its first person is there already."""


def path() -> Path:
    """Return the code's file in the data folder, which only its owner can read."""
    return Path(settings.DATA) / "setup-code"


def is_needed() -> bool:
    """Whether the installation has nobody yet."""
    return not User.objects.exists()


def prepare() -> str | None:
    """Return the code, made at the first start; None when there is somebody, and then no code."""
    if not is_needed():
        path().unlink(missing_ok=True)
        return None
    if not path().exists():
        draft = path().with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(18))  # 144 bits: it is not guessed
        draft.replace(path())
    return path().read_text()


def invitation() -> str | None:
    """Return the path with the code at which the first person begins; None when there is one."""
    code = prepare()
    return f"{reverse('setup')}?koodi={code}" if code else None


def is_right(code: str) -> bool:
    """Whether a code is the one of an installation that still waits for its first person."""
    return is_needed() and path().exists() and _is_same(code, path().read_text())


def _is_same(code: str, kept: str) -> bool:
    return bool(kept) and secrets.compare_digest(code.encode(), kept.encode())


@contextmanager
def claimed(code: str) -> Iterator[None]:
    """Hold the code while the first person is made, and remove it when that is done.

    Whoever comes at the same time waits, and then finds it gone. Raises WrongCodeError.
    """
    try:
        file = path().open(encoding="utf-8")
    except FileNotFoundError:
        raise WrongCodeError from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a lock that every database has: the folder is one
        if not is_needed() or not _is_same(code, file.read()):
            raise WrongCodeError
        yield
        path().unlink()
