"""What of the audit trail is wanted, from the address."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from katsaus.web.audit import queries
from katsaus.web.audit.queries import Wanted
from katsaus.web.trail.people import doers
from katsaus.web.trail.words import ACTIONS, action_word

_UNKNOWN = {"invalid_choice": _("“%(value)s” is not among these. Choose one of them.")}


class WantedForm(forms.Form):
    """The person, the action and the days of the events that are shown; all may be left empty.

    `usernames` are those of all who did something, by their numbers.
    """

    person = forms.TypedChoiceField(
        label=_("Person"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=_UNKNOWN,
    )
    action = forms.ChoiceField(label=_("What was done"), required=False, error_messages=_UNKNOWN)
    first_on = forms.DateField(label=_("From"), required=False)
    last_on = forms.DateField(label=_("To"), required=False)

    def __init__(self, data: QueryDict, municipality: str) -> None:
        super().__init__(data)
        found = doers(municipality)
        self.usernames = {each.number: each.username for each in found}
        people = [(str(each.number), each.label) for each in found]
        # What has not been done yet can be asked for too, by an address that somebody kept.
        asked = {data.get("action", "")} & ACTIONS.keys()
        actions = [(each, action_word(each)) for each in {*queries.actions(municipality), *asked}]
        actions.sort(key=lambda each: each[1].casefold())
        for name, choices in {"person": people, "action": actions}.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("all")), *choices]
        for name in ("first_on", "last_on"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self) -> dict[str, object]:
        """Refuse days that are the wrong way round: they would hold no event."""
        first_on, last_on = map(self.cleaned_data.get, ("first_on", "last_on"))
        if first_on and last_on and last_on < first_on:
            self.add_error("last_on", _("This day is before the first one."))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """Return what a valid form asks for."""
        said = self.cleaned_data
        return Wanted(
            person=said["person"],
            action=said["action"],
            first_on=said["first_on"],
            last_on=said["last_on"],
        )
