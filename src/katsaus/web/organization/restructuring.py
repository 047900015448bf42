"""What a person does to units: add, change, move, end and merge them; the past stays as it was."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet, RestrictedError

from katsaus.core.organization import Organization, OrgUnit
from katsaus.core.reorganization import (
    Fault,
    FaultKind,
    RefusedError,
    merge_faults,
    move_faults,
    unit_faults,
)
from katsaus.web.audit.use_cases import record
from katsaus.web.organization import models, queries
from katsaus.web.organization.hierarchies import from_year
from katsaus.web.organization.placing import (
    States,
    ensure_hierarchy,
    place_the_rest,
    said,
    unit_states,
)
from katsaus.web.users.models import User


@dataclass(frozen=True, slots=True)
class Merger:
    """Units, by their codes, that go into another from a year on.

    `into` has the code of a unit that is there, or is the new unit, to be added.
    """

    units: Sequence[str]
    into: OrgUnit
    year: int
    is_new: bool


@transaction.atomic
def add_unit(
    *, municipality: models.Municipality, unit: OrgUnit, person: User | None = None
) -> models.Unit:
    """Add a unit under its parent, in every hierarchy; raises RefusedError."""
    _wait(municipality)
    tree = _newest(municipality)
    taken = tree is not None and any(each.code == unit.code for each in tree)
    _refuse([*_code_faults(unit.code, taken=taken), *(() if taken else unit_faults(tree, unit))])
    added = _added(municipality, unit)
    _record("unit.added", municipality, person, [unit.code], {})
    return added


def _added(municipality: models.Municipality, unit: OrgUnit) -> models.Unit:
    found = models.Unit(municipality=municipality, code=unit.code)
    _fill(found, unit)
    found.save()
    hierarchy = ensure_hierarchy(municipality, "", None)
    parent = municipality.units.get(code=unit.parent) if unit.parent else None
    models.Placement.objects.create(hierarchy=hierarchy, unit=found, parent=parent)
    place_the_rest(municipality)
    return found


@transaction.atomic
def change_unit(
    *, unit: models.Unit, told: OrgUnit, is_code_fixed: bool, person: User | None = None
) -> None:
    """Change what is told of a unit, not where it stands; raises RefusedError.

    `is_code_fixed` says that figures or texts stand on its code, which then stays.
    """
    owner = unit.municipality
    _wait(owner)
    tree = _tree(owner)
    old = tree.unit(unit.code)
    is_other = told.code != old.code
    taken = is_other and owner.units.filter(code=told.code).exists()
    faults = list(_code_faults(told.code, taken=taken))
    if is_other and is_code_fixed:
        faults.append(Fault("code", FaultKind.CODE_FIXED))
    _refuse([*faults, *unit_faults(tree, replace(told, code=old.code, parent=old.parent))])
    before = unit_states(owner, old.code)
    unit.code = told.code
    _fill(unit, told)
    unit.save()
    _record("unit.changed", owner, person, [unit.code], before)


def _code_faults(code: str, *, taken: bool) -> Iterable[Fault]:
    return [Fault("code", FaultKind.CODE_TAKEN, code)] if taken else []


@transaction.atomic
def move_unit(
    *,
    unit: models.Unit,
    parent: str,
    year: int | None,
    hierarchy: models.Hierarchy,
    person: User | None = None,
) -> models.Hierarchy:
    """Put a unit, with all below it, under another; returns the hierarchy that it was done in.

    From a year: in the hierarchy that begins in it, made where there is none, so that what is told
    of earlier years stays. Without a year `hierarchy` itself is put right. Raises RefusedError.
    """
    owner = unit.municipality
    _wait(owner)
    if year is not None:
        hierarchy, _is_new = from_year(owner, year, person)
    tree = queries.organization(owner, hierarchy.name)
    _refuse(move_faults(tree, unit.code, parent, year))
    before = unit_states(owner, unit.code)
    above = owner.units.get(code=parent)
    hierarchy.placements.filter(unit=unit).update(parent=above)
    _record("unit.moved", owner, person, [unit.code], before)
    return hierarchy


@transaction.atomic
def end_unit(
    *,
    unit: models.Unit,
    last_year: int,
    successors: Collection[models.Unit] = (),
    person: User | None = None,
) -> None:
    """Have a year be a unit's last, and say who goes on with its work; raises RefusedError."""
    owner = unit.municipality
    _wait(owner)
    tree = _tree(owner)
    faults = list(unit_faults(tree, replace(tree.unit(unit.code), valid_to=last_year)))
    if unit in successors:
        faults.append(Fault("successors", FaultKind.INTO_ITSELF))
    _refuse(faults)
    before = unit_states(owner, unit.code)
    unit.valid_to = last_year
    unit.save(update_fields=["valid_to"])
    unit.successors.set(successors)
    _record("unit.ended", owner, person, [unit.code], before)


@transaction.atomic
def remove_unit(*, unit: models.Unit, is_used: bool, person: User | None = None) -> None:
    """Remove a unit that was added by mistake; raises RefusedError where something stands on it.

    `is_used` says that figures or texts stand on its code, which the database cannot know.
    """
    owner = unit.municipality
    _wait(owner)
    if _tree(owner).root.code == unit.code:
        _refuse([Fault("", FaultKind.ROOT_STAYS)])
    before = unit_states(owner, unit.code)
    in_use = RefusedError([Fault("", FaultKind.IN_USE)])
    if is_used or _is_referred(unit):
        raise in_use
    try:
        with transaction.atomic():
            unit.delete()
    except (ProtectedError, RestrictedError):
        raise in_use from None
    told = {code: said(state) for code, state in before.items()}
    record(
        person=person,
        municipality=owner.slug,
        action="unit.removed",
        subject=", ".join(before),
        before=told,
    )


def _is_referred(unit: models.Unit) -> bool:
    """Return whether anything tells of the unit but its own places, which go with it."""
    own = models.Placement._meta.get_field("unit")
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: unit}).exists()
        for relation in models.Unit._meta.related_objects
        if relation.field != own
    )


@transaction.atomic
def merge_units(
    *, municipality: models.Municipality, merger: Merger, person: User | None = None
) -> models.Unit:
    """Have units end the year before a year and another go on; raises RefusedError.

    What is below them and goes on moves under it, in the hierarchies from that year on. The
    figures of earlier years stay on the units that they were booked on.
    """
    _wait(municipality)
    hierarchy = queries.in_force(municipality, date(merger.year, 12, 31))[0]
    if moves_units(municipality, merger):
        hierarchy, _is_new = from_year(municipality, merger.year, person)
    tree = queries.organization(municipality, hierarchy.name)
    _refuse(_merger_faults(tree, merger))
    before = unit_states(municipality)
    into = _added(municipality, merger.into) if merger.is_new else None
    into = into or municipality.units.get(code=merger.into.code)
    _that_move(hierarchy, merger).update(parent=into)
    for unit in municipality.units.filter(code__in=merger.units):
        unit.valid_to = min(unit.valid_to or merger.year, merger.year - 1)
        unit.save(update_fields=["valid_to"])
        unit.successors.add(into)
    changed = [
        code for code, state in unit_states(municipality).items() if before.get(code) != state
    ]
    _record("units.merged", municipality, person, changed, before)
    return into


def moves_units(municipality: models.Municipality, merger: Merger) -> bool:
    """Return whether something below the units that end goes on, and so moves."""
    hierarchy = queries.in_force(municipality, date(merger.year, 12, 31))[0]
    return _that_move(hierarchy, merger).exists()


def lacks_hierarchy(municipality: models.Municipality, year: int) -> bool:
    """Return whether what moves from a year on needs a new hierarchy."""
    begins = queries.in_force(municipality, date(year, 12, 31))[0].valid_from
    return begins is None or begins.year != year


def _that_move(hierarchy: models.Hierarchy, merger: Merger) -> QuerySet[models.Placement]:
    """Return the places, in a hierarchy and in later ones, of what goes on under units that end."""
    owner = hierarchy.municipality
    later = owner.hierarchies.filter(
        Q(pk=hierarchy.pk) | Q(valid_from__gte=date(merger.year, 1, 1))
    )
    merged = owner.units.filter(code__in=merger.units)
    below = models.Placement.objects.filter(hierarchy__in=later, parent__in=merged)
    goes_on = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=merger.year)
    return below.filter(goes_on).exclude(unit__in=merged)


def _merger_faults(tree: Organization, merger: Merger) -> Iterable[Fault]:
    if not merger.is_new:
        yield from merge_faults(tree, merger.units, merger.into.code, merger.year)
        return
    yield from merge_faults(tree, merger.units, None, merger.year)
    if any(each.code == merger.into.code for each in tree):
        yield Fault("code", FaultKind.CODE_TAKEN, merger.into.code)
        return
    yield from unit_faults(tree, merger.into)
    above = merger.into.parent
    if above is None:
        return
    if above in merger.units or any(each.code in merger.units for each in tree.above(above)):
        yield Fault("parent", FaultKind.INTO_ITS_PART)


def _fill(unit: models.Unit, told: OrgUnit) -> None:
    bodies = queries.bodies(unit.municipality)
    unit.name_fi, unit.name_sv, unit.name_en = told.names.fi, told.names.sv, told.names.en
    unit.short_name, unit.level, unit.responsible = told.short_name, told.level, told.responsible
    unit.valid_from, unit.valid_to = told.valid_from, told.valid_to
    unit.governing_body = bodies.get(told.governing_body)


def _wait(municipality: models.Municipality) -> None:
    """Let one change be made at a time, so that two together cannot make a circle."""
    models.Municipality.objects.select_for_update().get(pk=municipality.pk)


def _tree(municipality: models.Municipality) -> Organization:
    """Return the newest hierarchy: the one that what goes on must hold in."""
    return queries.organization(municipality, on=date.max)


def _newest(municipality: models.Municipality) -> Organization | None:
    return _tree(municipality) if municipality.units.exists() else None


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise RefusedError(found)


def _record(
    action: str,
    municipality: models.Municipality,
    person: User | None,
    codes: Sequence[str],
    before: States,
) -> None:
    """Write down units as they were and as they are; the code of one may have changed."""
    after = unit_states(municipality, *codes)
    if before == after:
        return
    known = {code: state for code, state in before.items() if code in after or len(before) == 1}
    record(
        person=person,
        municipality=municipality.slug,
        action=action,
        subject=", ".join(codes),
        before={code: said(state) for code, state in known.items()},
        after={code: said(state) for code, state in after.items()},
    )
