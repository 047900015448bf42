"""The form that tells the state of an adjustment measure and what has come of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.programmes import Effect, EffectScenario, Measure
from katsaus.core.states import NEEDS_REASON, State
from katsaus.web.finance.numbers import formats
from katsaus.web.planning.strategy_words import state_text

_TOLD = (EffectScenario.REALISED, EffectScenario.FORECAST)
_AMOUNTS = ("euros", "person_years")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,]([0-9]+))?")
_SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
_MINUSES = str.maketrans("\N{MINUS SIGN}\N{EN DASH}", "--")


class QuantityField(forms.Field):
    """A number as people write it: "1 234,5"; empty is None, which is not zero."""

    def __init__(self, largest: int, **options: Any) -> None:
        self._largest = largest
        super().__init__(**options)

    def to_python(self, value: object) -> Decimal | None:
        """Read the number; "12,500" could be two numbers and is refused."""
        text = str(value or "").translate(_SPACES).translate(_MINUSES).removesuffix("€")
        if not text:
            return None
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise forms.ValidationError(_("Write a number, such as 12 500 or 2,5."))
        if abs(number := Decimal(text.replace(",", "."))) > self._largest:
            raise forms.ValidationError(_("The number is too large."))
        if len(match[1] or "") > 2:
            raise forms.ValidationError(
                _("Two decimals at most. Part thousands with a space, such as 12 500.")
            )
        return number


@dataclass(frozen=True, slots=True)
class YearFields:
    """The fields of a year, in the order of the table."""

    year: int
    fields: tuple[forms.BoundField, ...]


class MeasureForm(forms.Form):
    """The state, a note, and the realised and forecast effects of the years given."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What has been done"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Mapping[str, object] | None, measure: Measure, years: Sequence[int]
    ) -> None:
        super().__init__(data, initial={"state": measure.state or "", "note": measure.note})
        self._years = tuple(years)
        states = [(state.value, state_text(state)) for state in State]
        self.fields["state"] = forms.ChoiceField(
            label=self.fields["state"].label,
            required=False,
            choices=[("", _("not told")), *states],
        )
        told = {(effect.year, effect.scenario): effect for effect in measure.effects}
        for year, scenario, amount in self._places():
            effect = told.get((year, scenario))
            self._add(_name(year, scenario, amount), getattr(effect, amount, None))

    def _places(self) -> Iterator[tuple[int, EffectScenario, str]]:
        for year in self._years:
            for scenario in _TOLD:
                for amount in _AMOUNTS:
                    yield year, scenario, amount

    def _add(self, name: str, number: Decimal | None) -> None:
        label = _label(name)
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        self.fields[name] = QuantityField(
            10**12 if name.endswith("euros") else 10**6,
            label=label,
            required=False,
            initial="" if number is None else _written(number),
            widget=forms.TextInput(attrs=attrs),
        )

    @property
    def by_year(self) -> list[YearFields]:
        """The fields of effects by year."""
        return [
            YearFields(
                year,
                tuple(self[_name(*place)] for place in self._places() if place[0] == year),
            )
            for year in self._years
        ]

    def clean(self) -> dict[str, object]:
        """Ask for words where a measure is abandoned."""
        said = self.cleaned_data
        if said.get("state") in NEEDS_REASON and not said.get("note", "").strip():
            self.add_error("note", _("Say why the measure is abandoned."))
        return said

    @property
    def told_state(self) -> State | None:
        """The state of a valid form."""
        return State(self.cleaned_data["state"]) if self.cleaned_data["state"] else None

    def effects(self) -> tuple[Effect, ...]:
        """Return the effects of a valid form."""
        return tuple(
            Effect(
                year,
                scenario,
                *(self.cleaned_data[_name(year, scenario, amount)] for amount in _AMOUNTS),
            )
            for year in self._years
            for scenario in _TOLD
        )


def _name(year: int, scenario: EffectScenario, amount: str) -> str:
    return f"{scenario}-{year}-{amount}"


def _label(name: str) -> str:
    scenario, year, amount = name.split("-")
    heads = {
        ("realised", "euros"): _("Realised %(year)s, euros"),
        ("realised", "person_years"): _("Realised %(year)s, person-years"),
        ("forecast", "euros"): _("Forecast %(year)s, euros"),
        ("forecast", "person_years"): _("Forecast %(year)s, person-years"),
    }
    return heads[scenario, amount] % {"year": year}


def _written(number: Decimal) -> str:
    """Write a number so that it is read back as it is, whatever the language."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", formats().decimal)
