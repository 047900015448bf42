"""What a person tells of a unit: what it is, where it moves, when it ends, what it goes into."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.web.administration.telling import ToldForm
from katsaus.web.administration.unit_lines import in_order, is_there
from katsaus.web.languages import language
from katsaus.web.organization.restructuring import Merger
from katsaus.web.organization.words import LEVELS
from katsaus.web.seen import SeenForm

FIRST_YEAR, LAST_YEAR = 1900, 2199
_INDENT = "\N{NO-BREAK SPACE}" * 2


class UnitSelect(forms.Select):
    """A choice of thousands: drawn in one piece, since a template for each takes a second."""

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """Return the element with its options, the chosen one marked."""
        told = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        options = (
            (code, mark_safe(" selected") if str(value or "") == code else "", label)
            for code, label in self.choices
        )
        drawn = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html("<select{}>{}</select>", flatatt(told), drawn)


class UnitForm(SeenForm, ToldForm):
    """A unit, new or changed; where it stands is asked of a new one only."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name_fi = forms.CharField(label=gettext_lazy("Name in Finnish"), max_length=200)
    name_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    short_name = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For charts and narrow tables."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"))
    parent = forms.ChoiceField(label=gettext_lazy("Unit above"), required=False, widget=UnitSelect)
    valid_from = forms.IntegerField(
        label=gettext_lazy("First year"),
        required=False,
        help_text=gettext_lazy("Empty: it has always been."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    valid_to = forms.IntegerField(
        label=gettext_lazy("Last year"),
        required=False,
        help_text=gettext_lazy("Empty: it goes on."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    responsible = forms.CharField(
        label=gettext_lazy("Responsible persons"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("As the report prints them, with commas between."),
    )
    governing_body = forms.ChoiceField(
        label=gettext_lazy("Governing body"),
        required=False,
        help_text=gettext_lazy("Its reports go to it. Without one: that of the unit above."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        tree: Organization | None,
        bodies: Iterable[str],
        unit: OrgUnit | None = None,
        *,
        is_code_fixed: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(unit) if unit else {"level": Level.UNIT})
        is_whole = tree is None or (unit is not None and unit.parent is None)
        levels = [(level, str(word)) for level, word in LEVELS.items()]
        of_parts = [each for each in levels if each[0] is not Level.MUNICIPALITY]
        _choose(self, "level", levels if is_whole else of_parts)
        _choose(self, "governing_body", [("", _("that of the unit above")), *_same(bodies)])
        if unit is not None or tree is None:
            del self.fields["parent"]
        else:
            _choose(self, "parent", [("", _("choose")), *unit_choices(tree)])
        if is_code_fixed:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Figures or texts stand on it, so it stays.")

    def unit(self) -> OrgUnit:
        """Return the unit of a valid form."""
        said = self.cleaned_data
        return OrgUnit(
            code=said["code"],
            names=Names(said["name_fi"], said["name_sv"], said["name_en"]),
            level=Level(said["level"]),
            parent=said.get("parent") or None,
            short_name=said["short_name"],
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            responsible=said["responsible"],
            governing_body=said["governing_body"],
        )


def _initial(unit: OrgUnit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name_fi": unit.names.fi,
        "name_sv": unit.names.sv,
        "name_en": unit.names.en,
        "short_name": unit.short_name,
        "level": unit.level,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "responsible": unit.responsible,
        "governing_body": unit.governing_body,
    }


class MoveForm(ToldForm):
    """A new parent for a unit."""

    parent = forms.ChoiceField(label=gettext_lazy("New unit above"), widget=UnitSelect)
    year = forms.IntegerField(
        label=gettext_lazy("From year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(
        self, data: QueryDict | None, tree: Organization, unit: OrgUnit, hierarchy: str
    ) -> None:
        super().__init__(data, initial={"parent": unit.parent})
        _choose(self, "parent", unit_choices(tree))
        self.fields["year"].help_text = (
            _(
                "The move is made in the hierarchy that begins in the year; where there is none, "
                "it is made as a copy. Empty: the hierarchy “%s” itself is put right."
            )
            % hierarchy
        )


class EndForm(ToldForm):
    """The last year of a unit, and the units that go on with its work."""

    valid_to = forms.IntegerField(
        label=gettext_lazy("Last year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    successors = forms.CharField(
        label=gettext_lazy("Successors"),
        required=False,
        help_text=gettext_lazy("Codes of the units that go on with its work, commas between."),
    )

    def __init__(
        self, data: QueryDict | None, tree: Organization, unit: OrgUnit, after: list[str]
    ) -> None:
        initial = {"valid_to": unit.valid_to, "successors": ", ".join(after)}
        super().__init__(data, initial=initial)
        self.tree = tree

    def clean_successors(self) -> list[str]:
        """Return the codes of units that are there."""
        return _codes(self.cleaned_data["successors"], self.tree)


class MergeForm(ToldForm):
    """Units that go into one from a year: into one that is there, or into a new one."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Units that end"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also = forms.CharField(
        label=gettext_lazy("And from elsewhere"),
        required=False,
        help_text=gettext_lazy("Codes of other units that end, commas between."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("From year"),
        help_text=gettext_lazy("They end with the year before it."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    into = forms.ChoiceField(
        label=gettext_lazy("Unit that goes on"),
        required=False,
        widget=UnitSelect,
        help_text=gettext_lazy("What is below the units moves under it from that year on."),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the new unit"), max_length=40, required=False
    )
    name_fi = forms.CharField(
        label=gettext_lazy("Name of the new unit in Finnish"), max_length=200, required=False
    )

    def __init__(
        self, data: QueryDict | None, tree: Organization, unit: OrgUnit, year: int
    ) -> None:
        initial = {"units": [unit.code], "year": year}
        super().__init__(data, initial=initial)
        self.tree, self.first = tree, unit
        beside = tree.children(unit.parent) if unit.parent else (unit,)
        there = [each for each in beside if is_there(each, year - 1) or each == unit]
        _choose(self, "units", [(each.code, _named(each)) for each in there])
        _choose(self, "into", [("", _("a new unit")), *unit_choices(tree)])

    def clean_also(self) -> list[str]:
        """Return the codes of units that are there."""
        return _codes(self.cleaned_data["also"], self.tree)

    def clean(self) -> None:
        """See that a new unit has a code and a name."""
        if not self.cleaned_data.get("into"):
            for name in ("code", "name_fi"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("Give it, or choose a unit that is there."))

    def merger(self) -> Merger:
        """Return what a valid form tells; a new unit is of the first one's level and place."""
        said = self.cleaned_data
        units = tuple(dict.fromkeys([*said["units"], *said["also"]]))
        if said["into"]:
            return Merger(units, self.tree.unit(said["into"]), said["year"], is_new=False)
        new = OrgUnit(
            said["code"],
            Names(said["name_fi"]),
            self.first.level,
            self.first.parent,
            valid_from=said["year"],
            responsible=self.first.responsible,
            governing_body=self.first.governing_body,
        )
        return Merger(units, new, said["year"], is_new=True)


def unit_choices(tree: Organization) -> list[tuple[str, str]]:
    """Return the units as the choices of a field, each indented by its depth."""
    return [(unit.code, _INDENT * depth + _named(unit)) for depth, unit in in_order(tree)]


def _named(unit: OrgUnit) -> str:
    ended = f" (\N{EN DASH}{unit.valid_to})" if unit.valid_to else ""
    return f"{unit.names.text(language())} {unit.code}{ended}"


def _codes(text: str, tree: Organization) -> list[str]:
    given = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    known = {unit.code for unit in tree}
    if unknown := [code for code in given if code not in known]:
        message = _("There are no such units: %s. Mend the codes.") % ", ".join(unknown)
        raise forms.ValidationError(message)
    return given


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def _same(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
