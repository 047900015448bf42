"""Saying when a deviation is told of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.deviations import Threshold
from katsaus.core.organization import Level
from katsaus.definitions.thresholds import Thresholds, thresholds
from katsaus.web.organization.words import LEVELS
from katsaus.web.seen import SeenForm

_HEADS = {"forecast": gettext_lazy("Forecast"), "pace": gettext_lazy("Pace")}


class EurosField(forms.DecimalField):
    """Euros to the cent, with or without spaces between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: object) -> Any:
        """Read what was written."""
        return super().to_python("".join(str(value).split()) if value is not None else None)


@dataclass(frozen=True, slots=True)
class LevelFields:
    """The fields of one level, each with what it is called under the level's name."""

    name: str
    fields: tuple[tuple[str, forms.BoundField], ...]


class LimitsForm(SeenForm):
    """The limits of every level; of what is left empty nothing is told."""

    def __init__(self, data: QueryDict | None, known: Thresholds) -> None:
        super().__init__(data, initial=_initial(known))
        for kind, level in _places():
            head = f"{LEVELS[level]}, {_HEADS[kind]}"
            self.fields[f"{kind}_{level}_percent"] = forms.DecimalField(
                label=f"{head}, %",
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=1,
                localize=True,
            )
            self.fields[f"{kind}_{level}_euros"] = EurosField(
                label=f"{head}, €",
                required=False,
                min_value=0,
                max_value=10**9,
                decimal_places=2,
                localize=True,
            )

    def clean(self) -> None:
        """Ask for the other half of a limit that has one."""
        super().clean()
        for kind, level in _places():
            names = [f"{kind}_{level}_{part}" for part in ("percent", "euros")]
            empty = [name for name in names if self.cleaned_data.get(name) is None]
            if len(empty) == 1 and empty[0] not in self.errors:
                self.add_error(empty[0], _("Give both the percent and the euros, or neither."))
        if not self.errors and not any(map(dict, map(self._given, _HEADS))):
            raise forms.ValidationError(_("Give at least one limit."))

    @property
    def levels(self) -> Iterator[LevelFields]:
        """The fields by level, as the table has them."""
        for level in thresholds().forecast:
            fields = (
                (f"{head}, {mark}", self[f"{kind}_{level}_{part}"])
                for kind, head in _HEADS.items()
                for part, mark in (("percent", "%"), ("euros", "€"))
            )
            yield LevelFields(str(LEVELS[level]), tuple(fields))

    def limits(self) -> Thresholds:
        """Return the limits of a valid form."""
        given = {kind: dict(self._given(kind)) for kind in _HEADS}
        return replace(thresholds(), forecast=given["forecast"], pace=given["pace"])

    def _given(self, kind: str) -> Iterator[tuple[Level, Threshold]]:
        for level in thresholds().forecast:
            share = self.cleaned_data[f"{kind}_{level}_percent"]
            euros = self.cleaned_data[f"{kind}_{level}_euros"]
            if share is not None:
                yield level, Threshold(share.scaleb(-2), euros)


def _places() -> list[tuple[str, Level]]:
    return [(kind, level) for level in thresholds().forecast for kind in _HEADS]


def _initial(known: Thresholds) -> dict[str, object]:
    found: dict[str, object] = {}
    for kind, by_level in (("forecast", known.forecast), ("pace", known.pace)):
        for level, limit in by_level.items():
            found[f"{kind}_{level}_percent"] = (limit.fraction * 100).normalize()
            found[f"{kind}_{level}_euros"] = limit.euros if limit.euros % 1 else int(limit.euros)
    return found
