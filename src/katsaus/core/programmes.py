"""Programmes, what they gather, and adjustment measures with their effects."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from katsaus.core.bridge import Bridge, BridgePart
from katsaus.core.figures import total
from katsaus.core.names import Names
from katsaus.core.states import State

_Key = TypeVar("_Key", bound=Hashable)


class ProgrammeKind(StrEnum):
    """A programme across the organisation, or one that adjusts its finances."""

    CROSS_CUTTING = "cross_cutting"
    ADJUSTMENT = "adjustment"


class PartKind(StrEnum):
    """What a programme gathers."""

    GOAL = "goal"
    ACTION = "action"
    INDICATOR = "indicator"
    MEASURE = "measure"
    PROGRAMME = "programme"


class Relation(StrEnum):
    """Whether the programme gathers a thing, or is itself that action or indicator."""

    GATHERS = "gathers"
    IS = "is"


class EffectScenario(StrEnum):
    """What was decided to come of a measure, has come of it, and is expected to."""

    DECIDED = "decided"
    REALISED = "realised"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a programme."""

    kind: PartKind
    code: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Target:
    """What an adjustment programme aims at in a year, or (None) over all of it."""

    year: int | None
    euros: Decimal | None
    person_years: Decimal | None


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme; `emphases` are texts by the unit that each is of."""

    code: str
    names: Names
    kind: ProgrammeKind
    description: str = ""
    is_example: bool = False
    parts: tuple[Part, ...] = ()
    emphases: tuple[tuple[str, str], ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure does in a year: euros, better for the result +; person-years, fewer = +."""

    year: int
    scenario: EffectScenario
    euros: Decimal | None
    person_years: Decimal | None


@dataclass(frozen=True, slots=True)
class Measure:
    """An adjustment measure of a unit; `row` is the statement row that its effect is seen on."""

    code: str
    programme: str
    unit: str
    name: str
    is_permanent: bool = False
    state: State | None = None
    row: str = ""
    note: str = ""
    decisions: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of effects; None where no measure tells one, for missing is not zero.

    `measures` counts those that are summed, `untold` those that tell no effect of the scenario.
    """

    euros: Decimal | None
    person_years: Decimal | None
    measures: int = 0
    untold: int = 0


def circle(contents: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the programmes of a circle, the first again as the last; empty where there is none."""
    clear: set[str] = set()
    for start in contents:
        path = {} if start in clear else {start: iter(contents[start])}
        while path:
            last, parts = next(reversed(path.items()))
            part = next(parts, None)
            if part is None:
                del path[last]
                clear.add(last)
            elif part in path:
                codes = list(path)
                return (*codes[codes.index(part) :], part)
            elif part not in clear:
                path[part] = iter(contents.get(part, ()))
    return ()


def effects(
    measures: Iterable[Measure], scenario: EffectScenario, year: int | None = None
) -> Iterator[tuple[Measure, Effect]]:
    """Iterate over the effects of a scenario, of a year or (None) of every year."""
    for measure in measures:
        for effect in measure.effects:
            if effect.scenario is scenario and year in (None, effect.year):
                yield measure, effect


def add_up(measures: Sequence[Measure], scenario: EffectScenario, year: int | None = None) -> Total:
    """Return the sums of measures' effects."""
    found = list(effects(measures, scenario, year))
    told = {measure.code for measure, _ in found}
    return Total(
        total(effect.euros for _, effect in found),
        total(effect.person_years for _, effect in found),
        len(told),
        len({measure.code for measure in measures} - told),
    )


def expected(measures: Iterable[Measure], year: int | None = None) -> Total:
    """Return the sums of what is expected, of a year or of every year.

    That is the forecast of each year; where none has been given what was decided, and where
    neither is told what has been realised.
    """
    found = {measure.code: list(_expected(measure, year)) for measure in measures}
    told = [effect for each in found.values() for effect in each]
    return Total(
        total(effect.euros for effect in told),
        total(effect.person_years for effect in told),
        sum(1 for each in found.values() if each),
        sum(1 for each in found.values() if not each),
    )


def _expected(measure: Measure, year: int | None) -> Iterator[Effect]:
    told: dict[int, Effect] = {}
    for scenario in (EffectScenario.REALISED, EffectScenario.DECIDED, EffectScenario.FORECAST):
        for _, effect in effects([measure], scenario, year):
            before = told.get(effect.year, effect)
            told[effect.year] = Effect(
                effect.year,
                EffectScenario.FORECAST,
                before.euros if effect.euros is None else effect.euros,
                before.person_years if effect.person_years is None else effect.person_years,
            )
    yield from told.values()


def totals_by(
    measures: Iterable[Measure],
    key: Callable[[Measure], _Key],
    scenario: EffectScenario,
    year: int | None = None,
) -> dict[_Key, Total]:
    """Return the sums by what `key` tells of a measure, such as its unit or its programme."""
    groups: dict[_Key, list[Measure]] = {}
    for measure in measures:
        groups.setdefault(key(measure), []).append(measure)
    return {name: add_up(group, scenario, year) for name, group in groups.items()}


def years(measures: Iterable[Measure], targets: Iterable[Target] = ()) -> tuple[int, ...]:
    """Return the years that effects or targets tell of."""
    told = {effect.year for measure in measures for effect in measure.effects}
    return tuple(sorted(told | {target.year for target in targets if target.year is not None}))


def target_of(targets: Iterable[Target], year: int | None) -> Target | None:
    """Return the target of a year, or of the whole programme (None).

    Without a target over the whole, that is the sum of its years.
    """
    found = list(targets)
    for target in found:
        if target.year == year:
            return target
    if year is not None or not found:
        return None
    return Target(
        None, total(each.euros for each in found), total(each.person_years for each in found)
    )


def waterfall(
    target: Decimal | None, measures: Iterable[Measure], year: int | None = None
) -> Bridge | None:
    """Return the way from a target in euros to the forecast; None without a target.

    `left` is what decided effects are over (+) or short of (−) the target. Each part is how a
    measure is expected (`expected`) to depart from what was decided; one without a decided effect
    is all departure. target + left + parts = what is expected.
    """
    if target is None:
        return None
    found = list(measures)
    decided = {measure.code: _euros(measure, EffectScenario.DECIDED, year) for measure in found}
    parts = []
    for measure in found:
        coming = total(effect.euros for effect in _expected(measure, year))
        departure = (coming or Decimal(0)) - (decided[measure.code] or Decimal(0))
        if departure:
            parts.append(BridgePart(measure.unit, measure.row, departure, measure=measure.code))
    left = (total(decided.values()) or Decimal(0)) - target
    end = target + left + sum((part.amount for part in parts), Decimal(0))
    return Bridge(target, tuple(parts), left, end)


def _euros(measure: Measure, scenario: EffectScenario, year: int | None) -> Decimal | None:
    return total(effect.euros for _, effect in effects([measure], scenario, year))


def unseen(
    measures: Iterable[Measure],
    year: int,
    improvement: Callable[[str, str], Decimal | None],
) -> tuple[Measure, ...]:
    """Return the measures whose decided euros of a year are not seen in their units' figures.

    `improvement(unit, row)` is how much better a row is expected to be than the year before, in
    euros. The measures of one row are seen together: all of them, or none.
    """
    rows: dict[tuple[str, str], list[Measure]] = {}
    for measure in measures:
        if measure.row and _euros(measure, EffectScenario.DECIDED, year):
            rows.setdefault((measure.unit, measure.row), []).append(measure)
    hidden: list[Measure] = []
    for (unit, row), group in rows.items():
        wanted = total(_euros(each, EffectScenario.DECIDED, year) for each in group)
        seen = improvement(unit, row)
        if seen is not None and wanted is not None and seen < wanted:
            hidden += group
    return tuple(hidden)
