"""The front page: where the municipality stands, which units depart most, what came in last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.bridge import MARGIN
from katsaus.core.columns import Role, columns_of
from katsaus.core.deviations import pace_deviation
from katsaus.core.formats import DisplayUnit
from katsaus.core.organization import Level, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.results import Statement
from katsaus.ledger.importers import Kind
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import findings, queries
from katsaus.web.finance.bars import Bar, Scale
from katsaus.web.finance.cells import Cells, Shown
from katsaus.web.finance.forms import FIRST_COLUMNS, Known, View
from katsaus.web.finance.numbers import day, formats, money
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.finance.sheets import Head, heads
from katsaus.web.imports.models import Batch
from katsaus.web.languages import language

COLUMNS: tuple[Role, ...] = (
    "amended_budget",
    "actual",
    "realization_rate",
    "forecast",
    "deviation",
)
PACE_COLUMNS: tuple[Role, ...] = ("amended_budget", "actual", "realization_rate")
MOST_UNITS, MOST_BATCHES = 6, 4


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit stands to its amended budget, as a bar and a figure."""

    name: str
    href: str
    bar: Bar | None
    cell: Shown
    is_whole: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that departs, with its figures."""

    name: str
    code: str
    href: str
    cells: tuple[Shown, ...]

    @property
    def is_partial(self) -> bool:
        """Whether only a part of the unit's budget has a forecast."""
        return any(cell.is_partial for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was brought in: what it holds, when, by whom ("" for unknown), its rows."""

    kind: str
    file_name: str
    on: str
    by: str
    rows: str


@dataclass(frozen=True, slots=True)
class Front:
    """All that the front page says; `by_pace` where nothing has been forecast.

    `own` are the units that the person works with.
    """

    by_pace: bool
    ends_on: str
    finding: str
    lead: str
    own: tuple[UnitLine, ...]
    standings: tuple[Standing, ...]
    heads: tuple[Head, ...]
    units: tuple[UnitLine, ...]
    arrivals: tuple[Arrival, ...]


def front(viewer: Viewer, known: Known, period: Period) -> Front:
    """Return what the front page says of a period."""
    tree = known.organization
    books = Books(viewer.municipality, period, at=viewer.shelf)
    divisions = findings.divisions(tree)
    areas = [unit for unit in tree if unit.level is Level.SERVICE_AREA] or divisions
    own = [tree.unit(code) for code in viewer.own_units]
    codes = frozenset(unit.code for unit in (tree.root, *divisions, *areas, *own))
    question = replace(books.question(SCHEME), units=codes, rows=frozenset({MARGIN}))
    statement = books.answer(question)
    by_pace = not _is_forecast(statement, codes, period)
    view = View(tree.root.code, "", period, columns=PACE_COLUMNS if by_pace else COLUMNS)
    thousands = replace(view, display_unit=DisplayUnit.THOUSAND_EUR)
    cells = Cells.of(books, view, statement, compares=True)
    in_thousands = replace(cells, view=thousands)
    return Front(
        by_pace=by_pace,
        ends_on=day(period.ends_on),
        finding=findings.finding(statement, books.gaps, tree.root.code, period),
        lead=findings.lead(statement, books.gaps, period, compares=True),
        own=tuple(_unit_line(in_thousands, unit) for unit in own),
        standings=tuple(_standings(cells, [*divisions, tree.root])),
        heads=tuple(replace(head, sort="") for head in heads(view)),
        units=tuple(_worst(in_thousands, areas)),
        arrivals=tuple(map(_arrival, queries.newest_batches(viewer.municipality, MOST_BATCHES))),
    )


def _is_forecast(statement: Statement, units: Iterable[str], period: Period) -> bool:
    column = columns_of(period)["deviation"].id
    return any(statement.value(unit, MARGIN, column) is not None for unit in units)


def _departure(cells: Cells, unit: str) -> Decimal | None:
    """Return how much a unit's forecast departs, or its pace where nothing is forecast."""
    if "deviation" in cells.view.columns:
        return cells.amount(unit, MARGIN, "deviation")
    budget = cells.amount(unit, MARGIN, "amended_budget")
    actual = cells.amount(unit, MARGIN, "actual")
    return pace_deviation(actual, budget, cells.view.period.straight_line_share)


def _standings(cells: Cells, units: list[OrgUnit]) -> Iterator[Standing]:
    known = [
        (unit, amount) for unit in units if (amount := _departure(cells, unit.code)) is not None
    ]
    amounts = [Decimal(0), *(amount for _unit, amount in known)]
    scale = Scale(min(amounts), max(amounts)) if any(amounts) else None
    for unit, amount in known:
        bar = scale.bar(Decimal(0), amount, cells.tone(amount)) if scale else None
        yield Standing(
            name=unit.brief_name(language()),
            href=replace(cells.view, unit=unit.code, columns=FIRST_COLUMNS).query,
            bar=bar,
            cell=_shown(cells, unit.code, amount),
            is_whole=unit.parent is None,
        )


def _shown(cells: Cells, unit: str, amount: Decimal) -> Shown:
    """Return the figure of a departure, which leads to what it is made of where it is a column."""
    if "deviation" in cells.view.columns:
        return cells.cell(unit, MARGIN, "deviation")
    return Shown("deviation", "", money(amount, DisplayUnit.EUR), tone=cells.tone(amount))


def _worst(cells: Cells, units: list[OrgUnit]) -> Iterator[UnitLine]:
    """Iterate over the units that depart most, the worst first, those that better last."""
    known = [(amount, unit) for unit in units if (amount := _departure(cells, unit.code))]
    most = sorted(known, key=lambda each: -abs(each[0]))[:MOST_UNITS]
    for _amount, unit in sorted(most, key=lambda each: each[0]):
        yield _unit_line(cells, unit)


def _unit_line(cells: Cells, unit: OrgUnit) -> UnitLine:
    return UnitLine(
        unit.names.text(language()),
        unit.code,
        replace(cells.view, unit=unit.code, columns=FIRST_COLUMNS).query,
        cells.line(unit.code, MARGIN),
    )


def _arrival(batch: Batch) -> Arrival:
    return Arrival(
        kind=_kind(Kind(batch.kind)),
        file_name=batch.file_name,
        on=day(localtime(batch.imported_at).date()),
        by=batch.imported_by.shown_name if batch.imported_by else "",
        rows=ngettext("%s row", "%s rows", batch.rows) % formats().number(Decimal(batch.rows)),
    )


def _kind(kind: Kind) -> str:
    return {
        Kind.POSTINGS: _("Postings"),
        Kind.BUDGET: _("Budget"),
        Kind.AMENDMENTS: _("Amendments"),
        Kind.FORECASTS: _("Forecasts"),
        Kind.ORGANIZATION: _("Organisation"),
        Kind.ACCOUNTS: _("Accounts"),
    }[kind]
