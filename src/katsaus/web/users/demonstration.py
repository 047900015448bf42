"""Whether the installation is the example's, whose people are asked for no second factor."""

from pathlib import Path

from django.conf import settings

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def marker() -> Path:
    """Return the file in the data folder that makes the installation the example's."""
    return Path(settings.DATA) / "demo"


def is_demonstration() -> bool:
    """Whether `katsaus demo` made the data folder and only this machine can reach the pages."""
    return not settings.HTTPS and LOOPBACK.issuperset(settings.ALLOWED_HOSTS) and marker().exists()
