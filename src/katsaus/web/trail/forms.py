"""What of the audit trail is wanted, from the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katsaus.web.audit import queries
from katsaus.web.audit.queries import Wanted
from katsaus.web.trail.words import action_word


class WantedForm(forms.Form):
    """The person, the action and the days of the events that are shown; all may be left empty."""

    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    first_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    last_on = forms.DateField(label=_("To"), required=False, widget=forms.DateInput)

    def __init__(self, data: object, municipality: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the mapping of an address
        people = [(str(number), name) for number, name in queries.people(municipality)]
        actions = [(action, action_word(action)) for action in queries.actions(municipality)]
        choices = {"person": people, "action": actions}
        for name, found in choices.items():
            self.fields[name].choices = [("", _("all")), *found]  # type: ignore[attr-defined]  # both are choice fields
        for name in ("first_on", "last_on"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def wanted(self) -> Wanted:
        """Return what is asked for; a choice that cannot be followed does not narrow."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            person=said.get("person"),
            action=said.get("action") or "",
            first_on=said.get("first_on"),
            last_on=said.get("last_on"),
        )
