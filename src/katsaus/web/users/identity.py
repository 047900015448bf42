"""Who a person of the municipality's identity provider is here."""

from collections.abc import Mapping

from django.conf import settings

from katsaus.web.users.models import User

Claims = Mapping[str, object]


def person_of(answer: Mapping[str, Claims]) -> User | None:
    """Return the active person whom the provider's answer names; None where it names none or many.

    `answer` has the claims of "id_token" and "userinfo". A person is known by their verified
    e-mail address, or by their user name where KATSAUS_OIDC_CLAIM says which claim it is.
    """
    token, more = answer.get("id_token", {}), answer.get("userinfo", {})
    if token and more and token.get("sub") != more.get("sub"):
        return None  # OpenID Connect Core 5.3.2: such an answer may be another person's
    claims = {**token, **more}
    if settings.OIDC_CLAIM:
        return _only_one("username__iexact", claims.get(settings.OIDC_CLAIM))
    if claims.get("email_verified") not in (True, "true"):
        return None
    return _only_one("email__iexact", claims.get("email"))


def _only_one(field: str, value: object) -> User | None:
    if not isinstance(value, str) or not value:
        return None
    found = User.objects.filter(is_active=True, **{field: value})[:2]
    return found[0] if len(found) == 1 else None
