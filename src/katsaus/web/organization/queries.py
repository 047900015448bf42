"""The organisation and the accounts of a municipality as core values."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Subquery, When
from django.utils.text import slugify
from django.utils.timezone import localdate

from katsaus.core.accounts import Account
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.definitions import load
from katsaus.web.audit.shelves import Shelf
from katsaus.web.organization import models


class UnknownMunicipalityError(LookupError):
    """No municipality has the slug or the official number that was given."""


class NoUnitsError(ValueError):
    """The municipality has no units yet."""


class UnknownHierarchyError(LookupError):
    """The municipality has no hierarchy of the name; `names` are those that it has."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name, names)
        self.name = name
        self.names = names


def official_municipality(slug_or_number: str) -> load.OfficialMunicipality:
    """Return a municipality of the official list; raises UnknownMunicipalityError."""
    for official in load.municipalities():
        if slug_or_number in (official.number, slugify(official.name)):
            return official
    raise UnknownMunicipalityError(slug_or_number)


def official_slugs() -> list[str]:
    """Return the short names of the municipalities of the official list."""
    return [slugify(official.name) for official in load.municipalities()]


def municipality(slug_or_number: str) -> models.Municipality:
    """Return a municipality by its slug or official number; raises UnknownMunicipalityError."""
    found = models.Municipality.objects.filter(slug=slug_or_number).first()
    found = found or models.Municipality.objects.filter(number=slug_or_number).first()
    if found is None:
        raise UnknownMunicipalityError(slug_or_number)
    return found


def hierarchies(municipality: models.Municipality) -> QuerySet[models.Hierarchy]:
    """Return the hierarchies, the newest first."""
    newest = F("valid_from").desc(nulls_last=True)
    return models.Hierarchy.objects.filter(municipality=municipality).order_by(newest, "-id")


def in_force(
    municipality: models.Municipality, on: date | None = None
) -> QuerySet[models.Hierarchy]:
    """Return the hierarchies with the one in force on a day (today) first, for a query to take.

    The one in force is the newest that has begun; on a day before them all it is the oldest.
    """
    later = Q(valid_from__gt=on or localdate())
    return models.Hierarchy.objects.filter(municipality=municipality).order_by(
        Case(When(later, then=1), default=0),
        Case(When(later, then=F("valid_from"))),
        F("valid_from").desc(nulls_last=True),
        "-id",
    )


def organization(
    municipality: models.Municipality, hierarchy: str | None = None, *, on: date | None = None
) -> Organization:
    """Return the tree of a hierarchy by its name, or of the one in force on a day (today).

    Raises UnknownHierarchyError, and NoUnitsError where the municipality has no units.
    """
    if hierarchy is None:
        chosen = Q(placements__hierarchy=Subquery(in_force(municipality, on).values("id")[:1]))
    else:
        chosen = Q(placements__hierarchy__name=hierarchy)
    units = models.Unit.objects.filter(chosen, municipality=municipality)
    told = units.annotate(
        parent_code=F("placements__parent__code"), body_name=F("governing_body__name_fi")
    )
    found = [_org_unit(unit, unit.parent_code, unit.body_name) for unit in told]
    if not found and hierarchy is not None:
        names = hierarchies(municipality).values_list("name", flat=True)
        raise UnknownHierarchyError(hierarchy, tuple(names))
    if not found:
        raise NoUnitsError(municipality.slug)
    return Organization(found)


def kept_organization(
    municipality: models.Municipality,
    shelf: Shelf,
    hierarchy: str | None = None,
    *,
    on: date | None = None,
) -> Organization:
    """Return a tree of units as it is at the shelf's mark; raises as organization() does."""
    day = on or localdate()  # tomorrow another hierarchy may be in force
    key = ("organization", hierarchy, None if hierarchy else day)
    return shelf.figures.get(key, lambda: organization(municipality, hierarchy, on=day))


def _org_unit(unit: models.Unit, parent: str | None, body: str | None) -> OrgUnit:
    return OrgUnit(
        code=unit.code,
        names=unit.names,
        level=Level(unit.level),
        parent=parent,
        short_name=unit.short_name,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        responsible=unit.responsible,
        governing_body=body or "",
    )


def bodies(municipality: models.Municipality) -> dict[str, models.GoverningBody]:
    """Return the governing bodies by their Finnish names, in the order of the alphabet."""
    found = models.GoverningBody.objects.filter(municipality=municipality).order_by("name_fi")
    return {body.name_fi: body for body in found}


def successors(municipality: models.Municipality) -> dict[str, list[str]]:
    """Return the codes of the units that follow a unit, by its code."""
    pairs = models.Unit.objects.filter(municipality=municipality, successors__isnull=False)
    found: dict[str, list[str]] = {}
    for code, successor in pairs.order_by("successors__code").values_list(
        "code", "successors__code"
    ):
        found.setdefault(code, []).append(successor)
    return found


def reporting_units(municipality: models.Municipality) -> frozenset[str]:
    """Return the codes of the divisions and of the units right under them: they have texts."""
    under = Q(placements__parent__level=Level.DIVISION)
    units = models.Unit.objects.filter(Q(level=Level.DIVISION) | under, municipality=municipality)
    return frozenset(units.values_list("code", flat=True))


def official_accounts() -> dict[str, Account]:
    """Return the accounts of the official charts of every year, by number, the newest names."""
    years = load.chart_years()
    return {number: account for year in years for number, account in load.chart(year).items()}


def unit_names(municipality: models.Municipality) -> dict[str, Names]:
    """Return the names of all units by code, ended ones included. One query."""
    rows = municipality.units.values_list("code", "name_fi", "name_sv", "name_en")
    return {code: Names(*names) for code, *names in rows}


def unit_id(municipality: models.Municipality, code: str) -> int:
    """Return what a unit's own pages are named by; raises Unit.DoesNotExist. One query."""
    return municipality.units.values_list("pk", flat=True).get(code=code)


def unit_ids(municipality: models.Municipality, codes: Iterable[str]) -> dict[str, int]:
    """Return what the own pages of units are named by, by their codes. One query."""
    found = municipality.units.filter(code__in=list(codes))
    return dict(found.values_list("code", "pk"))


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
            account.names,
            account.official,
        )
        for account in models.Account.objects.filter(municipality=municipality)
    }
    return official | own
