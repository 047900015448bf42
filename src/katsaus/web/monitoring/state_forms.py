"""The form in which the state of an action is told."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.web.monitoring.arithmetic import Proposed
from katsaus.web.planning.strategy_words import state_text
from katsaus.web.planning.use_cases.answers import StateAnswer

Propose = Callable[[Period, State | None], Proposed]
LONGEST = 30_000


class StateForm(forms.Form):
    """State, reason and text of an action for a period."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Needed where the action is abandoned, or its state is not the one proposed."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("What has been done"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Printed in the report as the actual of the period."),
    )
    reported_on = forms.DateField(
        label=gettext_lazy("Day of the situation"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        help_text=gettext_lazy("Such as 30.6.2023; leave it empty for the end of the period."),
        error_messages={"invalid": gettext_lazy("Write the day like 30.6.2023.")},
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        initial: Mapping[str, object],
        periods: Iterable[Period],
        propose: Propose,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._propose = propose
        self._periods = {each.code: each for each in periods}
        choices = [(code, each.months) for code, each in self._periods.items()]
        cast(forms.ChoiceField, self.fields["period"]).choices = choices
        states = [("", _("not told")), *((each.value, state_text(each)) for each in State)]
        cast(forms.ChoiceField, self.fields["state"]).choices = states

    def clean(self) -> dict[str, object]:
        """Say at the field what the answer lacks."""
        said = super().clean() or {}
        if {"period", "state", "reason", "text"} <= said.keys():
            lacks = self.answer.lacks
            if lacks == "state":
                self.add_error("state", _("Tell the state, what has been done, or both."))
            elif lacks and self.answer.state is State.ABANDONED:
                self.add_error("reason", _("What is abandoned needs a reason. Fill it in."))
            elif lacks:
                self.add_error("reason", self._differs())
        return said

    def _differs(self) -> str:
        proposal = self.answer.proposed
        said = _("The rule proposes “%(state)s”. Say why you see it otherwise.")
        return said % {"state": state_text(proposal) if proposal else ""}

    @property
    def period_told(self) -> Period:
        """The period of a valid form."""
        return self._periods[self.cleaned_data["period"]]

    @property
    def answer(self) -> StateAnswer:
        """What a form says whose fields are right each as such."""
        said = self.cleaned_data
        state = State(said["state"]) if said["state"] else None
        return StateAnswer(
            state,
            said["reason"].strip(),
            said["text"].strip(),
            said.get("reported_on"),
            self._propose(self.period_told, state).state,
        )
