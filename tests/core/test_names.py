"""Names in three languages."""

import pytest

from katsaus.core.names import LANGUAGES, Language, Names


@pytest.mark.parametrize(
    ("language", "text"), [("fi", "Tulot"), ("sv", "Intäkter"), ("en", "Tulot")]
)
def test_a_missing_language_falls_back_to_finnish(language: Language, text: str) -> None:
    assert Names("Tulot", "Intäkter").text(language) == text


def test_finnish_is_the_first_language() -> None:
    assert LANGUAGES == ("fi", "sv", "en")
