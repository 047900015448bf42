"""Whether a person has shown that more than their password opens the door."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from katsaus.web.users.demonstration import is_demonstration
from katsaus.web.users.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether the person uses an authenticator app or a passkey; in the demo all count as such.

    Whoever has one is asked for it at every sign-in, so it also says how they came in.
    """
    return is_demonstration() or bool(is_mfa_enabled(user, list(FACTORS)))


def with_second_factor(people: Iterable[User]) -> frozenset[int]:
    """Return the numbers of those people who use an app or a passkey, in the demo too."""
    found = Authenticator.objects.filter(user__in=people, type__in=FACTORS)
    return frozenset(found.values_list("user_id", flat=True))
