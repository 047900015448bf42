"""The language that the person in front of the screen reads."""

from django.utils.translation import get_language

from katsaus.core.names import LANGUAGES, Language


def language() -> Language:
    """Return the language that is active."""
    active = (get_language() or "fi")[:2]
    return next((each for each in LANGUAGES if each == active), "fi")
