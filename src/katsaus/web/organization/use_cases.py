"""What a person does to the organisation: create the municipality, bring in units, accounts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from katsaus.core.accounts import Account
from katsaus.core.checks import accounts_off_scheme
from katsaus.core.organization import OrgUnit
from katsaus.definitions import load
from katsaus.web.audit.use_cases import record
from katsaus.web.organization import models
from katsaus.web.organization.bodies import ensure_bodies
from katsaus.web.organization.placing import (
    NotOneTreeError,
    States,
    ensure_hierarchy,
    place_the_rest,
    said,
    unit_states,
)
from katsaus.web.organization.queries import official_municipality
from katsaus.web.users.models import User

__all__ = ["NotOneTreeError"]

UNIT_FIELDS = (
    "name_sv",
    "name_en",
    "short_name",
    "level",
    "valid_from",
    "valid_to",
    "responsible",
    "governing_body",
)
ACCOUNT_FIELDS = ("name_sv", "name_en", "official")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it: its place in a hierarchy, and the units that follow it by codes.

    Without a name the hierarchy is the one in force. A unit has a row for each of its places.
    """

    unit: OrgUnit
    successors: tuple[str, ...] = ()
    hierarchy: str = ""
    hierarchy_from: date | None = None


@transaction.atomic
def ensure_municipality(*, slug_or_number: str, person: User | None = None) -> models.Municipality:
    """Return the municipality, created from the official list when it is not there yet.

    Raises UnknownMunicipalityError when the list has no such name or number either.
    """
    official = official_municipality(slug_or_number)
    found, is_new = models.Municipality.objects.get_or_create(
        number=official.number,
        defaults={
            "slug": slugify(official.name),
            "name_fi": official.names.fi,
            "name_sv": official.names.sv,
            "name_en": official.names.en,
            "language": official.language,
        },
    )
    if is_new:
        record(
            person=person,
            municipality=found.slug,
            action="municipality.created",
            subject=official.name,
        )
    return found


class UnplacedAccountsError(ValueError):
    """Own accounts without an official one, whose numbers are on no row of the statement."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


@transaction.atomic
def keep_organization(
    *,
    municipality: models.Municipality,
    rows: Sequence[UnitRow],
    given: Collection[str] = (*UNIT_FIELDS, "parent", "successor"),
    person: User | None = None,
) -> None:
    """Take the units over by their codes; units that are not among the rows stay as they are.

    `given` names the fields that the rows tell: the others of a unit that is there already stay
    too. Raises NotOneTreeError, and then keeps nothing.
    """
    before = unit_states(municipality)
    told = {row.unit.code: row.unit for row in rows}
    bodies = ensure_bodies(municipality, {unit.governing_body for unit in told.values()})
    models.Unit.objects.bulk_create(
        [_unit(municipality, unit, bodies.get(unit.governing_body)) for unit in told.values()],
        update_conflicts=True,
        unique_fields=["municipality", "code"],
        update_fields=["name_fi", *(field for field in UNIT_FIELDS if field in given)],
    )
    units = {unit.code: unit for unit in models.Unit.objects.filter(municipality=municipality)}
    _place(municipality, rows, units, is_parent_given="parent" in given)
    if "successor" in given:
        for code, after in {row.unit.code: row.successors for row in rows}.items():
            units[code].successors.set(units[each] for each in after)
    _record("units.changed", municipality, person, before, unit_states(municipality))


def _place(
    municipality: models.Municipality,
    rows: Sequence[UnitRow],
    units: Mapping[str, models.Unit],
    *,
    is_parent_given: bool,
) -> None:
    """Save the places that the rows tell; raises NotOneTreeError."""
    names = dict.fromkeys((row.hierarchy, row.hierarchy_from) for row in rows)
    found = {each: ensure_hierarchy(municipality, *each) for each in names}
    placements = [
        models.Placement(
            hierarchy=found[row.hierarchy, row.hierarchy_from],
            unit=units[row.unit.code],
            parent=units[row.unit.parent] if row.unit.parent else None,
        )
        for row in rows
    ]
    if is_parent_given:
        models.Placement.objects.bulk_create(
            placements,
            update_conflicts=True,
            unique_fields=["hierarchy", "unit"],
            update_fields=["parent"],
        )
    else:
        models.Placement.objects.bulk_create(placements, ignore_conflicts=True)
    place_the_rest(municipality)


def _record(
    action: str,
    municipality: models.Municipality,
    person: User | None,
    old: States,
    new: States,
) -> None:
    """Write down those that changed, as they were and as they are."""
    changed = [key for key in new if old.get(key) != new[key]]
    if changed:
        record(
            person=person,
            municipality=municipality.slug,
            action=action,
            subject=", ".join(changed),
            before={key: said(old[key]) for key in changed if key in old},
            after={key: said(new[key]) for key in changed},
        )


def _unit(
    municipality: models.Municipality, unit: OrgUnit, body: models.GoverningBody | None
) -> models.Unit:
    return models.Unit(
        municipality=municipality,
        code=unit.code,
        name_fi=unit.names.fi,
        name_sv=unit.names.sv,
        name_en=unit.names.en,
        short_name=unit.short_name,
        level=unit.level,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        responsible=unit.responsible,
        governing_body=body,
    )


@transaction.atomic
def keep_accounts(
    *,
    municipality: models.Municipality,
    accounts: Sequence[Account],
    given: Collection[str] = ACCOUNT_FIELDS,
    person: User | None = None,
) -> None:
    """Take the municipality's own accounts over by their numbers; `given` as with units.

    Raises UnplacedAccountsError, and then keeps nothing: what is booked on them would be lost.
    """
    unplaced = _unplaced(accounts)
    if unplaced:
        raise UnplacedAccountsError(unplaced)
    before = account_states(municipality)
    models.Account.objects.bulk_create(
        [
            models.Account(
                municipality=municipality,
                number=account.number,
                name_fi=account.names.fi,
                name_sv=account.names.sv,
                name_en=account.names.en,
                official=account.official,
            )
            for account in accounts
        ],
        update_conflicts=True,
        unique_fields=["municipality", "number"],
        update_fields=["name_fi", *(field for field in ACCOUNT_FIELDS if field in given)],
    )
    _record("accounts.changed", municipality, person, before, account_states(municipality))


def account_states(municipality: models.Municipality) -> States:
    """Return the municipality's own accounts as the audit trail tells them: their fields."""
    fields = ("name_fi", *ACCOUNT_FIELDS)
    found = models.Account.objects.filter(municipality=municipality)
    return {account.pop("number"): account for account in found.values("number", *fields)}


def _unplaced(accounts: Sequence[Account]) -> Sequence[str]:
    """Return the accounts that are on no row, those of the balance sheet aside."""
    alone = [e.number for e in accounts if not e.official and not e.is_of_balance_sheet]
    return accounts_off_scheme(load.scheme("income_statement"), alone)
