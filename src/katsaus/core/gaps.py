"""What has a budget and no forecast: a deviation is drawn from what can be compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from katsaus.core.organization import Organization
from katsaus.core.statements import Row, Scheme

MOST_TOLD = 500  # units and rows whose gaps are kept, for a page asks for the same ones again


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit's row that was budgeted and not forecast; the amended budget in euros."""

    unit: str
    row: str
    amended_budget: Decimal

    def weighed(self, weight: Decimal) -> "Gap":
        """Return the gap as a part of a sum row that takes it with a weight."""
        return self if weight == 1 else Gap(self.unit, self.row, self.amended_budget * weight)


@dataclass(frozen=True, slots=True)
class _OfRow:
    """The gaps of a row, with their sums by unit, in euros.

    `forecasting` are the units that forecast something of the row, with those above them; `covered`
    these and those below the former.
    """

    gaps: tuple[Gap, ...]
    forecasting: Set[str]
    covered: Set[str]
    sums: Mapping[str, Decimal]


@dataclass(frozen=True)
class Gaps:
    """The gaps of a tree's forecasts.

    `budgets` and `forecasts` tell by row which units have figures of their own on its accounts or,
    of a sum row, on the row itself: the amended budget in euros, and that something was forecast.
    A forecast stands for all that is under its unit and its row; one that is given on parts of what
    was budgeted as a whole stands for the whole.
    """

    tree: Organization
    scheme: Scheme
    budgets: Mapping[str, Mapping[str, Decimal]]
    forecasts: Mapping[str, Set[str]]
    _found: dict[str, _OfRow] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lower: "dict[str, Gaps]" = field(default_factory=dict, init=False, repr=False, compare=False)
    _told: dict[tuple[str, str], tuple[Gap, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def comparable(self, unit: str, row: str, deviation: Decimal | None) -> Decimal | None:
        """Return a deviation in euros without what has no forecast to be compared with."""
        if deviation is None:
            return None
        return deviation + self.budget(unit, row)

    def budget(self, unit: str, row: str) -> Decimal:
        """Return the amended budget in euros of what of a unit's row has no forecast."""
        return self._within(unit)._of_row(row).sums.get(unit, Decimal(0))

    def is_partial(self, unit: str, row: Row) -> bool:
        """Say whether something of a unit's row was budgeted and not forecast.

        Of a ratio, whether its parts are so. Of an account alone it is not known: its row may have
        been forecast on another.
        """
        parts = row.ratio or (row.id,)
        return any(self.budget(unit, part) for part in parts if part in self._rows)

    @cached_property
    def _rows(self) -> frozenset[str]:
        return frozenset(row.id for row in self.scheme.rows)

    def under(self, unit: str, row: str) -> tuple[Gap, ...]:
        """Return the gaps of a unit's row, the largest first; none where nothing is forecast.

        Each is told of the highest unit that has forecast nothing of the row, or of the unit and
        the row that was left out of its forecast.
        """
        told = self._told.get((unit, row))
        if told is None:
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            told = self._told[unit, row] = tuple(self._within(unit)._under(unit, row))
        return told

    def _within(self, unit: str) -> "Gaps":
        """Return the gaps without the forecasts of what is above a unit: they are none of its."""
        above = (each.code for each in self.tree.above(unit) if each.code in self._givers)
        nearest = next(above, None)
        if nearest is None:
            return self
        if nearest not in self._lower:
            self._lower[nearest] = self._below(nearest)
        return self._lower[nearest]

    def _below(self, giver: str) -> "Gaps":
        inside = self.tree.codes_under(giver) - {giver}
        budgets = {
            row: {unit: budget for unit, budget in units.items() if unit in inside}
            for row, units in self.budgets.items()
        }
        forecasts = {row: units & inside for row, units in self.forecasts.items()}
        return Gaps(self.tree, self.scheme, budgets, forecasts)

    @cached_property
    def _givers(self) -> frozenset[str]:
        return frozenset().union(*self.forecasts.values())

    def _under(self, unit: str, row: str) -> list[Gap]:
        if not self._forecast_on(row):
            return []
        found = self._of_row(row)
        if not found.gaps or unit not in found.forecasting:
            return []
        inside = self.tree.codes_under(unit)
        sums: dict[tuple[str, str], Decimal] = {}
        for gap in found.gaps:
            if gap.unit in inside:
                place = self._told_of(gap, row, found)
                sums[place] = sums.get(place, Decimal(0)) + gap.amended_budget
        gaps = (Gap(*place, budget) for place, budget in sums.items())
        return sorted(gaps, key=lambda gap: (-abs(gap.amended_budget), gap.unit))

    def _told_of(self, gap: Gap, row: str, found: _OfRow) -> tuple[str, str]:
        if gap.unit in found.covered:
            return gap.unit, gap.row
        highest = gap.unit
        for above in self.tree.above(gap.unit):
            if above.code in found.forecasting:
                break
            highest = above.code
        return highest, row

    def _of_row(self, row: str) -> _OfRow:
        if row not in self._found:
            forecast = self._forecast_on(row)
            forecasting = self._with_above(forecast)
            covered = forecasting | self._with_below(forecast)
            gaps = tuple(self._gaps(row, covered))
            self._found[row] = _OfRow(gaps, forecasting, covered, self._sums(gaps))
        return self._found[row]

    def _gaps(self, row: str, covered: Set[str]) -> Iterable[Gap]:
        own = self.forecasts.get(row, frozenset())
        covered_by_own = self._with_above(own) | self._with_below(own)
        for term in self.scheme.row(row).terms:
            for gap in self._of_row(term.row).gaps:
                if gap.unit not in covered_by_own:
                    yield gap.weighed(term.weight)
        for unit, budget in self.budgets.get(row, {}).items():
            if budget and unit not in covered:
                yield Gap(unit, row, budget)

    def _sums(self, gaps: Iterable[Gap]) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for gap in gaps:
            sums[gap.unit] += gap.amended_budget
        for unit in self.tree.upwards:
            if unit.parent is not None and unit.code in sums:
                sums[unit.parent] += sums[unit.code]
        return dict(sums)

    def _forecast_on(self, row: str) -> frozenset[str]:
        """Return the units with a forecast of their own on a row or on a part of it."""
        parts = (self._forecast_on(term.row) for term in self.scheme.row(row).terms)
        return frozenset().union(self.forecasts.get(row, frozenset()), *parts)

    def _with_above(self, units: Set[str]) -> Set[str]:
        found = set(units)
        for unit in self.tree.upwards if units else ():
            if unit.parent is not None and unit.code in found:
                found.add(unit.parent)
        return found

    def _with_below(self, units: Set[str]) -> Set[str]:
        found = set(units)
        for unit in reversed(self.tree.upwards if units else ()):
            if unit.parent in found:
                found.add(unit.code)
        return found
