"""The address of a view: which unit, row, period and columns are looked at, and how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from katsaus.core.columns import Role
from katsaus.core.figures import Items
from katsaus.core.formats import DisplayUnit
from katsaus.core.organization import Organization, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.statements import Scheme

ROLES: tuple[Role, ...] = get_args(Role)
# The order on the screen: last year's same months stand beside this year's.
ORDER: tuple[Role, ...] = (
    "prior_actual",
    "budget",
    "amended_budget",
    "actual",
    "prior_same_period",
    "realization_rate",
    "forecast",
    "deviation",
)
FIRST_COLUMNS: tuple[Role, ...] = tuple(role for role in ORDER if role != "budget")
FIRST_ROW = "operating_margin"
DISPLAY_UNITS = {"eur": DisplayUnit.EUR, "thousand": DisplayUnit.THOUSAND_EUR}
DEVIATION = "deviation"
LONGEST_SEARCH = 100


class BadAddressError(ValueError):
    """An address asks for what there is not; the message tells the person what."""


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at. A `row` of "" is all rows of the unit; `open` has the opened lines."""

    unit: str
    row: str
    period: Period
    items: Items = Items.ALL
    display_unit: DisplayUnit = DisplayUnit.EUR
    sort: str = ""
    columns: tuple[Role, ...] = FIRST_COLUMNS
    open: frozenset[str] = field(default_factory=frozenset)

    @property
    def query(self) -> str:
        """The view as the parameters of an address; what is as at first is left out."""
        said: list[tuple[str, str]] = [
            ("unit", self.unit),
            ("row", self.row),
            ("period", self.period.code),
        ]
        if self.items is not Items.ALL:
            said.append(("items", self.items))
        if self.display_unit is not DisplayUnit.EUR:
            said.append(("unit_of_display", "thousand"))
        if self.sort:
            said.append(("sort", self.sort))
        if self.columns != FIRST_COLUMNS:
            said.extend(("columns", role) for role in self.columns)
        if self.open:
            said.append(("open", ",".join(sorted(self.open))))
        return "?" + urlencode(said, safe=",")

    def toggled(self, line: str) -> "View":
        """Return the view with a line opened, or closed where it was open."""
        return replace(self, open=self.open ^ {line})

    def figure(self, unit: str, row: str, column: str) -> str:
        """Return the parameters of the page that tells what a figure is made of."""
        said = [("unit", unit), ("row", row), ("column", column), ("period", self.period.code)]
        if self.items is not Items.ALL:
            said.append(("items", self.items))
        return "?" + urlencode(said)


@dataclass(frozen=True, slots=True)
class Known:
    """What an address may ask for."""

    organization: Organization
    scheme: Scheme
    periods: tuple[Period, ...]


def view(given: QueryDict, known: Known) -> View:
    """Read the address of a statement; raises BadAddressError."""
    row = given.get("row", FIRST_ROW)
    if row and row not in {each.id for each in known.scheme.rows}:
        raise BadAddressError(_("There is no row “%(row)s”.") % {"row": row[:60]})
    return View(
        unit=unit(given, known).code,
        row=row,
        period=period(given, known),
        items=items(given),
        display_unit=DISPLAY_UNITS[chosen(given, "unit_of_display", DISPLAY_UNITS, "eur")],
        sort=chosen(given, "sort", ("", DEVIATION), ""),
        columns=_columns(given),
        open=frozenset(filter(None, given.get("open", "").split(","))),
    )


def unit(given: QueryDict, known: Known) -> OrgUnit:
    """Read the unit, the whole municipality where none is given."""
    code = given.get("unit", "") or known.organization.root.code
    try:
        return known.organization.unit(code)
    except LookupError:
        said = _("There is no unit “%(unit)s” in the organisation.") % {"unit": code[:60]}
        raise BadAddressError(said) from None


def period(given: QueryDict, known: Known) -> Period:
    """Read the period, the newest where none is given."""
    text = given.get("period", "")
    if not text:
        return known.periods[0]
    for each in known.periods:
        if each.code == text:
            return each
    raise BadAddressError(
        _(
            "There are no postings for the period “%(period)s”. Choose one from %(first)s to "
            "%(last)s."
        )
        % {
            "period": text[:60],
            "first": known.periods[-1].code,
            "last": known.periods[0].code,
        }
    )


def items(given: QueryDict) -> Items:
    """Read which items count."""
    return Items(chosen(given, "items", tuple(Items), Items.ALL))


def chosen(
    given: QueryDict, name: str, known: Iterable[str] | Mapping[str, object], first: str
) -> str:
    """Read a parameter that is one of the known; `first` where none is given."""
    value = given.get(name, "") or first
    if value not in known:
        raise BadAddressError(
            _("“%(value)s” is not a choice of “%(name)s”.") % {"value": value[:60], "name": name}
        )
    return value


def _columns(given: QueryDict) -> tuple[Role, ...]:
    asked = given.getlist("columns")
    for each in asked:
        if each not in ROLES:
            raise BadAddressError(_("There is no column “%(column)s”.") % {"column": each[:60]})
    return tuple(role for role in ORDER if role in asked) or FIRST_COLUMNS


def search(given: QueryDict) -> str:
    """Read what is searched for."""
    text = given.get("q", "").replace("\0", "").strip()
    if len(text) > LONGEST_SEARCH:
        raise BadAddressError(
            _("A search has at most %(count)s characters.") % {"count": LONGEST_SEARCH}
        )
    return text


def page_number(given: QueryDict) -> int:
    """Read the number of a page, from 1."""
    text = given.get("page", "") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= 999_999):
        raise BadAddressError(_("“%(page)s” is not a page.") % {"page": text[:60]})
    return int(text[:7])
