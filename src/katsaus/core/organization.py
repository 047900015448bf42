"""The tree of a municipality's units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from katsaus.core.names import Language, Names


class Level(StrEnum):
    """What kind of part of the municipality a unit is."""

    MUNICIPALITY = "municipality"
    DIVISION = "division"
    SERVICE_AREA = "service_area"
    UNIT = "unit"
    COST_CENTER = "cost_center"
    SUBSIDIARY = "subsidiary"
    FINANCING = "financing"


class BodyKind(StrEnum):
    """What kind of governing body the reports of a unit go to."""

    COUNCIL = "council"
    EXECUTIVE_BOARD = "executive_board"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """One unit; `valid_from` and `valid_to` are years, None where the validity is open.

    `responsible` names the persons who answer for it, as the report prints them.
    `governing_body` is the Finnish name of its own one; without it the unit above says it.
    """

    code: str
    names: Names
    level: Level
    parent: str | None = None
    short_name: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    responsible: str = ""
    governing_body: str = ""

    def brief_name(self, language: Language) -> str:
        """Return the name for a chart: the short one, which is Finnish, or the whole one."""
        return (language == "fi" and self.short_name) or self.names.text(language)

    def ends_before(self, other: "OrgUnit") -> bool:
        """Whether the unit ends while another still goes on."""
        if self.valid_to is None:
            return False
        return other.valid_to is None or other.valid_to > self.valid_to


class UnknownUnitError(LookupError):
    """A unit was asked for that the organisation does not have."""


class Organization:
    """The units of one hierarchy, held as a tree with one root."""

    def __init__(self, units: Iterable[OrgUnit]) -> None:
        """Take the units in any order; raises ValueError for no root, two roots or a cycle."""
        self._units = {unit.code: unit for unit in sorted(units, key=lambda unit: unit.code)}
        roots = [unit for unit in self._units.values() if unit.parent is None]
        if len(roots) != 1:
            raise ValueError(f"an organisation has one root, not {len(roots)}")
        self.root = roots[0]
        if len(list(self.subtree(self.root.code))) != len(self._units):
            raise ValueError("a unit is not below the root")

    def __iter__(self) -> Iterator[OrgUnit]:
        """Iterate over the units by code."""
        return iter(self._units.values())

    def unit(self, code: str) -> OrgUnit:
        """Return the unit of a code; raises UnknownUnitError."""
        try:
            return self._units[code]
        except KeyError:
            raise UnknownUnitError(code) from None

    @cached_property
    def _children(self) -> dict[str, list[OrgUnit]]:
        children: dict[str, list[OrgUnit]] = {code: [] for code in self._units}
        for unit in self._units.values():
            if unit.parent is not None:
                children.setdefault(unit.parent, []).append(unit)
        return children

    def children(self, code: str) -> tuple[OrgUnit, ...]:
        """Return the units right under a unit, by code; raises UnknownUnitError."""
        self.unit(code)
        return tuple(self._children[code])

    def subtree(self, code: str) -> Iterator[OrgUnit]:
        """Iterate over a unit and all that is below it; raises UnknownUnitError."""
        yield self.unit(code)
        for child in self.children(code):
            yield from self.subtree(child.code)

    @cached_property
    def upwards(self) -> tuple[OrgUnit, ...]:
        """All units, each after those that are below it."""
        return tuple(self.subtree(self.root.code))[::-1]

    @cached_property
    def _codes_under(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for unit in self.upwards:
            parts = (found[child.code] for child in self._children[unit.code])
            found[unit.code] = frozenset((unit.code,)).union(*parts)
        return found

    def codes_under(self, code: str) -> frozenset[str]:
        """Return the codes of a unit and of all that is below it; raises UnknownUnitError."""
        return self._codes_under[self.unit(code).code]

    def above(self, code: str) -> Iterator[OrgUnit]:
        """Iterate from a unit's parent to the root; raises UnknownUnitError."""
        parent = self.unit(code).parent
        while parent is not None:
            yield self.unit(parent)
            parent = self.unit(parent).parent

    def governing_body(self, code: str) -> str:
        """Return the body that a unit answers to, its own or that of the nearest above it."""
        units = (self.unit(code), *self.above(code))
        return next((unit.governing_body for unit in units if unit.governing_body), "")

    def closure(self) -> Iterator[tuple[str, str]]:
        """Iterate over pairs (unit, part): each unit with itself and with all below it."""
        for unit in self._units.values():
            ancestor: str | None = unit.code
            while ancestor is not None:
                yield ancestor, unit.code
                ancestor = self._units[ancestor].parent
