"""The person in front of a municipality's pages, and what they may see and do there."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from katsaus.core.organization import Organization
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import RIGHTS, WATCHED, WITH_SECOND_FACTOR, Reach, Right, Role
from katsaus.web.audit.shelves import Shelf, shelf
from katsaus.web.organization import queries as organization
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from katsaus.web.users.second_factor import has_second_factor


@dataclass(frozen=True)
class Viewer:
    """A signed-in person in one municipality, with the roles they have there."""

    user: User
    municipality: Municipality
    memberships: tuple[Membership, ...]

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept of the municipality's data as it was when the person asked."""
        return shelf(self.municipality.slug)

    @cached_property
    def organization(self) -> Organization:
        """The municipality's tree of units."""
        return organization.kept_organization(self.municipality, self.shelf)

    def may(self, right: Right, unit: str | None = None) -> bool:
        """Whether the person has a right over a unit; without one, over anything at all."""
        reaches = self._reaches(right)
        if unit is None or any(reach is Reach.ALL for reach, _ in reaches):
            return bool(reaches)
        return any(unit in self._own[membership.pk] for _, membership in reaches)

    def units(self, right: Right) -> frozenset[str]:
        """Return the codes of the units that the person has a right over."""
        reaches = self._reaches(right)
        if any(reach is Reach.ALL for reach, _ in reaches):
            return frozenset(unit.code for unit in self.organization)
        return frozenset().union(*(self._own[membership.pk] for _, membership in reaches))

    @property
    def own_units(self) -> tuple[str, ...]:
        """The units of the person's roles in parts of the municipality, the highest ones alone."""
        roles = [each for each in self.memberships if each.unit]
        below = [self._own[each.pk] - {each.unit.code} for each in roles if each.unit]
        codes = {each.unit.code for each in roles if each.unit}
        return tuple(sorted(codes.difference(*below, {self.organization.root.code})))

    @property
    def edits_strategy(self) -> bool:
        """Whether the tables of the strategy are the person's to change."""
        return self.may(Right.STRATEGY)

    @property
    def is_watched(self) -> bool:
        """Whether it is written down which postings the person looks at."""
        return any(each.role in WATCHED for each in self.memberships)

    def lacks_second_factor(self, right: Right) -> bool:
        """Whether the right asks for a second factor that the person does not have."""
        return right in WITH_SECOND_FACTOR and not has_second_factor(self.user)

    def _reaches(self, right: Right) -> list[tuple[Reach, Membership]]:
        return [
            (RIGHTS[Role(each.role)][right], each)
            for each in self.memberships
            if right in RIGHTS[Role(each.role)]
        ]

    @cached_property
    def _own(self) -> dict[int, frozenset[str]]:
        """The units that each role is over; asked about many units, walked through once."""
        tree = self.organization
        tops = (
            (each.pk, each.unit.code if each.unit else tree.root.code) for each in self.memberships
        )
        return {pk: tree.codes_under(top) for pk, top in tops}


def municipalities(user: User | AnonymousUser) -> list[Municipality]:
    """Return the municipalities that a person has a role in, by name; nobody has none."""
    if not isinstance(user, User):
        return []
    found = Municipality.objects.filter(memberships__user=user)
    return list(found.distinct().order_by("name_fi"))


def viewer(user: User | AnonymousUser, slug: str) -> Viewer | None:
    """Return the person as the municipality sees them; None where they have no role in it."""
    if not isinstance(user, User):
        return None
    found = Membership.objects.filter(user=user, municipality__slug=slug)
    memberships = tuple(found.select_related("municipality", "unit"))
    if not memberships:
        return None
    return Viewer(user, memberships[0].municipality, memberships)
