"""What a person does to the organisation: create the municipality, bring in units, accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from katsaus.core.accounts import Account
from katsaus.core.organization import OrgUnit
from katsaus.definitions import load
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import models
from katsaus.web.organization.queries import UnknownMunicipalityError
from katsaus.web.users.models import User

_UNIT_FIELDS = (
    "name_fi",
    "name_sv",
    "name_en",
    "short_name",
    "level",
    "valid_from",
    "valid_to",
    "responsible",
)
_ACCOUNT_FIELDS = ("name_fi", "name_sv", "name_en", "official")
_States = dict[str, dict[str, Json]]  # fields by the code of a unit or the number of an account


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it, with the code of the unit that follows it."""

    unit: OrgUnit
    successor: str | None


@transaction.atomic
def ensure_municipality(*, slug_or_number: str, person: User | None = None) -> models.Municipality:
    """Return the municipality, created from the official list when it is not there yet.

    Raises UnknownMunicipalityError when the list has no such name or number either.
    """
    for official in load.municipalities():
        if slug_or_number in (official.number, slugify(official.name)):
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
    raise UnknownMunicipalityError(slug_or_number)


@transaction.atomic
def keep_organization(
    *, municipality: models.Municipality, rows: Sequence[UnitRow], person: User | None = None
) -> None:
    """Take the units over by their codes; those that the file does not name stay as they are."""
    before = _unit_states(municipality)
    models.Unit.objects.bulk_create(
        [_unit(municipality, row.unit) for row in rows],
        update_conflicts=True,
        unique_fields=["municipality", "code"],
        update_fields=list(_UNIT_FIELDS),
    )
    units = {unit.code: unit for unit in models.Unit.objects.filter(municipality=municipality)}
    for row in rows:
        unit = units[row.unit.code]
        unit.parent = units[row.unit.parent] if row.unit.parent else None
        unit.successor = units[row.successor] if row.successor else None
    models.Unit.objects.bulk_update(
        [units[row.unit.code] for row in rows], ["parent", "successor"], batch_size=500
    )
    _record("units.changed", municipality, person, before, _unit_states(municipality))


def _unit_states(municipality: models.Municipality) -> _States:
    fields = (*_UNIT_FIELDS, "parent__code", "successor__code")
    found = models.Unit.objects.filter(municipality=municipality)
    return {unit.pop("code"): unit for unit in found.values("code", *fields)}


def _record(
    action: str,
    municipality: models.Municipality,
    person: User | None,
    old: _States,
    new: _States,
) -> None:
    """Write down those that changed, as they were and as they are."""
    changed = [key for key in new if old.get(key) != new[key]]
    if changed:
        record(
            person=person,
            municipality=municipality.slug,
            action=action,
            subject=", ".join(changed),
            before={key: _said(old[key]) for key in changed if key in old},
            after={key: _said(new[key]) for key in changed},
        )


def _said(state: dict[str, Json]) -> Json:
    return {name: value for name, value in state.items() if value not in (None, "")}


def _unit(municipality: models.Municipality, unit: OrgUnit) -> models.Unit:
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
    )


@transaction.atomic
def keep_accounts(
    *, municipality: models.Municipality, accounts: Sequence[Account], person: User | None = None
) -> None:
    """Take the municipality's own accounts over by their numbers."""
    before = _account_states(municipality)
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
        update_fields=list(_ACCOUNT_FIELDS),
    )
    _record("accounts.changed", municipality, person, before, _account_states(municipality))


def _account_states(municipality: models.Municipality) -> _States:
    found = models.Account.objects.filter(municipality=municipality)
    return {account.pop("number"): account for account in found.values("number", *_ACCOUNT_FIELDS)}
