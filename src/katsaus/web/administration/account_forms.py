"""One of a municipality's own accounts as a form."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core import accounts as core
from katsaus.core.names import Names
from katsaus.definitions import load
from katsaus.web.administration.telling import ToldForm
from katsaus.web.organization.models import Account, Municipality
from katsaus.web.organization.queries import official_accounts
from katsaus.web.seen import SeenForm

_NUMBER = RegexValidator(
    rf"^{core.NUMBER}$", gettext_lazy("Write the number with digits, letters and dots only.")
)


class AccountForm(ToldForm, SeenForm):
    """An own account: its number, the official one that it is under, its names."""

    number = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=20,
        validators=[_NUMBER],
        help_text=gettext_lazy("As it is in the ledger. It cannot be changed later."),
    )
    official = forms.CharField(
        label=gettext_lazy("Official account"),
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={"list": "officials", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Four digits. It decides the row of the statement; empty: the number itself decides."
        ),
    )
    name_fi = forms.CharField(label=gettext_lazy("Name in Finnish"), max_length=200)
    name_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)

    def __init__(
        self, *args: Any, municipality: Municipality, saved: Account | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.municipality, self.saved = municipality, saved
        if saved is not None:
            del self.fields["number"]
            for name, field in self.fields.items():
                field.initial = getattr(saved, name)

    def clean_number(self) -> str:
        """Return a number that no other account has."""
        number: str = self.cleaned_data["number"]
        if number in official_accounts():
            message = _("%s is an account of the official chart, which need not be added.")
            raise forms.ValidationError(message % number)
        if Account.objects.filter(municipality=self.municipality, number=number).exists():
            raise forms.ValidationError(_("There is an account %s already.") % number)
        return number

    def clean_official(self) -> str:
        """Return an official account of some year's chart."""
        official: str = self.cleaned_data["official"]
        if official and official not in official_accounts():
            message = _("There is no official account %s. Choose one of the list.")
            raise forms.ValidationError(message % official)
        return official

    def refuse_unplaced(self) -> None:
        """Say at the field that without an official account nothing would be seen of this one."""
        message = _(
            "The number alone is on no row of the statement, and what is booked on the account "
            "would be missing from it. Choose an official account."
        )
        self.add_error("official", message)

    @property
    def account(self) -> core.Account:
        """The account that a valid form tells."""
        said = self.cleaned_data
        number = self.saved.number if self.saved else said["number"]
        names = Names(said["name_fi"], said["name_sv"], said["name_en"])
        return core.Account(number, names, said["official"])


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in reversed(load.chart_years())]


class ChartForm(forms.Form):
    """Which year's official chart, and what is looked for in it."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, choices=_years)
    q = forms.CharField(label=gettext_lazy("Number or name"), required=False, max_length=100)
