"""Whether the decided effects of measures are seen in the figures of their units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from katsaus.core.columns import Role, columns_of
from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.core.programmes import EffectScenario, Measure, add_up, effects, unseen
from katsaus.core.results import Statement
from katsaus.definitions import load
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import forms, queries
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.languages import language
from katsaus.web.monitoring.links import Links
from katsaus.web.monitoring.words import euros

Verdict = Literal["seen", "unseen", "unknown"]
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with the name of its column and the address of what it is made of."""

    name: str
    shown: str
    href: str


@dataclass(frozen=True, slots=True)
class Check:
    """A unit's row: what measures were decided to bring, and how the row changes in the year."""

    unit: str
    row: str
    href: str
    measures: tuple[str, ...]
    decided: str
    now: Amount
    before: Amount
    change: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a period's year and of the year before; None where it is not known whole."""

    period: Period
    statement: Statement
    knows_before: bool

    def _amount(self, place: _Place, role: Role) -> Decimal | None:
        value = self.statement.value(*place, columns_of(self.period)[role].id)
        return value if isinstance(value, Decimal) else None

    def role(self, place: _Place) -> Role:
        """Return the forecast, or the amended budget where there is no forecast."""
        return "amended_budget" if self._amount(place, "forecast") is None else "forecast"

    def now(self, place: _Place) -> Decimal | None:
        return self._amount(place, self.role(place))

    def before(self, place: _Place) -> Decimal | None:
        return self._amount(place, "prior_actual") if self.knows_before else None

    def improvement(self, unit: str, row: str) -> Decimal | None:
        now, before = self.now((unit, row)), self.before((unit, row))
        return None if now is None or before is None else now - before


def checks(
    viewer: Viewer, links: Links, measures: Sequence[Measure], year: int | None
) -> tuple[int | None, tuple[Check, ...]]:
    """Return the year that is checked, and a line for each unit's row with decided effects.

    Without a year it is the newest that has decided effects and figures. A year that has no
    figures is not checked.
    """
    periods = queries.kept_periods(viewer.municipality, viewer.shelf)
    rows = {row.id for row in load.scheme(SCHEME).rows}
    told = [each for each in measures if each.unit and each.row in rows]
    wanted = {each.year for _, each in effects(told, EffectScenario.DECIDED) if each.euros}
    found = [each for each in periods if each.year in wanted and year in (None, each.year)]
    if not found:
        return None, ()
    figures = _figures(viewer, told, found[0], Period(found[0].year - 1, 12) in periods)
    return found[0].year, tuple(_checks(links, told, figures))


def _figures(
    viewer: Viewer, measures: Sequence[Measure], period: Period, knows_before: bool
) -> _Figures:
    books = Books(viewer.municipality, period, at=viewer.shelf)
    asked = replace(
        books.question(SCHEME),
        units=frozenset(each.unit for each in measures),
        rows=frozenset(each.row for each in measures),
    )
    return _Figures(period, books.answer(asked), knows_before)


def _checks(links: Links, measures: Sequence[Measure], figures: _Figures) -> Iterator[Check]:
    year = figures.period.year
    hidden = {each.code for each in unseen(measures, year, figures.improvement)}
    places: dict[_Place, list[Measure]] = {}
    for measure in measures:
        if add_up([measure], EffectScenario.DECIDED, year).euros:
            places.setdefault((measure.unit, measure.row), []).append(measure)
    for place, own in places.items():
        change = figures.improvement(*place)
        verdict: Verdict = "unseen" if own[0].code in hidden else "seen"
        yield Check(
            links.unit(place[0]),
            links.row(place[1]),
            links.statement(*place),
            tuple(each.name for each in own),
            euros(add_up(own, EffectScenario.DECIDED, year).euros),
            _amount(links, figures, place, figures.role(place), figures.now(place)),
            _amount(links, figures, place, "prior_actual", figures.before(place)),
            euros(change),
            "unknown" if change is None else verdict,
        )


def _amount(
    links: Links, figures: _Figures, place: _Place, role: Role, amount: Decimal | None
) -> Amount:
    column = columns_of(figures.period)[role]
    names: Names = column.names
    address = forms.View(place[0], "", figures.period).figure(*place, column.id)
    href = "" if amount is None else links.page("figure") + address
    return Amount(names.text(language()), euros(amount), href)
