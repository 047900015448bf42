"""The organisation and the accounts of a municipality as core values."""

from katsaus.core.accounts import Account
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.definitions import load
from katsaus.web.audit.shelves import Shelf
from katsaus.web.organization import models


class UnknownMunicipalityError(LookupError):
    """No municipality has the slug or the official number that was given."""


def municipality(slug_or_number: str) -> models.Municipality:
    """Return a municipality by its slug or official number; raises UnknownMunicipalityError."""
    found = models.Municipality.objects.filter(slug=slug_or_number).first()
    found = found or models.Municipality.objects.filter(number=slug_or_number).first()
    if found is None:
        raise UnknownMunicipalityError(slug_or_number)
    return found


def organization(municipality: models.Municipality) -> Organization:
    """Return the municipality's tree of units; raises ValueError where it has none."""
    units = models.Unit.objects.filter(municipality=municipality).select_related("parent")
    return Organization(_org_unit(unit) for unit in units)


def kept_organization(municipality: models.Municipality, shelf: Shelf) -> Organization:
    """Return the tree of units as it is at the shelf's mark; raises ValueError for none."""
    return shelf.get("organization", lambda: organization(municipality))


def _org_unit(unit: models.Unit) -> OrgUnit:
    return OrgUnit(
        code=unit.code,
        names=Names(unit.name_fi, unit.name_sv, unit.name_en),
        level=Level(unit.level),
        parent=unit.parent.code if unit.parent else None,
        short_name=unit.short_name,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        responsible=unit.responsible,
    )


def reporting_units(municipality: models.Municipality) -> frozenset[str]:
    """Return the codes of the divisions and of the units right under them: they have texts."""
    divisions = models.Unit.objects.filter(municipality=municipality, level=Level.DIVISION)
    areas = models.Unit.objects.filter(parent__in=divisions)
    return frozenset((divisions | areas).values_list("code", flat=True))


def official_accounts() -> dict[str, Account]:
    """Return the accounts of the official charts of every year, by number, the newest names."""
    years = load.chart_years()
    return {number: account for year in years for number, account in load.chart(year).items()}


def unit_codes(municipality: models.Municipality) -> frozenset[str]:
    """Return the codes of all units, ended ones included."""
    return frozenset(municipality.units.values_list("code", flat=True))


def accounts(municipality: models.Municipality) -> dict[str, Account]:
    """Return the official accounts of every year and the municipality's own, by number.

    Of every year, since what a file may be booked on must be on a row of the statement too.
    """
    official = official_accounts()
    own = {
        account.number: Account(
            account.number,
            Names(account.name_fi, account.name_sv, account.name_en),
            account.official,
        )
        for account in models.Account.objects.filter(municipality=municipality)
    }
    return official | own
