"""Whether a person has shown that more than their password opens the door."""

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
