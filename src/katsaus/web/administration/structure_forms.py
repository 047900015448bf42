"""What a person tells of hierarchies and governing bodies, and which units a page is to show."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from katsaus.core.names import Names
from katsaus.core.organization import BodyKind
from katsaus.web.organization.models import GoverningBody, Hierarchy
from katsaus.web.organization.words import BODY_KINDS


class WantedForm(forms.Form):
    """Which hierarchy, as of which year, and which units of it."""

    hierarchy = forms.ChoiceField(label=gettext_lazy("Hierarchy"), required=False)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1900, max_value=2199
    )
    q = forms.CharField(label=gettext_lazy("Code or name"), required=False, max_length=100)

    def __init__(self, data: QueryDict | None, names: list[str]) -> None:
        super().__init__(data, initial={}, auto_id="wanted_%s")
        field = cast(forms.ChoiceField, self.fields["hierarchy"])
        field.choices = [(name, name) for name in names]


class HierarchyForm(forms.Form):
    """A hierarchy's name and date."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("Such as “1.1.2026 virallinen”. Reports and files name it."),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: it has always been in force."),
    )

    def __init__(self, data: QueryDict | None, hierarchy: Hierarchy | None = None) -> None:
        told = {"name": hierarchy.name, "valid_from": hierarchy.valid_from} if hierarchy else {}
        super().__init__(data, initial=told)


class CopyForm(HierarchyForm):
    """A new hierarchy, and the one that it is a copy of."""

    source = forms.ChoiceField(label=gettext_lazy("Copy of"))
    field_order = ["source", "name", "valid_from"]

    def __init__(self, data: QueryDict | None, hierarchies: list[Hierarchy]) -> None:
        super().__init__(data)
        field = cast(forms.ChoiceField, self.fields["source"])
        field.choices = [(str(each.pk), each.name) for each in hierarchies]


class BodyForm(forms.Form):
    """A governing body."""

    name_fi = forms.CharField(label=gettext_lazy("Name in Finnish"), max_length=200)
    name_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(BODY_KINDS.items()))

    def __init__(self, data: QueryDict | None, body: GoverningBody | None = None) -> None:
        initial = {"kind": BodyKind.BOARD}
        if body:
            initial = {
                name: getattr(body, name) for name in ("name_fi", "name_sv", "name_en", "kind")
            }
        super().__init__(data, initial=initial)

    def names(self) -> Names:
        """Return the names of a valid form."""
        said = self.cleaned_data
        return Names(said["name_fi"], said["name_sv"], said["name_en"])
