"""The units of a hierarchy as lines of a table, opened level by level."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from katsaus.core.names import Names
from katsaus.core.organization import Organization, OrgUnit
from katsaus.web.languages import language
from katsaus.web.organization.words import LEVELS

DASH = "\N{EN DASH}"
MOST_FOUND = 200
_PATH = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as the table shows it; `opener` is the address with it opened or closed.

    `above` names the units above it where the list is not a tree; `is_gone` says that the unit is
    not there in the year that is looked at.
    """

    pk: int
    code: str
    name: str
    depth: int
    level: str
    years: str
    responsible: str
    body: str
    is_body_own: bool
    successors: str
    opener: str
    is_open: bool
    is_gone: bool
    above: str


@dataclass(frozen=True, slots=True)
class Table:
    """What the lines are drawn from; `said` are the parameters of the address but the opened."""

    tree: Organization
    keys: Mapping[str, int]
    bodies: Mapping[str, Names]
    successors: Mapping[str, list[str]]
    year: int
    opened: frozenset[str]
    said: Mapping[str, str]

    def lines(self) -> list[Line]:
        """Return the opened units as a tree."""
        return list(self._under(self.tree.root, 0))

    def _under(self, unit: OrgUnit, depth: int) -> Iterator[Line]:
        yield self._line(unit, depth)
        if unit.code in self.opened:
            for child in self.tree.children(unit.code):
                yield from self._under(child, depth + 1)

    def found(self, text: str) -> list[Line]:
        """Return the units whose code begins with a text or whose name holds it."""
        wanted = text.casefold()
        units = [unit for unit in self.tree if _is_named(unit, wanted)]
        return [self._line(unit, 0, is_alone=True) for unit in units[:MOST_FOUND]]

    def _line(self, unit: OrgUnit, depth: int, *, is_alone: bool = False) -> Line:
        has_parts = bool(self.tree.children(unit.code)) and not is_alone
        body = self.tree.governing_body(unit.code)
        above = [each.names.text(language()) for each in self.tree.above(unit.code)]
        return Line(
            pk=self.keys[unit.code],
            code=unit.code,
            name=unit.names.text(language()),
            depth=depth,
            level=str(LEVELS[unit.level]),
            years=years(unit),
            responsible=unit.responsible,
            body=self.bodies[body].text(language()) if body else "",
            is_body_own=bool(unit.governing_body),
            successors=", ".join(self.successors.get(unit.code, ())),
            opener=self._toggled(unit.code) if has_parts else "",
            is_open=unit.code in self.opened,
            is_gone=not is_there(unit, self.year),
            above=_PATH.join(reversed(above)) if is_alone else "",
        )

    def _toggled(self, code: str) -> str:
        opened = ",".join(sorted(self.opened ^ {code}))
        return "?" + urlencode({**self.said, "open": opened}, safe=",")


def _is_named(unit: OrgUnit, wanted: str) -> bool:
    names = (unit.names.fi, unit.names.sv, unit.names.en, unit.short_name)
    return unit.code.casefold().startswith(wanted) or any(wanted in n.casefold() for n in names)


def is_there(unit: OrgUnit, year: int) -> bool:
    """Whether a unit is valid in a year."""
    return (unit.valid_from or year) <= year <= (unit.valid_to or year)


def years(unit: OrgUnit) -> str:
    """Return the years of a unit, such as 2023–; nothing where it has always been and goes on."""
    first, last = unit.valid_from or "", unit.valid_to or ""
    return f"{first}{DASH}{last}" if first or last else ""


def in_order(tree: Organization) -> Iterator[tuple[int, OrgUnit]]:
    """Iterate over the units from the root down, each with its depth."""

    def under(unit: OrgUnit, depth: int) -> Iterator[tuple[int, OrgUnit]]:
        yield depth, unit
        for child in tree.children(unit.code):
            yield from under(child, depth + 1)

    return under(tree.root, 0)
