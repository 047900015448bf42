"""Starts the command: the settings and the language first, for the help texts need them."""

import os
import sys

import django
from django.utils import translation

from katsaus.cli.installation import sentence
from katsaus.core.names import LANGUAGES, Language


def run() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
    language = environment_language()
    try:
        _run(language)
    except Exception as error:
        if said := sentence(error, language):
            sys.exit(said)
        raise


def _run(language: Language) -> None:
    django.setup()  # the settings make the data folder
    translation.activate(language)
    from katsaus.cli import wording
    from katsaus.cli.app import app

    wording.put_headings()
    app()


def environment_language() -> Language:
    """Return the language of the environment: fi, sv or en, Finnish when it names none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return next((each for each in LANGUAGES if each == value[:2].lower()), "fi")
    return "fi"
