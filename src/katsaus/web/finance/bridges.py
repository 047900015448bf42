"""The bridge from the amended budget to the forecast as a table whose bars are a waterfall."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from katsaus.core import bridge
from katsaus.core.bridge import MARGIN, ROWS, Bridge, BridgePart, DeviationItem, Deviations, Whole
from katsaus.core.columns import Column
from katsaus.core.figures import total
from katsaus.core.gaps import Gaps
from katsaus.core.organization import Organization
from katsaus.web.finance.bars import Bar, Scale
from katsaus.web.finance.cells import Cells, Tone
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
        child.code: frozenset(each.code for each in organization.subtree(child.code))
        for child in organization.children(unit)
    }
    return Whole(unit, under)


def steps(
    cells: Cells,
    organization: Organization,
    items: Sequence[DeviationItem],
    editable: frozenset[str],
) -> list[Step]:
    """Return the bridge of the view's unit; empty where nothing was forecast.

    The items of `editable` units lead to their forms.
    """
    unit = cells.view.unit
    parts_of = whole(organization, unit)
    built = bridge.build(
        cells.amount(unit, MARGIN, "amended_budget"),
        cells.amount(unit, MARGIN, "forecast"),
        parts_of,
        _deviations(cells),
        items,
    )
    return list(_Writing(built, parts_of, cells, organization, editable).steps()) if built else []


def _deviations(cells: Cells) -> Deviations:
    """Return what deviates: rows without the budget that a forecast of their margin stands for.

    A row of the whole that no unit has forecast deviates by the budget that nothing stands for.
    """
    gaps, through = cells.gaps, cells.gaps.through(MARGIN, ROWS)

    def of_row(unit: str, row: str) -> Decimal | None:
        deviation = cells.amount(unit, row, "deviation")
        if deviation is not None:
            return deviation + gaps.budget(unit, row) - through.budget(unit, row)
        is_whole = unit == cells.view.unit
        return -through.budget(unit, row) or None if is_whole else None

    def of_margin(unit: str) -> Decimal:
        compared = (
            gaps.comparable(unit, row, cells.amount(unit, row, "deviation"))
            for row in (MARGIN, *ROWS)
        )
        of_margin, *of_rows = (each or Decimal(0) for each in compared)
        return of_margin - sum(of_rows)

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
        yield self._end(columns["amended_budget"], built.start)
        level = built.start
        for each in built.parts:
            yield from self._part(each, level)
            level += each.amount
        if built.left:
            yield self._step(_("Not in the forecasts of the rows"), "", built.left, level)
        yield self._end(columns["forecast"], built.end)

    def _end(self, column: Column, amount: Decimal) -> Step:
        name = column.names.text(language())
        href = self.cells.view.figure(self.cells.view.unit, MARGIN, column.id)
        shown = money(amount, self.cells.view.display_unit)
        return Step(name, "", shown, "", True, self._scale.bar(amount, amount, ""), href)

    def _part(self, part: BridgePart, level: Decimal) -> Iterator[Step]:
        row = self.cells.statement.scheme.row(part.row).names.text(language())
        is_whole = part.unit == self.cells.view.unit and bool(self.whole.under)
        detail = self._of_whole(part, row) if is_whole else self._of_part(part, row)
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

    def _of_part(self, part: BridgePart, row: str) -> str:
        if not part.amount:
            return row
        if self.cells.amount(part.unit, part.row, "forecast") is None:
            return _("%(row)s, not forecast") % {"row": row}
        gaps = self._gaps.under(part.unit, part.row) if part.row in ROWS else ()
        if not gaps:
            return row
        names = ", ".join(dict.fromkeys(self._name(gap.unit) for gap in gaps))
        return _("%(row)s, not forecast: %(units)s") % {"row": row, "units": names}

    @cached_property
    def _gaps(self) -> Gaps:
        return self.cells.gaps.through(MARGIN, ROWS)

    def _of_whole(self, part: BridgePart, row: str) -> str:
        if not part.amount:
            return _("%(row)s, told of the whole") % {"row": row}
        if lacking := self._lacking(part.row):
            said = {"row": row, "units": ", ".join(map(self._name, lacking))}
            return _("%(row)s, not forecast: %(units)s") % said
        return _("%(row)s, given on the whole, not on its parts") % {"row": row}

    def _lacking(self, row: str) -> list[str]:
        """Return the units under the whole that a row was budgeted for and not forecast.

        None where a forecast of the whole itself stands for them.
        """
        forecasts = {unit: self.cells.amount(unit, row, "forecast") for unit in self.whole.under}
        if total(forecasts.values()) != self.cells.amount(self.whole.unit, row, "forecast"):
            return []
        return [
            unit
            for unit, forecast in forecasts.items()
            if forecast is None and self._gaps.budget(unit, row)
        ]

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
