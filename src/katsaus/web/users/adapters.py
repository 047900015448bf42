"""What sign-in does differently from allauth: nobody signs up, people are known to the house."""

from typing import Any, Never

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from katsaus.web.users.identity import person_of
from katsaus.web.users.languages import keep_language
from katsaus.web.users.models import User

PASSWORD_CHANGED = "account/messages/password_changed.txt"  # noqa: S105 - a template's name
_CAME_WITH = "came_with_password"  # in the session; not the password but Django's mark of it
_MISMATCH = _("The user name or the password is wrong.")
_WRONG_CODE = _("The code is wrong or has expired. Give the newest one.")


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and the sessions that they open."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _MISMATCH,
        "email_password_mismatch": _MISMATCH,
        "too_many_login_attempts": _("Too many failed attempts. Try again in five minutes."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The password is not the current one."),
        "incorrect_code": _WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the administrator gives people their accounts."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what went wrong and that the password changed; the pages show the rest."""
        if level == messages.ERROR or message_template == PASSWORD_CHANGED:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message
            )

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> Any:
        """Keep the mark of the password that the person came with: a code may be asked for yet."""
        request.session[_CAME_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **more)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Let the person in, unless the password was changed after they began."""
        if request.session.pop(_CAME_WITH, "") != user.get_session_auth_hash():
            request.session.flush()
            messages.warning(request, gettext("The password was changed meanwhile. Sign in again."))
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Keep the password that the person chose: it is their own now."""
        if isinstance(user, User):
            user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where one begins who chose a password at the first sign-in."""
        return reverse("front")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Send the person on, in the language that they chose on any machine."""
        response: HttpResponse = super().post_login(request, user, **more)
        if isinstance(user, User) and user.language:
            keep_language(response, user.language)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to show again who one is, in our words."""
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**each, "description": words[each["id"]]} for each in found]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": _("Take an authenticator app or a passkey in use first."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %s") % (count + 1)

    def build_totp_svg(self, url: str) -> str:
        """Return the picture without its XML declaration, to stand inside a page."""
        return str(super().build_totp_svg(url).partition("?>")[2])

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name under which a device shows its passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Katsaus"}


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """The municipality's own identity provider says who a person is; they must be known here.

    No link to the provider's account is saved: the person is looked up at every sign-in, so that
    what the administrator changes here holds from the next one on.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the person whom the claims name, or tell them why not."""
        person = person_of(sociallogin.account.extra_data)
        if person is None or sociallogin.state.get("process") != "login":
            self._refuse(request, sociallogin)
        sociallogin.user = person

    def _refuse(self, request: HttpRequest, sociallogin: SocialLogin) -> Never:
        context = {"provider": sociallogin.provider.name}
        raise ImmediateHttpResponse(
            render(request, "socialaccount/unknown_person.html", context, status=403)
        )
