"""The language that a person reads: a cookie of the browser, kept with the account too."""

from django.conf import settings
from django.http import HttpResponse

YEAR = 365 * 24 * 3600  # seconds


def keep_language(response: HttpResponse, language: str) -> None:
    """Have the browser ask for its pages in the language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
