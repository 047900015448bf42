"""The forms of people: an account, a role, a reason."""

from collections.abc import Mapping
from typing import cast

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Role
from katsaus.web.administration.units import unit_words
from katsaus.web.organization.models import Municipality, Unit


class AccountForm(forms.Form):
    """A person's name and e-mail address."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The municipality's own sign-in service knows the person by it."),
    )


class RoleForm(forms.Form):
    """A role and the unit that it is over."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose")), *Role.choices])
    unit = forms.ChoiceField(
        label=_("Unit"),
        required=False,
        help_text=_("For a director, a unit head, a deputy and a contributor only."),
    )

    def __init__(self, data: Mapping[str, object] | None, municipality: Municipality) -> None:
        super().__init__(data)
        self._units = {each.code: each for each in municipality.units.order_by("code")}
        choices = [(code, unit_words(unit)) for code, unit in self._units.items()]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [
            ("", _("the whole municipality")),
            *choices,
        ]

    def chosen(self) -> tuple[Role, Unit | None]:
        """Return the role and the unit of a valid form."""
        return Role(self.cleaned_data["role"]), self._units.get(self.cleaned_data["unit"])


class NewPersonForm(AccountForm, RoleForm):
    """A person who is added, with the first role."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_(
            "Letters, digits and @ . + - _ only. A person who uses Katsaus in another municipality "
            "already is given the role by the same user name; their name and address stay."
        ),
    )
    with_password = forms.BooleanField(
        label=_("Give a password"),
        required=False,
        initial=True,
        help_text=_("It is shown once, and changed at the first sign-in."),
    )
    field_order = ["username", "name", "email", "role", "unit", "with_password"]


class ReasonForm(forms.Form):
    """Why a second factor is removed; the reason stands in the audit log."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as: the phone was lost, the person was met in the office."),
    )
