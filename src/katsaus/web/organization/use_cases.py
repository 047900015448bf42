"""What a person does to the organisation: create the municipality, bring in units, accounts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from katsaus.core.accounts import Account
from katsaus.core.checks import accounts_off_scheme
from katsaus.core.organization import OrgUnit
from katsaus.definitions import load
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import models
from katsaus.web.organization.queries import official_municipality
from katsaus.web.users.models import User

_States = dict[str, dict[str, Json]]  # fields by the code of a unit or the number of an account

UNIT_FIELDS = (
    "name_sv",
    "name_en",
    "short_name",
    "level",
    "valid_from",
    "valid_to",
    "responsible",
)
ACCOUNT_FIELDS = ("name_sv", "name_en", "official")


class NotOneTreeError(ValueError):
    """The units would not make one tree; `units` are the codes of those not below the `root`."""

    def __init__(self, root: str, units: Sequence[str]) -> None:
        super().__init__(root, units)
        self.root = root
        self.units = units


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it, with the codes of the units that follow it."""

    unit: OrgUnit
    successors: tuple[str, ...] = ()


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
    before = _unit_states(municipality)
    models.Unit.objects.bulk_create(
        [_unit(municipality, row.unit) for row in rows],
        update_conflicts=True,
        unique_fields=["municipality", "code"],
        update_fields=["name_fi", *(field for field in UNIT_FIELDS if field in given)],
    )
    units = {unit.code: unit for unit in models.Unit.objects.filter(municipality=municipality)}
    if "parent" in given:
        for row in rows:
            units[row.unit.code].parent = units[row.unit.parent] if row.unit.parent else None
        models.Unit.objects.bulk_update(units.values(), ["parent"], batch_size=500)
    if "successor" in given:
        for row in rows:
            units[row.unit.code].successors.set(units[code] for code in row.successors)
    _check_tree({unit.code: unit.parent.code if unit.parent else None for unit in units.values()})
    _record("units.changed", municipality, person, before, _unit_states(municipality))


def _check_tree(parents: Mapping[str, str | None]) -> None:
    """Raise NotOneTreeError unless all units are below the one that has the most below it."""
    tops = {code: _top(code, parents) for code in parents}
    root, _ = Counter(top for top in tops.values() if top).most_common(1)[0]
    astray = sorted(code for code, top in tops.items() if top != root)
    if astray:
        raise NotOneTreeError(root, astray)


def _top(code: str, parents: Mapping[str, str | None]) -> str | None:
    """Return the topmost unit above a unit; None where the units go in a circle."""
    for _step in parents:
        parent = parents[code]
        if parent is None:
            return code
        code = parent
    return None


def _unit_states(municipality: models.Municipality) -> _States:
    fields = ("name_fi", *UNIT_FIELDS, "parent__code")
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
        update_fields=["name_fi", *(field for field in ACCOUNT_FIELDS if field in given)],
    )
    _record("accounts.changed", municipality, person, before, _account_states(municipality))


def _account_states(municipality: models.Municipality) -> _States:
    fields = ("name_fi", *ACCOUNT_FIELDS)
    found = models.Account.objects.filter(municipality=municipality)
    return {account.pop("number"): account for account in found.values("number", *fields)}


def _unplaced(accounts: Sequence[Account]) -> Sequence[str]:
    """Return the accounts that are on no row, those of the balance sheet aside (1 and 2)."""
    alone = [each.number for each in accounts if not each.official and each.number[0] not in "12"]
    return accounts_off_scheme(load.scheme("income_statement"), alone)
