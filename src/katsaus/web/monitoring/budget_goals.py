"""The page of the goals decided with a year's budget, and of the units' person-years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katsaus.core.figures import total
from katsaus.core.formats import DASH
from katsaus.core.indicator_texts import measured_text
from katsaus.core.indicators import Entry, ValueScenario
from katsaus.core.periods import Period
from katsaus.core.projects import Funding, PersonYears, PersonYearsScenario
from katsaus.core.strategies import Goal
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.computing import with_computed
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.words import FUNDINGS, PERSON_YEARS, quantity
from katsaus.web.planning.queries import budget_goals as queries
from katsaus.web.planning.queries import projects as project_queries
from katsaus.web.planning.queries import strategies
from katsaus.web.planning.queries.entries import Placed


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator of a goal: its target, and its situation at the two days of the year."""

    link: Link
    target: str
    june: str
    december: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its indicators, at least one line of them to draw."""

    link: Link
    is_binding: bool
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class UnitGoals:
    """The goals of a unit."""

    name: str
    statement: str
    goals: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A unit's person-years, by scenario and funding, each scenario with its sum."""

    name: str
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """Person-years: `scenarios` are the heads over `fundings`."""

    scenarios: tuple[str, ...]
    fundings: tuple[str, ...]
    lines: tuple[StaffLine, ...]

    @property
    def span(self) -> int:
        """How many columns a scenario has: its fundings and their sum."""
        return len(self.fundings) + 1


@require_safe
@door(Right.FIGURES)
def budget_goals(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the goals of a year's budget, the newest that has any unless a year is given."""
    years = queries.years(viewer.municipality)
    given = request.GET.get("year", "")
    year = next((each for each in years if str(each) == given), years[0] if years else None)
    links = Links(viewer)
    goals, placed = _goals(viewer, year) if year else ((), ())
    context = {
        "section": "strategy",
        "year": year,
        "new": urlencode({"year": year or localdate().year}),
        "years": years,
        "units": list(_units(links, goals, placed)),
        "binding": sum(1 for each in goals if each.is_binding),
        "count": len(goals),
        "staff": _staff(viewer, links, year) if year else None,
    }
    return page(request, viewer, "monitoring/budget_goals.html", context)


def _goals(viewer: Viewer, year: int) -> tuple[tuple[Goal, ...], tuple[Placed, ...]]:
    """Return a year's goals and their indicators, computed where they are at both of its days.

    They are kept until something is changed.
    """

    def found() -> tuple[tuple[Goal, ...], tuple[Placed, ...]]:
        placed = queries.indicators(viewer.municipality, year)
        days = Period(year, 6), Period(year, 12)
        return (
            strategies.budget_goals(viewer.municipality, year),
            with_computed(LedgerRows.of(viewer), placed, *days),
        )

    key = ("budget goals", year, language())
    return viewer.shelf.get(key, found, lambda each: 10 * (len(each[0]) + len(each[1])))


def _units(
    links: Links, goals: tuple[Goal, ...], placed: tuple[Placed, ...]
) -> Iterator[UnitGoals]:
    units = dict.fromkeys(code for goal in goals for code in (goal.units or ("",)))
    for unit in units:
        own = [goal for goal in goals if unit in (goal.units or ("",))]
        lines = tuple(_goal(links, goal, unit, placed) for goal in own)
        name = links.unit(unit) or _("No unit")
        yield UnitGoals(name, links.statement(unit) if unit else "", lines)


def _goal(links: Links, goal: Goal, unit: str, placed: tuple[Placed, ...]) -> GoalLine:
    indicators = tuple(
        _indicator(links, each, goal.year or 0, unit) for each in placed if each.on == goal.code
    )
    return GoalLine(links.goal(goal.code, goal.names), goal.is_binding, indicators)


def _indicator(links: Links, placed: Placed, year: int, unit: str) -> IndicatorLine:
    indicator = placed.indicator
    entries = [each for each in placed.entries if each.unit in (unit, "")]

    def shown(scenario: ValueScenario, *periods: Period) -> str:
        found = _newest(entries, scenario, periods)
        return measured_text(indicator, found.value, language()) if found else DASH

    name = placed.label or indicator.names.text(language())
    target = shown(ValueScenario.TARGET, *(Period(year, month) for month in range(1, 13)))
    return IndicatorLine(
        Link(name, links.page("indicator", indicator.code)),
        target,
        shown(ValueScenario.ACTUAL, Period(year, 6)),
        shown(ValueScenario.ACTUAL, Period(year, 12)),
    )


def _newest(
    entries: Iterable[Entry], scenario: ValueScenario, periods: Iterable[Period]
) -> Entry | None:
    """Return the last value of a scenario in some periods, the unit's own before the whole's."""
    asked = set(periods)
    found = [each for each in entries if each.scenario is scenario and each.period in asked]
    return max(found, key=lambda each: (bool(each.unit), each.period.month), default=None)


def _staff(viewer: Viewer, links: Links, year: int) -> Staff | None:
    """Return the person-years of a year and those that were in the year before."""
    found = project_queries.person_years(viewer.municipality, year - 1, year)
    rows = [
        each for each in found if each.year == year or each.scenario is PersonYearsScenario.ACTUAL
    ]
    if not rows:
        return None
    order = list(PersonYearsScenario)
    columns = sorted(
        {(each.year, each.scenario) for each in rows},
        key=lambda each: (each[0], order.index(each[1])),
    )
    fundings = [each for each in Funding if any(row.funding is each for row in rows)]
    units = dict.fromkeys(each.unit for each in rows)
    lines = [
        StaffLine(
            links.unit(unit), _cells([row for row in rows if row.unit == unit], columns, fundings)
        )
        for unit in units
    ]
    if len(units) > 1:
        lines.append(StaffLine(_("In all"), _cells(rows, columns, fundings), is_total=True))
    heads = tuple(str(PERSON_YEARS[scenario]) % {"year": of} for of, scenario in columns)
    return Staff(heads, tuple(str(FUNDINGS[each]) for each in fundings), tuple(lines))


def _cells(
    rows: list[PersonYears],
    columns: list[tuple[int, PersonYearsScenario]],
    fundings: list[Funding],
) -> tuple[str, ...]:
    cells: list[str] = []
    for column in columns:
        of = [row for row in rows if (row.year, row.scenario) == column]
        sums: list[Decimal | None] = [
            total(row.person_years for row in of if row.funding is funding) for funding in fundings
        ]
        cells += [quantity(each) for each in (*sums, total(sums))]
    return tuple(cells)
