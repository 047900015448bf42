"""The forms of sign-in, with labels of our own and nothing written inside the fields."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CODE = _("Code")
_PASSWORD = _("Password")


class _Labelled(forms.Form):
    """Gives fields their labels, help texts and autocomplete words."""

    labels: Mapping[str, "StrOrPromise"] = {}
    help_texts: Mapping[str, "StrOrPromise"] = {}
    autocomplete: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)  # it vanishes when it is needed
            if name in self.autocomplete:
                field.widget.attrs["autocomplete"] = self.autocomplete[name]


class _Code(_Labelled):
    labels = {"code": _CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(_Labelled, LoginForm):
    """User name or e-mail address, and password."""

    labels = {
        "login": _("User name or e-mail address"),
        "password": _PASSWORD,
        "remember": _("Stay signed in for 12 hours though the browser is closed"),
    }
    autocomplete = {"login": "username"}


class PasswordForm(_Labelled, ChangePasswordForm):
    """The old password and a new one, twice."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    help_texts = {
        "password1": _("At least 12 characters, and none of the passwords that many people use.")
    }
    autocomplete = {"password2": "new-password"}

    def clean_password1(self) -> str:
        """Return the new password, which is not the old one."""
        password: str = self.cleaned_data["password1"]
        if password == self.cleaned_data.get("oldpassword"):
            raise forms.ValidationError(gettext("The new password is the current one."))
        return password


class ConfirmPasswordForm(_Labelled, ReauthenticateForm):
    """The password once more before something that matters."""

    labels = {"password": _PASSWORD}


class CodeForm(_Code, AuthenticateForm):
    """A code of the authenticator app, or a recovery code, at sign-in."""

    help_texts = {"code": _("Six digits from the authenticator app, or a recovery code.")}


class ConfirmCodeForm(_Code, ReauthenticateByCodeForm):
    """A code before something that matters."""

    help_texts = CodeForm.help_texts


class ActivateCodesForm(_Code, ActivateTOTPForm):
    """The first code of an authenticator app that is taken in use."""

    help_texts = {"code": _("Six digits from the authenticator app.")}


class AddPasskeyForm(_Labelled, AddWebAuthnForm):
    """A new passkey and its name."""

    labels = {"name": _("Name of the passkey"), "passwordless": _("Sign in without a password")}
    help_texts = {
        "passwordless": _("The device asks for a PIN, a fingerprint or a face instead."),
    }


class RenamePasskeyForm(_Labelled, EditWebAuthnForm):
    """A passkey's new name."""

    labels = {"name": _("Name of the passkey")}
