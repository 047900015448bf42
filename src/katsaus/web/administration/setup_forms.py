"""The forms of an installation's first person: the code, then who they are and where."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.definitions import load
from katsaus.definitions.load import OfficialMunicipality
from katsaus.web.users import setup_code
from katsaus.web.users.models import User


def official_named(text: str) -> OfficialMunicipality | None:
    """Return the municipality of a name in Finnish or Swedish, or of an official number."""
    wanted = text.strip().casefold()
    for each in load.municipalities():
        if wanted and wanted in (each.number, each.names.fi.casefold(), each.names.sv.casefold()):
            return each
    return None


def close_to(text: str) -> list[str]:
    """Return the municipalities whose names are nearly the text, the likeliest first."""
    names = {
        name.casefold(): name
        for each in load.municipalities()
        for name in (each.names.fi, each.names.sv)
        if name
    }
    return [names[each] for each in get_close_matches(text.strip().casefold(), names, 3)]


class CodeForm(forms.Form):
    """The code that the server printed."""

    koodi = forms.CharField(
        label=gettext_lazy("Setup code"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_koodi(self) -> str:
        """Return the code if it is right."""
        code: str = self.cleaned_data["koodi"]
        if not setup_code.is_right(code):
            message = _("The code is not right. Copy the newest one that “katsaus serve” printed.")
            raise forms.ValidationError(message)
        return code


class SetupForm(CodeForm):
    """The first person and their municipality."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("Others see it, as in the audit log."),
    )
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=gettext_lazy("You sign in with it."),
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "At least 12 characters, and none of the passwords that many people use."
        ),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    municipality = forms.CharField(
        label=gettext_lazy("Municipality"),
        max_length=100,
        widget=forms.TextInput(attrs={"list": "municipalities", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Begin to write its name and choose it from the list. More municipalities are added "
            "on the server with the command “katsaus appoint”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["koodi"].widget = forms.HiddenInput()

    def clean_municipality(self) -> OfficialMunicipality:
        """Return the municipality of the official list."""
        text: str = self.cleaned_data["municipality"]
        found = official_named(text)
        if found is None:
            raise forms.ValidationError(_unknown(text))
        return found

    def clean(self) -> dict[str, Any]:
        """Check the password by the same rules as at its change."""
        said = self.cleaned_data
        password = said.get("password1", "")
        if password:
            person = User(username=said.get("username", ""), first_name=said.get("name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as faults:
                self.add_error("password1", faults)
            else:
                self._check_same(password)
        return said

    def _check_same(self, password: str) -> None:
        again = self.cleaned_data.get("password2")
        if again is not None and again != password:
            self.add_error("password2", _("The passwords are not the same."))


def _unknown(text: str) -> str:
    if near := close_to(text):
        message = _(
            "There is no municipality “%(text)s” in the official list. Did you mean: %(near)s?"
        )
        return message % {"text": text, "near": ", ".join(near)}
    message = _("There is no municipality “%(text)s” in the official list.")
    return message % {"text": text}
