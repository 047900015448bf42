"""Units by their names and divisions, as the organisation was at a period's end."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from katsaus.core.organization import Level, Organization, OrgUnit, UnknownUnitError
from katsaus.core.periods import Period
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.organization.queries import kept_organization


@dataclass(frozen=True, slots=True)
class Units:
    """The tree of the hierarchy in force at a period's end; a unit out of it has but its code."""

    tree: Organization

    @classmethod
    def of(cls, viewer: Viewer, period: Period) -> Self:
        """Return the units of a municipality; raises ValueError where it has none."""
        return cls(kept_organization(viewer.municipality, viewer.shelf, on=period.ends_on))

    def unit(self, code: str) -> OrgUnit | None:
        """Return a unit, None where the tree does not have it."""
        try:
            return self.tree.unit(code)
        except UnknownUnitError:
            return None

    def name(self, code: str) -> str:
        """Return a unit's name; no unit is the whole municipality."""
        if not code:
            return _("The whole municipality")
        unit = self.unit(code)
        return unit.names.text(language()) if unit else code

    def short_name(self, code: str) -> str:
        """Return the name that fits above a column."""
        unit = self.unit(code)
        return unit.brief_name(language()) if unit else self.name(code)

    def is_division(self, code: str) -> bool:
        """Whether a unit is a division."""
        unit = self.unit(code)
        return unit is not None and unit.level is Level.DIVISION

    def division(self, code: str) -> str:
        """Return the division that a unit is in; itself where it is in none."""
        if not code or self.unit(code) is None or self.is_division(code):
            return code
        above = (each.code for each in self.tree.above(code))
        return next((each for each in above if self.is_division(each)), code)
