"""The page of deviations: what departs from the amended budget, and the bridge of a unit."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.bridge import MARGIN, ROWS, DeviationItem
from katsaus.core.columns import Role, columns_of
from katsaus.core.organization import Level
from katsaus.core.periods import Period
from katsaus.definitions.thresholds import thresholds
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import bridges, forms
from katsaus.web.finance.bridges import Step
from katsaus.web.finance.cells import Cells
from katsaus.web.finance.controls import Control, level_control, unit_control
from katsaus.web.finance.departures import Departure, departures
from katsaus.web.finance.findings import lacking
from katsaus.web.finance.forms import Known, View
from katsaus.web.finance.limits import LimitLine, limit_lines
from katsaus.web.finance.numbers import percent
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.finance.sheets import Head, heads
from katsaus.web.languages import language
from katsaus.web.planning.queries import explanations

COLUMNS: tuple[Role, ...] = (
    "amended_budget",
    "realization_rate",
    "forecast",
    "deviation",
)
LARGE = (Level.MUNICIPALITY, Level.DIVISION, Level.SERVICE_AREA)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the page of deviations says: `worse` by forecast, `behind` by pace alone."""

    view: View
    unit_name: str
    finding: str
    lacking: str
    has_budget: bool
    controls: tuple[Control, ...]
    heads: tuple[Head, ...]
    worse: tuple[Departure, ...]
    behind: tuple[Departure, ...]
    better: tuple[Departure, ...]
    share: str
    steps: tuple[Step, ...]
    may_explain: bool
    may_limit: bool
    limits: tuple[LimitLine, ...]


def outlook(given: QueryDict, viewer: Viewer, known: Known) -> Outlook:
    """Read the address and return what the page says; raises BadAddressError."""
    unit, period = forms.unit(given, known), forms.period(given, known)
    chosen = forms.chosen(given, "level", ("large", *thresholds().forecast), "large")
    levels = frozenset(LARGE if chosen == "large" else (Level(chosen),))
    view = View(unit.code, "", period, columns=COLUMNS)
    books = Books(viewer.municipality, period, at=viewer.shelf)
    inside = known.organization.codes_under(unit.code)
    asked = {each.code for each in known.organization if each.level in levels} & inside
    parts = bridges.whole(known.organization, unit.code).under
    codes = frozenset((*asked, unit.code, *parts))
    rows = frozenset((*thresholds().rows, *ROWS, MARGIN))
    answer = books.answer(replace(books.question(SCHEME), units=codes, rows=rows))
    cells = Cells.of(books, view, answer)
    items = _items(viewer, period)
    budget = columns_of(period)["amended_budget"].id
    has_budget = any(key.column == budget for key in answer.amounts)
    compared = replace(cells, compares=True)
    found = departures(compared, [known.organization.unit(code) for code in sorted(asked)])
    return Outlook(
        view=view,
        unit_name=unit.names.text(language()),
        finding=_finding(found) if has_budget else _no_budget(period),
        lacking=lacking(books.gaps, unit.code, MARGIN, compares=True),
        has_budget=has_budget,
        controls=(
            unit_control(unit.code, known),
            level_control(chosen),
        ),
        heads=tuple(replace(head, sort="") for head in heads(view)),
        worse=tuple(each for each in found if each.size < 0 and each.is_forecast),
        behind=tuple(each for each in found if each.size < 0 and not each.is_forecast),
        better=tuple(each for each in reversed(found) if each.size > 0),
        share=percent(period.straight_line_share),
        may_explain=viewer.may(Right.EDIT, unit.code),
        may_limit=viewer.may(Right.IMPORT),
        limits=limit_lines(books.limits),
        steps=tuple(bridges.steps(cells, known.organization, items, viewer.units(Right.EDIT))),
    )


def _items(viewer: Viewer, period: Period) -> tuple[DeviationItem, ...]:
    return viewer.shelf.get(
        ("explanations", period), lambda: explanations(viewer.municipality, period)
    )


def _no_budget(period: Period) -> str:
    return _("The year %s has no budget to compare with") % period.year


def _finding(found: list[Departure]) -> str:
    """Say how many rows are forecast worse, and how many are behind by their pace alone."""
    worse = [each for each in found if each.size < 0 and each.is_forecast]
    behind = [each for each in found if each.size < 0 and not each.is_forecast]
    if not worse:
        return _behind(len(behind)) if behind else _("Nothing falls behind beyond the limits")
    sentence = ngettext(
        "%(count)s row is forecast worse than the amended budget",
        "%(count)s rows are forecast worse than the amended budget",
        len(worse),
    ) % {"count": len(worse)}
    if not behind:
        return sentence
    also = ngettext(
        "%(count)s more is behind an even pace",
        "%(count)s more are behind an even pace",
        len(behind),
    ) % {"count": len(behind)}
    return f"{sentence}, {also}"


def _behind(rows: int) -> str:
    sentence = ngettext(
        "%(count)s row is behind an even pace", "%(count)s rows are behind an even pace", rows
    )
    return sentence % {"count": rows}
