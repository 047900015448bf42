"""What a person does to the organisation: create the municipality, bring in units, accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from katsaus.core.accounts import Account
from katsaus.core.organization import OrgUnit
from katsaus.definitions import load
from katsaus.web.organization import models
from katsaus.web.organization.queries import UnknownMunicipalityError, organization


class NotOneTreeError(ValueError):
    """The units would not make one tree; `tops` are the codes of those without a unit above."""

    def __init__(self, tops: Sequence[str]) -> None:
        super().__init__(tops)
        self.tops = tops


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it, with the code of the unit that follows it."""

    unit: OrgUnit
    successor: str | None


@transaction.atomic
def ensure_municipality(*, slug_or_number: str) -> models.Municipality:
    """Return the municipality, created from the official list when it is not there yet.

    Raises UnknownMunicipalityError when the list has no such name or number either.
    """
    for official in load.municipalities():
        if slug_or_number in (official.number, slugify(official.name)):
            found, _ = models.Municipality.objects.get_or_create(
                number=official.number,
                defaults={
                    "slug": slugify(official.name),
                    "name_fi": official.names.fi,
                    "name_sv": official.names.sv,
                    "name_en": official.names.en,
                    "language": official.language,
                },
            )
            return found
    raise UnknownMunicipalityError(slug_or_number)


@transaction.atomic
def keep_organization(*, municipality: models.Municipality, rows: Sequence[UnitRow]) -> None:
    """Take the units over by their codes; those that the file does not name stay as they are.

    Raises NotOneTreeError, and then keeps nothing.
    """
    models.Unit.objects.bulk_create(
        [_unit(municipality, row.unit) for row in rows],
        update_conflicts=True,
        unique_fields=["municipality", "code"],
        update_fields=[
            "name_fi",
            "name_sv",
            "name_en",
            "short_name",
            "level",
            "valid_from",
            "valid_to",
            "responsible",
        ],
    )
    units = {unit.code: unit for unit in models.Unit.objects.filter(municipality=municipality)}
    for row in rows:
        unit = units[row.unit.code]
        unit.parent = units[row.unit.parent] if row.unit.parent else None
        unit.successor = units[row.successor] if row.successor else None
    models.Unit.objects.bulk_update(
        [units[row.unit.code] for row in rows], ["parent", "successor"], batch_size=500
    )
    try:
        organization(municipality)
    except ValueError as error:
        raise NotOneTreeError([unit.code for unit in units.values() if not unit.parent]) from error


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
def keep_accounts(*, municipality: models.Municipality, accounts: Sequence[Account]) -> None:
    """Take the municipality's own accounts over by their numbers."""
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
        update_fields=["name_fi", "name_sv", "name_en", "official"],
    )
