"""Whether a person has shown that more than their password opens the door."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from katsaus.web.users.demonstration import is_demonstration
from katsaus.web.users.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_ASKED_BY = "second_factor_asked_by"  # in the session


def has_second_factor(user: User) -> bool:
    """Whether the person uses an authenticator app or a passkey; in the demo all count as such.

    Whoever has one is asked for it at every sign-in, so it also says how they came in.
    """
    return is_demonstration() or bool(is_mfa_enabled(user, list(FACTORS)))


def with_second_factor(people: Iterable[User]) -> frozenset[int]:
    """Return the numbers of those people who use an app or a passkey, in the demo too."""
    found = Authenticator.objects.filter(user__in=people, type__in=FACTORS)
    return frozenset(found.values_list("user_id", flat=True))


def remember_asking(request: HttpRequest) -> None:
    """Keep which page asked the person for a second factor: it is our own, never one given."""
    if request.method == "GET":
        request.session[_ASKED_BY] = request.get_full_path()


def take_asking(request: HttpRequest) -> str:
    """Return the page that asked for a second factor, once; empty where none has."""
    return str(request.session.pop(_ASKED_BY, ""))
