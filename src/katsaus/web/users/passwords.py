"""What a password must be like, besides what Django says itself."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """A least length, told in the person's language: Django's Finnish has no words for it."""

    def get_error_message(self) -> str:
        """Say how long a password is to be."""
        said = ngettext(
            "The password must have at least %d character.",
            "The password must have at least %d characters.",
            self.min_length,
        )
        return said % self.min_length
