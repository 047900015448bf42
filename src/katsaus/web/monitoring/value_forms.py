"""The form in which a value of an indicator is given; its fields are those of its kind."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.indicators import Entry, Indicator, IndicatorKind, Value, ValueScenario
from katsaus.definitions.tables import CellKind
from katsaus.web.monitoring.indicator_sheets import COLUMNS
from katsaus.web.planning.exchange.cells import DECIMALS, CellError, number, period_of
from katsaus.web.planning.exchange.faults import Fault, FaultCode, sentence
from katsaus.web.planning.exchange.rules import value_fault

NUMBERS = ("value", "of", "low", "high")


def _number_field(label: object) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})
    return forms.CharField(label=cast(str, label), required=False, max_length=30, widget=widget)


class ValueForm(forms.Form):
    """A value with what it is of; `for_more` are the fields that are seldom needed."""

    scenario = forms.ChoiceField(label=gettext_lazy("What it tells"))
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=7,
        help_text=gettext_lazy("2023 for a year, 2023-06 for January to June."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    value = _number_field(gettext_lazy("Value"))
    text = forms.CharField(
        label=gettext_lazy("In words"),
        required=False,
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    of = _number_field(gettext_lazy("Of how many"))
    low = _number_field(gettext_lazy("Smallest"))
    high = _number_field(gettext_lazy("Largest"))
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=100)
    on = forms.DateField(
        label=gettext_lazy("Counted on"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("Write the day like 30.6.2023.")},
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        initial: Mapping[str, object],
        indicator: Indicator,
        units: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._indicator = indicator
        choices = list(units)
        cast(forms.ChoiceField, self.fields["unit"]).choices = choices
        # Not every person may give a value of all units together.
        self.fields["unit"].required = "" not in dict(choices)
        scenarios = [
            (each.value, str(word))
            for each, word in COLUMNS.items()
            if not (indicator.computed and each is ValueScenario.ACTUAL)
        ]
        cast(forms.ChoiceField, self.fields["scenario"]).choices = scenarios
        if indicator.kind is IndicatorKind.TEXT:
            for name in NUMBERS:
                del self.fields[name]
        if indicator.kind is IndicatorKind.YES_NO:
            answers = [("", _("not told")), ("1", _("yes")), ("0", _("no"))]
            self.fields["value"] = forms.ChoiceField(
                label=_("Value"), required=False, choices=answers
            )
            for name in NUMBERS[1:]:
                del self.fields[name]

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that each value has."""
        names = ("scenario", "period", "unit", "value", "text")
        return [self[name] for name in names if name in self.fields]

    @property
    def for_more(self) -> list[forms.BoundField]:
        """The fields of a value of a whole, of a range, of a place, of a day."""
        return [self[name] for name in ("of", "low", "high", "place", "on") if name in self.fields]

    @property
    def has_more(self) -> bool:
        """Whether one of the fields that are seldom needed says something."""
        return any(field.errors or field.value() for field in self.for_more)

    def clean_period(self) -> str:
        """Return the period as it is written, or say how."""
        text: str = self.cleaned_data["period"].strip()
        try:
            period_of(text)
        except ValueError:
            raise self._said(FaultCode.BAD_PERIOD, text) from None
        return text

    def clean(self) -> dict[str, object]:
        """Hold the numbers against the kind of the indicator, each fault at its field."""
        said = super().clean() or {}
        on = said.get("on")
        record = {"text": str(said.get("text", "")).strip(), "on": str(on or "")}
        for name in NUMBERS:
            record[name] = self._canonical(name, str(said.get(name, "")).strip())
        if not self.errors:
            code, name = value_fault(record, self._indicator.kind)
            if code is not None:
                at = name if name in self.fields else "text"
                self.add_error(at, self._said(code, record.get(name, "")))
        return said | record | {"on": on}

    def _canonical(self, name: str, text: str) -> str:
        try:
            return number(text, DECIMALS[CellKind.DECIMAL]) if text else ""
        except CellError as error:
            self.add_error(name, self._said(error.code, text, error.hint))
            return ""

    def _said(self, code: FaultCode, text: str, hint: str = "") -> forms.ValidationError:
        if code is FaultCode.NO_VALUE:
            return forms.ValidationError(_("Give a value, or say it in words."))
        if code is FaultCode.BAD_NUMBER:
            message = _("“%(value)s” is not a number. Write it like 1234.5, and words below.")
            return forms.ValidationError(message % {"value": text[:60]})
        return forms.ValidationError(sentence(Fault(code, "values", "", "", text, hint)))

    @property
    def entry(self) -> Entry:
        """What a valid form says."""
        said = self.cleaned_data
        numbers = {name: Decimal(said[name]) if said[name] else None for name in NUMBERS}
        on = cast(date | None, said.get("on"))
        return Entry(
            self._indicator.code,
            ValueScenario(said["scenario"]),
            period_of(said["period"]),
            Value(
                numbers["value"], numbers["of"], numbers["low"], numbers["high"], on, said["text"]
            ),
            said["unit"],
            said["place"].strip(),
        )
