"""Pages of a municipality: the bar at the top and the menu that the viewer's rights allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language

# The name of an address, its word in the menu, and the right that its door asks for.
MENU = (
    ("home", _("Home"), Right.FIGURES),
    ("statement", _("Finances"), Right.FIGURES),
    ("deviations", _("Deviations"), Right.FIGURES),
    ("strategy", _("Strategy"), Right.FIGURES),
    ("reports", _("Reports"), Right.FIGURES),
    ("imports", _("Imports"), Right.IMPORT),
    ("administration", _("Administration"), Right.AUDIT),
)

# The pages that go on with the period of the page before.
BY_PERIOD = ("home", "statement", "deviations", "strategy")


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """The code and the name of each period that a page can be of, the newest first.

    `onward` is the period that the menu goes on with, empty for the newest; `instead_of` the name
    of a period that was asked for and that there is nothing of. `addresses` has the page of each
    period where that differs by more than the period.
    """

    periods: tuple[tuple[str, str], ...]
    chosen: str
    onward: str
    instead_of: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """The code, the name and the address of each period; an empty one is the page's own."""
        addresses = self.addresses or ("",) * len(self.periods)
        pairs = zip(self.periods, addresses, strict=True)
        return tuple((code, name, address) for (code, name), address in pairs)

    @property
    def name(self) -> str:
        """The name of the period that the page is of."""
        return dict(self.periods)[self.chosen]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu."""

    name: Promise
    href: str
    is_here: bool


def first_page(viewer: Viewer) -> str:
    """Return the name of the first address in the menu that the viewer may go to."""
    return next(name for name, _word, right in MENU if viewer.may(right))


def page(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    period: PeriodChoice | None = None,
) -> HttpResponse:
    """Draw a page of the viewer's municipality; `section` in the context is its menu entry.

    A page that is of a period says so: it is chosen in the bar.
    """
    top = bar(viewer, str(context.get("section", "")), period)
    return render(request, template, {**context, **top}, status=status)


def bar(viewer: Viewer, section: str, period: PeriodChoice | None = None) -> dict[str, object]:
    """Return what the bar of a page shows, to be drawn with the page."""
    menu = tuple(_menu(viewer, section, period))
    return {
        "viewer": viewer,
        "municipality_name": viewer.municipality.names.text(language()),
        "menu": menu,
        "here": next((each for each in menu if each.is_here), None),
        "can_search": viewer.may(Right.FIGURES),
        "can_search_postings": viewer.may(Right.POSTINGS),
        "bar_period": period,
    }


def _menu(viewer: Viewer, section: str, period: PeriodChoice | None) -> Iterator[Entry]:
    goes_on = section in BY_PERIOD and period is not None and period.onward
    query = f"?{urlencode({'period': period.onward})}" if goes_on and period else ""
    for name, word, right in MENU:
        if viewer.may(right):
            href = reverse(name, args=(viewer.municipality.slug,))
            yield Entry(word, href + (query if name in BY_PERIOD else ""), name == section)
