"""The cells of the tables on the screen: text, address, better or worse, pace."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from katsaus.core.columns import Column, Role, columns_of
from katsaus.core.deviations import pace_deviation
from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.gaps import Gaps
from katsaus.core.results import CellKey, Statement, Value
from katsaus.core.tables import Layout
from katsaus.definitions.thresholds import Thresholds
from katsaus.web.finance.forms import View
from katsaus.web.finance.numbers import Pace, money
from katsaus.web.finance.queries import Books
from katsaus.web.languages import language

Tone = Literal["", "better", "worse"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the page: its text, the address of what it is made of, better or worse.

    `label` is the head of its column, for where the head is not beside it; `mark` is the number of
    its footnote, if it has one. `is_partial` is a deviation of what was forecast, beside which
    something was budgeted and not forecast.
    """

    role: Role
    label: str
    text: str
    href: str = ""
    tone: Tone = ""
    pace: Pace | None = None
    key: CellKey | None = None
    mark: str = ""
    is_partial: bool = False


@dataclass(frozen=True)
class Cells:
    """A computed statement as the cells of a view.

    With `compares`, deviations are of what can be compared, and lead nowhere where that is a part.
    """

    view: View
    statement: Statement
    gaps: Gaps
    limits: Thresholds
    compares: bool = False

    @classmethod
    def of(
        cls, books: Books, view: View, statement: Statement, *, compares: bool = False
    ) -> "Cells":
        """Return the cells of a statement of a municipality's books."""
        return cls(view, statement, books.gaps, books.limits, compares)

    @cached_property
    def columns(self) -> dict[Role, Column]:
        """The period's columns by what they are for."""
        return columns_of(self.view.period)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(language(), self.view.display_unit, DASH)

    def amount(self, unit: str, row: str, role: Role) -> Decimal | None:
        """Return a value in euros (a rate as a fraction); None for nothing and for an error."""
        value = self.statement.value(unit, row, self.columns[role].id)
        amount = value if isinstance(value, Decimal) else None
        is_compared = self.compares and role == "deviation"
        return self.gaps.comparable(unit, row, amount) if is_compared else amount

    def has_any(self, unit: str, row: str) -> bool:
        """Say whether a line has anything in the columns of the view."""
        return any(self.amount(unit, row, role) is not None for role in self.view.columns)

    def line(self, unit: str, row: str) -> tuple[Shown, ...]:
        """Return the cells of a unit's row."""
        return tuple(self.cell(unit, row, role) for role in self.view.columns)

    def cell(self, unit: str, row: str, role: Role) -> Shown:
        """Return one cell."""
        key = CellKey(unit, row, self.columns[role].id)
        cell = self._layout.cell(self.statement, key)
        label = self.columns[role].names.text(language())
        amount = self.amount(unit, row, role) if role == "deviation" else None
        if amount is not None and amount != cell.value:
            text = money(amount, self.view.display_unit)
            return Shown(role, label, text, tone=self.tone(amount), is_partial=True)
        if cell.value is None:
            return Shown(role, label, cell.shown, key=key)
        return Shown(
            role,
            label,
            cell.shown,
            self.view.figure(*key),
            self._tone(key, cell.value) if role == "deviation" else "",
            self._pace(unit, row) if role == "realization_rate" else None,
            key,
        )

    def _tone(self, key: CellKey, deviation: Value) -> Tone:
        """Tell better from worse only where the whole budget has a forecast."""
        row = self.statement.scheme.row(key.row)
        return "" if self.gaps.is_partial(key.unit, row) else self.tone(deviation)

    def tone(self, value: Value) -> Tone:
        """Tell whether a deviation is better or worse for the result.

        Nothing is neither, and so is what is shown as zero.
        """
        step = 1 if self.view.display_unit is DisplayUnit.EUR else 1000
        if not isinstance(value, Decimal) or abs(value) * 2 < step:
            return ""
        return "better" if value > 0 else "worse"

    def _pace(self, unit: str, row: str) -> Pace | None:
        """Draw a realization rate; it is marked where it is worse by the limits of its level."""
        rate = self.amount(unit, row, "realization_rate")
        if rate is None:
            return None
        share = self.view.period.straight_line_share
        budget = self.amount(unit, row, "amended_budget")
        behind = pace_deviation(self.amount(unit, row, "actual"), budget, share)
        limit = self.limits.pace.get(self.gaps.tree.unit(unit).level)
        is_far = limit is not None and limit.is_passed(behind, budget)
        return Pace.of(rate, share, is_worse=is_far and behind is not None and behind < 0)
