"""Links from a page of the strategy to what it names: goals, measures, units, statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from katsaus.core.names import Names
from katsaus.core.programmes import Measure
from katsaus.core.states import State
from katsaus.definitions import load
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.queries import SCHEME
from katsaus.web.languages import language
from katsaus.web.monitoring.marks import Mark
from katsaus.web.monitoring.units import Units
from katsaus.web.organization import queries as organization
from katsaus.web.planning.queries.things import Key, Thing, things


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `goals` are those that an action or an indicator is of."""

    name: str
    href: str
    unit: str = ""
    mark: Mark | None = None
    goals: tuple["Link", ...] = ()
    is_example: bool = False


def mark(state: State | None) -> Mark | None:
    """Return the mark of a state; None where none is told."""
    return Mark.of(state) if state else None


class Links:
    """The links of a municipality's pages."""

    def __init__(self, viewer: Viewer) -> None:
        self._slug = viewer.municipality.slug
        self._viewer = viewer
        self._rows = {row.id: row.names for row in load.scheme(SCHEME).rows}

    @cached_property
    def _ended(self) -> dict[str, Names]:
        """All units: asked for only where one is not in today's tree."""
        return organization.unit_names(self._viewer.municipality)

    def found(self, wanted: Iterable[Key]) -> dict[Key, Link]:
        """Return links by pairs of a kind and a code; what is not there has none."""
        rows = things(self._viewer.municipality, wanted)
        return {key: self._link(thing) for key, thing in rows.items()}

    def unit(self, code: str) -> str:
        """Return the name of a unit, also of one that has ended; empty for none."""
        if not code:
            return ""
        found = Units(self._viewer.organization).unit(code)
        names = found.names if found else self._ended.get(code)
        return names.text(language()) if names else code

    def row(self, row: str) -> str:
        """Return the name of a statement row, empty for none."""
        return self._rows[row].text(language()) if row in self._rows else row

    def statement(self, unit: str, row: str = "") -> str:
        """Return the address of the finances of a unit, or of a row of it."""
        said = {"unit": unit, "row": row if row in self._rows else ""}
        return f"{reverse('statement', args=[self._slug])}?{urlencode(said)}"

    def page(self, name: str, code: str = "") -> str:
        """Return the address of a page, of a thing by its code."""
        return reverse(name, args=[self._slug, code] if code else [self._slug])

    def goal(self, code: str, names: Names) -> Link:
        """Return the link to a goal."""
        return Link(names.text(language()), self.page("goal", code))

    def measure(self, measure: Measure) -> Link:
        """Return the link to a measure that is at hand."""
        return Link(
            measure.name,
            self.page("measure", measure.code),
            self.unit(measure.unit),
            mark(measure.state),
            is_example=measure.is_example,
        )

    def _link(self, thing: Thing) -> Link:
        goals = tuple(self.goal(code, names) for code, names in thing.goals)
        return Link(
            thing.names.text(language()),
            self._address(thing),
            self.unit(thing.unit),
            mark(thing.state),
            goals,
            thing.is_example,
        )

    def _address(self, thing: Thing) -> str:
        if thing.kind == "action":
            return f"{self.page('goal', thing.goals[0][0])}#a-{thing.code}"
        if thing.kind == "project":
            return f"{self.page('projects')}#{thing.code}"
        return self.page(thing.kind, thing.code)
