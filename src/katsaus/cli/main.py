"""Starts the command: the settings and the language first, for the help texts need them."""

import os
import sys

import django
from django.utils import translation

from katsaus.core.names import LANGUAGES


def run() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
    try:
        django.setup()
    except OSError as error:  # the settings make the folder, and without them there is no language
        sys.exit(f"KATSAUS_DATA: {error.strerror}: {error.filename}")
    translation.activate(environment_language())
    from katsaus.cli import wording
    from katsaus.cli.app import app

    wording.put_headings()
    app()


def environment_language() -> str:
    """Return the language of the environment: fi, sv or en, Finnish when it names none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            language = value[:2].lower()
            return language if language in LANGUAGES else "fi"
    return "fi"
