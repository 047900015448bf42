"""The bridge from the amended budget to the forecast as a table whose bars are a waterfall."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core import bridge
from katsaus.core.bridge import Bridge
from katsaus.core.organization import Organization
from katsaus.web.finance.bars import Bar, Scale
from katsaus.web.finance.cells import Cells, Tone
from katsaus.web.finance.findings import MARGIN
from katsaus.web.finance.numbers import money
from katsaus.web.languages import language

ROWS = ("operating_revenue", "production_for_own_use", "operating_expenses")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the bridge: an end of it, a part, or what is left; `href` tells of the part."""

    name: str
    detail: str
    shown: str
    tone: Tone
    is_end: bool
    bar: Bar
    href: str


def asked(organization: Organization, unit: str) -> list[str]:
    """Return the units that the bridge of a unit has parts of: those under it, or itself."""
    return [child.code for child in organization.children(unit)] or [unit]


def steps(cells: Cells, organization: Organization) -> list[Step]:
    """Return the bridge of the view's unit; empty where nothing was forecast."""
    unit = cells.view.unit
    places = [(code, row) for code in asked(organization, unit) for row in ROWS]
    built = bridge.build(
        cells.amount(unit, MARGIN, "amended_budget"),
        cells.amount(unit, MARGIN, "forecast"),
        places,
        lambda code, row: cells.amount(code, row, "deviation"),
    )
    return list(_steps(built, cells, organization)) if built else []


def _steps(built: Bridge, cells: Cells, organization: Organization) -> Iterator[Step]:
    unit, columns = cells.view.unit, cells.columns
    scale = scale_of(built)
    budget, forecast = columns["amended_budget"], columns["forecast"]

    def end(name: str, amount: Decimal, column: str) -> Step:
        href = cells.view.figure(unit, MARGIN, column)
        bar = scale.bar(amount, amount, "")
        return Step(name, "", money(amount, cells.view.display_unit), "", True, bar, href)

    def part(name: str, detail: str, amount: Decimal, start: Decimal, href: str) -> Step:
        shown, tone = money(amount, cells.view.display_unit), cells.tone(amount)
        bar = scale.bar(start, start + amount, tone)
        return Step(name, detail, shown, tone, False, bar, href)

    yield end(budget.names.text(language()), built.start, budget.id)
    level = built.start
    for each in built.parts:
        name = organization.unit(each.unit).names.text(language())
        row = cells.statement.scheme.row(each.row).names.text(language())
        href = cells.view.figure(each.unit, each.row, columns["deviation"].id)
        yield part(name, row, each.amount, level, href)
        level += each.amount
    if built.left:
        yield part(_("Given on the whole, not on its parts"), "", built.left, level, "")
    yield end(forecast.names.text(language()), built.end, forecast.id)


def scale_of(built: Bridge) -> Scale:
    """Show the stretch that the bridge moves over, and not all the way from zero."""
    levels = [built.start, built.end]
    level = built.start
    for amount in (*(part.amount for part in built.parts), built.left):
        level += amount
        levels.append(level)
    room = (max(levels) - min(levels)) / 8 or Decimal(1)
    return Scale(min(levels) - room, max(levels) + room)
