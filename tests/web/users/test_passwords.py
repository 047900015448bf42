"""What is said of a password that is too short, in each language."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Salasanassa on oltava vähintään 12 merkkiä."),
        ("sv", "Lösenordet måste ha minst 12 tecken."),
        ("en", "The password must have at least 12 characters."),
    ],
)
def test_a_short_password_is_refused_in_the_person_s_language(language: str, words: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password("kyhmyläis")
    assert words in refused.value.messages
