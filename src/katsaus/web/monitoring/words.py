"""The words of kinds, fundings and amounts on the pages of the strategy."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.projects import Funding, PersonYearsScenario, ProjectState
from katsaus.web.finance import numbers
from katsaus.web.finance.numbers import formats

PROJECT_STATES: Mapping[ProjectState, Promise] = {
    ProjectState.PLANNED: gettext_lazy("planned"),
    ProjectState.APPLIED: gettext_lazy("applied for"),
    ProjectState.GRANTED: gettext_lazy("granted"),
    ProjectState.REJECTED: gettext_lazy("rejected"),
    ProjectState.UNDER_WAY: gettext_lazy("under way"),
    ProjectState.ENDED: gettext_lazy("ended"),
}
FUNDINGS: Mapping[Funding, Promise] = {
    Funding.OWN: gettext_lazy("own funding"),
    Funding.PROJECT: gettext_lazy("project funding"),
    Funding.OTHER: gettext_lazy("other funding"),
}
PERSON_YEARS: Mapping[PersonYearsScenario, Promise] = {
    PersonYearsScenario.ACTUAL: gettext_lazy("Actual %(year)s"),
    PersonYearsScenario.BUDGET: gettext_lazy("Budget %(year)s"),
    PersonYearsScenario.FORECAST: gettext_lazy("Forecast %(year)s"),
}
KINDS: Mapping[str, Promise] = {
    "goal": gettext_lazy("Goals"),
    "action": gettext_lazy("Actions"),
    "indicator": gettext_lazy("Indicators"),
    "measure": gettext_lazy("Measures"),
    "programme": gettext_lazy("Programmes"),
    "project": gettext_lazy("Projects"),
}

WHAT: Mapping[str, Promise] = {
    "goal": gettext_lazy("Goal"),
    "action": gettext_lazy("Action"),
    "indicator": gettext_lazy("Indicator"),
    "measure": gettext_lazy("Measure"),
    "programme": gettext_lazy("Programme"),
    "project": gettext_lazy("Project"),
}


def euros(amount: Decimal | None) -> str:
    """Show whole euros with their sign; a dash for nothing."""
    return numbers.euros(amount, DisplayUnit.EUR)


def quantity(number: Decimal | None) -> str:
    """Show a number with the decimals it has, two at most; a dash for nothing."""
    return DASH if number is None else formats().number(number, min(_decimals(number), 2))


def exact(number: Decimal) -> str:
    """Show a number with all the decimals that it has."""
    return formats().number(number, _decimals(number))


def exact_euros(amount: Decimal) -> str:
    """Show euros to the cent, without cents where there are none."""
    return numbers.euros(amount, DisplayUnit.CENT if _decimals(amount) else DisplayUnit.EUR)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def person_years(number: Decimal | None) -> str:
    """Show person-years; a dash for nothing."""
    if number is None:
        return DASH
    said = ngettext("%(number)s person-year", "%(number)s person-years", 1 if number == 1 else 2)
    return said % {"number": quantity(number)}


def staff(number: Decimal) -> str:
    """Show person-years in the short way of tables."""
    return _("%(number)s FTE") % {"number": quantity(number)}


def both(amount: Decimal | None, years: Decimal | None) -> str:
    """Show euros and person-years in one sentence's part, without what is not told."""
    parts = [euros(amount)] if amount is not None else []
    if years is not None:
        parts.append(person_years(years))
    return _(" and ").join(parts) if parts else DASH
