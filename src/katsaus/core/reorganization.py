"""What forbids a change of the unit tree, as values: the field of the change, and the facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from katsaus.core.organization import Organization, OrgUnit


class FaultKind(StrEnum):
    """What is wrong with a change; the web has a sentence for each."""

    CODE_TAKEN = "code_taken"
    CODE_FIXED = "code_fixed"  # figures or texts stand on it
    NAME_TAKEN = "name_taken"
    NO_PARENT = "no_parent"  # a second root
    ROOT_STAYS = "root_stays"  # the root is moved, ended, merged or removed
    IN_USE = "in_use"  # something stands on a unit that is to be removed
    BODY_IN_USE = "body_in_use"
    ACCOUNT_IN_USE = "account_in_use"
    ONLY_HIERARCHY = "only_hierarchy"  # units stand nowhere without it
    NAMED_BY_REPORT = "named_by_report"  # the report's layout names the hierarchy
    CIRCLE = "circle"
    ENDS_BEFORE_START = "ends_before_start"
    PARENT_ENDS = "parent_ends"  # the unit would outlive the one above it
    CHILDREN_OUTLIVE = "children_outlive"  # value: their codes
    HAS_ENDED = "has_ended"  # before the year of the change; value: the units' codes
    NOT_BEGUN = "not_begun"  # by the year of the change; value: the units' codes
    TOO_FEW = "too_few"  # nothing to merge
    INTO_ITSELF = "into_itself"
    INTO_ITS_PART = "into_its_part"  # the unit to go on is below one that ends
    BEFORE_ALL = "before_all"  # no hierarchy is in force in the year; value: when the first begins


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the field of the change that it is at, what is wrong, and what was seen."""

    field: str
    kind: FaultKind
    value: str = ""


class RefusedError(ValueError):
    """A change that would break the organisation; nothing of it was done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)


def unit_faults(tree: Organization | None, unit: OrgUnit) -> Iterator[Fault]:
    """Find what is wrong with a unit, new or changed; `tree` is as it was, None for the first."""
    if unit.valid_from is not None and (unit.valid_to or unit.valid_from) < unit.valid_from:
        yield Fault("valid_to", FaultKind.ENDS_BEFORE_START)
    if tree is None:
        return
    if unit.parent is None:
        if tree.root.code != unit.code:
            yield Fault("parent", FaultKind.NO_PARENT, tree.root.code)
        elif unit.valid_to is not None:
            yield Fault("valid_to", FaultKind.ROOT_STAYS)
    else:
        yield from _parent_faults(tree, unit, unit.parent)
    if any(each.code == unit.code for each in tree):
        yield from _child_faults(tree, unit, "valid_to")


def _parent_faults(tree: Organization, unit: OrgUnit, parent: str) -> Iterator[Fault]:
    above = tree.unit(parent)
    if above.ends_before(unit):
        yield Fault("parent", FaultKind.PARENT_ENDS, f"{above.code}, {above.valid_to}")


def _child_faults(tree: Organization, unit: OrgUnit, field: str) -> Iterator[Fault]:
    late = [child.code for child in tree.children(unit.code) if unit.ends_before(child)]
    if late:
        yield Fault(field, FaultKind.CHILDREN_OUTLIVE, ", ".join(late))


def move_faults(tree: Organization, code: str, parent: str, year: int | None) -> Iterator[Fault]:
    """Find what forbids a unit under a new parent; from a year, or in the hierarchy as a whole."""
    unit = tree.unit(code)
    if unit.parent is None:
        yield Fault("parent", FaultKind.ROOT_STAYS)
        return
    if any(below.code == parent for below in tree.subtree(code)):
        yield Fault("parent", FaultKind.CIRCLE)
        return
    yield from _parent_faults(tree, unit, parent)
    if year is not None:
        yield from _ended([unit], year, "year")


def _ended(units: Iterable[OrgUnit], year: int, field: str) -> Iterator[Fault]:
    found = [unit.code for unit in units if unit.valid_to is not None and unit.valid_to < year]
    if found:
        yield Fault(field, FaultKind.HAS_ENDED, ", ".join(found))


def _not_begun(units: Iterable[OrgUnit], year: int, field: str) -> Iterator[Fault]:
    found = [unit.code for unit in units if unit.valid_from is not None and unit.valid_from > year]
    if found:
        yield Fault(field, FaultKind.NOT_BEGUN, ", ".join(found))


def merge_faults(
    tree: Organization, codes: Sequence[str], into: str | None, year: int
) -> Iterator[Fault]:
    """Find what forbids units to go into another from a year; `into` is None for a new one."""
    if not codes or (into is None and len(codes) < 2):
        yield Fault("units", FaultKind.TOO_FEW)
    if tree.root.code in codes:
        yield Fault("units", FaultKind.ROOT_STAYS)
        return
    merged = [tree.unit(code) for code in codes]
    yield from _ended(merged, year - 1, "year")
    yield from _not_begun(merged, year - 1, "year")
    if into is None:
        return
    if into in codes:
        yield Fault("into", FaultKind.INTO_ITSELF)
    elif any(above.code in codes for above in tree.above(into)):
        yield Fault("into", FaultKind.INTO_ITS_PART)
    yield from _ended([tree.unit(into)], year, "into")
    yield from _not_begun([tree.unit(into)], year, "into")
