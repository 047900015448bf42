"""What a person tells of a strategy's next term: its names, its years, its code, what ends."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from katsaus.core.names import Names
from katsaus.core.terms import Fault, Part, Term, TermError, renewed
from katsaus.definitions.tables import strategy_table
from katsaus.web.planning.exchange import faults
from katsaus.web.planning.exchange.cells import CellError, canonical
from katsaus.web.planning.exchange.continuing import Ends, renewed_names
from katsaus.web.planning.exchange.records import Record
from katsaus.web.planning.term_words import fault_sentence

FIRST_YEAR, LAST_YEAR = 1900, 2199
_FIELDS = {
    Fault.NOT_AFTER: "first_year",
    Fault.REVERSED: "last_year",
    Fault.CODE_TAKEN: "code",
}


class TermForm(forms.Form):
    """The next term; `code` is what files know it by."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=300)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    first_year = forms.IntegerField(
        label=_("First year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    last_year = forms.IntegerField(label=_("Last year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    code = forms.CharField(
        label=_("Code"),
        max_length=80,
        help_text=_("Files know the strategy by it. The one proposed will do."),
    )

    def clean_code(self) -> str:
        """Return the code, which files must be able to hold."""
        text: str = self.cleaned_data["code"]
        try:
            return canonical(strategy_table("strategies").column("code"), text)
        except CellError as error:
            fault = faults.Fault(error.code, "strategies", value=text, hint=error.hint)
            raise forms.ValidationError(faults.sentence(fault)) from None

    def term(self) -> Term:
        """Return the term of a valid form."""
        said = self.cleaned_data
        names = Names(said["name_fi"], said["name_sv"], said["name_en"])
        return Term(said["code"], names, said["first_year"], said["last_year"])

    def refuse(self, error: TermError) -> None:
        """Say at its field why there can be no such term."""
        self.add_error(_FIELDS.get(error.fault), fault_sentence(error))

    def tell(self, found: Iterable[faults.Fault]) -> None:
        """Say the faults of the new rows, those of the strategy's own at their fields."""
        for fault in found:
            is_own = fault.table == "strategies" and fault.field in self.fields
            said = faults.sentence(fault)
            if is_own:
                self.add_error(fault.field, said)
            else:
                self.add_error(None, f"{faults.place(fault)}: {said}")


def proposal(old: Record) -> dict[str, object]:
    """Return the term that follows a strategy at once and is as long, as a form begins."""
    first, last = (int(old[name] or 0) for name in ("valid_from", "valid_to"))
    if not last:
        return {"name_fi": old["name_fi"]}
    years = (last + 1, last + 1 + last - (first or last))
    names = renewed_names(old, years)
    return {
        "name_fi": names.fi,
        "name_sv": names.sv,
        "name_en": names.en,
        "first_year": years[0],
        "last_year": years[1],
        "code": renewed(old["code"], (first, last), years),
    }


def ends_text(ends: Ends) -> str:
    """Return what ends as one text, to be sent back with what was seen."""
    return " ".join(f"{part}:{code}" for part, code in sorted(ends))


def ends_of(text: str) -> Ends:
    """Return what a text of `ends_text` says; what is no part of a strategy is left out."""
    pairs = (each.partition(":") for each in text.split())
    return frozenset((Part(part), code) for part, _colon, code in pairs if part in [*Part])
