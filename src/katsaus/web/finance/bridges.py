"""The bridge from the amended budget to the forecast as a table whose bars are a waterfall."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from katsaus.core import bridge
from katsaus.core.bridge import MARGIN, ROWS, Bridge, BridgePart, DeviationItem, Deviations, Whole
from katsaus.core.checks import unexplained
from katsaus.core.columns import Column
from katsaus.core.organization import Organization
from katsaus.web.finance.bars import Bar, Scale
from katsaus.web.finance.cells import Cells, Tone
from katsaus.web.finance.findings import names_lacking
from katsaus.web.finance.numbers import money
from katsaus.web.finance.words import item_words
from katsaus.web.languages import language

# Euros: items are told in round euros, and what is left of less than this is their rounding.
ROUND = Decimal(10)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the bridge: an end of it, a part, or what is left; `href` tells of the part.

    Under a part stand what it is made of, which `is_inside`; `edit` is the number of an item that
    the person may change.
    """

    name: str
    detail: str
    shown: str
    tone: Tone
    is_end: bool
    bar: Bar
    href: str
    is_inside: bool = False
    edit: int = 0


def whole(organization: Organization, unit: str) -> Whole:
    """Return the unit of a bridge with the units right under it."""
    under = {
        child.code: organization.codes_under(child.code) for child in organization.children(unit)
    }
    return Whole(unit, under)


def steps(
    cells: Cells,
    organization: Organization,
    items: Sequence[DeviationItem],
    editable: frozenset[str],
) -> list[Step]:
    """Return the bridge of the view's unit; empty where nothing was forecast.

    It begins from the budget of what has a forecast, and names what has none. The items of
    `editable` units lead to their forms.
    """
    unit = cells.view.unit
    parts_of = whole(organization, unit)
    budget = cells.amount(unit, MARGIN, "amended_budget")
    built = bridge.build(
        budget and budget - cells.gaps.budget(unit, MARGIN),
        cells.amount(unit, MARGIN, "forecast"),
        parts_of,
        _deviations(cells),
        items,
    )
    return list(_Writing(built, parts_of, cells, organization, editable).steps()) if built else []


def _deviations(cells: Cells) -> Deviations:
    """Return what deviates of what has a forecast of its own, or of the margin that it is in."""

    def of_row(unit: str, row: str) -> Decimal | None:
        return cells.gaps.comparable(unit, row, cells.amount(unit, row, "deviation"))

    def of_margin(unit: str) -> Decimal:
        of_rows = (of_row(unit, row) or Decimal(0) for row in ROWS)
        return unexplained(of_row(unit, MARGIN) or Decimal(0), of_rows)

    return Deviations(of_row, of_margin)


@dataclass(frozen=True)
class _Writing:
    """A bridge laid out as lines."""

    built: Bridge
    whole: Whole
    cells: Cells
    organization: Organization
    editable: frozenset[str]

    def steps(self) -> Iterator[Step]:
        built, columns = self.built, self.cells.columns
        yield self._start(columns["amended_budget"], built.start)
        level = built.start
        for each in built.parts:
            yield from self._part(each, level)
            level += each.amount
        if built.left:
            yield self._step(_("Not in the forecasts of the rows"), "", built.left, level)
        yield self._end(columns["forecast"], built.end)

    def _start(self, column: Column, amount: Decimal) -> Step:
        """Return the budget; of what has a forecast, where something has none."""
        end = self._end(column, amount)
        lacking = names_lacking(self.cells.gaps, self.whole.unit, MARGIN)
        if not lacking:
            return end
        return replace(end, detail=_("without what has no forecast: %s") % lacking, href="")

    def _end(self, column: Column, amount: Decimal) -> Step:
        name = column.names.text(language())
        href = self.cells.view.figure(self.cells.view.unit, MARGIN, column.id)
        shown = money(amount, self.cells.view.display_unit)
        return Step(name, "", shown, "", True, self._scale.bar(amount, amount, ""), href)

    def _part(self, part: BridgePart, level: Decimal) -> Iterator[Step]:
        row = self.cells.statement.scheme.row(part.row).names.text(language())
        is_whole = part.unit == self.cells.view.unit and bool(self.whole.under)
        detail = self._of_whole(part, row) if is_whole else row
        yield self._step(self._name(part.unit), detail, part.amount, level, self._href(part))
        for item in part.items:
            above = "" if item.unit == part.unit else self._name(item.unit)
            detail = item_words(item, above)
            step = self._step(item.cause, detail, item.amount, level)
            number = item.number if item.unit in self.editable else 0
            yield replace(step, is_inside=True, edit=number)
            level += item.amount
        if part.items and abs(part.unexplained) >= ROUND:
            is_above = is_whole and not part.amount
            name = _("In the parts above") if is_above else _("Unexplained")
            step = self._step(name, "", part.unexplained, level)
            yield replace(step, is_inside=True)

    def _href(self, part: BridgePart) -> str:
        """Return the address of a part's figure; what is only some of one has none."""
        if part.amount != self.cells.amount(part.unit, part.row, "deviation"):
            return ""
        return self.cells.view.figure(part.unit, part.row, self.cells.columns["deviation"].id)

    @staticmethod
    def _of_whole(part: BridgePart, row: str) -> str:
        if not part.amount:
            return _("%(row)s, told of the whole") % {"row": row}
        return _("%(row)s, given on the whole, not on its parts") % {"row": row}

    def _step(
        self, name: str, detail: str, amount: Decimal, level: Decimal, href: str = ""
    ) -> Step:
        shown = money(amount, self.cells.view.display_unit)
        tone = self.cells.tone(amount)
        bar = self._scale.bar(level, level + amount, tone)
        return Step(name, detail, shown, tone, False, bar, href)

    def _name(self, unit: str) -> str:
        return self.organization.unit(unit).names.text(language())

    @cached_property
    def _scale(self) -> Scale:
        return scale_of(self.built)


def scale_of(built: Bridge) -> Scale:
    """Show the stretch that the bridge moves over, and not all the way from zero."""
    levels = [built.start, built.end]
    level = built.start
    for part in built.parts:
        inside = level
        for item in part.items:
            inside += item.amount
            levels.append(inside)
        level += part.amount
        levels.append(level)
    levels.append(level + built.left)
    room = (max(levels) - min(levels)) / 8 or Decimal(1)
    return Scale(min(levels) - room, max(levels) + room)
