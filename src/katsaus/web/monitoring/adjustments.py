"""An adjustment programme: its sums by year and unit, the way to its target, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.bridge import Bridge
from katsaus.core.programmes import (
    EffectScenario,
    Measure,
    Programme,
    Target,
    Total,
    add_up,
    effects,
    expected,
    target_of,
    waterfall,
    years,
)
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.bridges import Step, scale_of
from katsaus.web.finance.cells import Tone
from katsaus.web.monitoring.decisions import DecisionLink, decision_links
from katsaus.web.monitoring.links import Link, Links
from katsaus.web.monitoring.visibility import Check, checks
from katsaus.web.monitoring.words import both, euros, staff

_S = EffectScenario


@dataclass(frozen=True, slots=True)
class Pair:
    """Euros, and person-years where any are told."""

    euros: str
    person_years: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """The sums of a year or a unit; `href` chooses the year. `target` is None without a target."""

    name: str
    href: str
    is_chosen: bool
    target: Pair
    decided: Pair
    realised: Pair
    expected: Pair


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What is told of a measure's effect in a year."""

    year: int
    decided: Pair
    realised: Pair
    forecast: Pair


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its effects; `statement` is the address of its unit's row in the budget."""

    link: Link
    row: str
    statement: str
    is_permanent: bool
    decisions: tuple[DecisionLink, ...]
    lines: tuple[EffectLine, ...]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the page of an adjustment programme shows; `year` None is all years together."""

    finding: str
    year: int | None
    by_year: tuple[SumLine, ...]
    by_unit: tuple[SumLine, ...]
    has_targets: bool
    steps: tuple[Step, ...]
    measures: tuple[MeasureLine, ...]
    checked_year: int | None
    checks: tuple[Check, ...]
    unseen: int
    missing: tuple[str, ...]


def chosen_year(given: QueryDict, programme: Programme, measures: Sequence[Measure]) -> int | None:
    """Read the year that is looked at: one of the programme's, or all of them together."""
    text = given.get("year", "")
    return next((year for year in years(measures, programme.targets) if str(year) == text), None)


def adjustment(
    viewer: Viewer,
    links: Links,
    programme: Programme,
    measures: Sequence[Measure],
    year: int | None,
) -> Adjustment:
    """Return what is told of an adjustment programme in a year, or in all its years."""
    target = target_of(programme.targets, year)
    bridge = waterfall(target.euros if target else None, measures, year)
    decisions = decision_links(viewer, (code for each in measures for code in each.decisions))
    checked_year, checked = checks(viewer, links, measures, year)
    return Adjustment(
        _finding(target, measures, year),
        year,
        tuple(_by_year(programme, measures, year)),
        tuple(_by_unit(links, measures, year)),
        bool(programme.targets),
        tuple(_steps(bridge, links, measures)) if bridge and measures else (),
        tuple(_measure(links, decisions, each) for each in measures),
        checked_year,
        checked,
        sum(1 for each in checked if each.verdict == "unseen"),
        tuple(_missing(programme, measures)),
    )


def pair(amount: Decimal | None, number: Decimal | None) -> Pair:
    """Show euros and person-years; person-years that are not told are left out."""
    return Pair(euros(amount), "" if number is None else staff(number))


def _pair(told: Total | Target | None) -> Pair:
    return pair(told.euros, told.person_years) if told else pair(None, None)


def _finding(target: Target | None, measures: Sequence[Measure], year: int | None) -> str:
    """Say in a sentence or two how the programme stands to its target."""
    when = "" if year is None else f" {year}"
    coming, come = expected(measures, year), add_up(measures, _S.REALISED, year)
    realised = _("Realised%(when)s: %(sum)s.") % {
        "when": when,
        "sum": both(come.euros, come.person_years),
    }
    if target is None:
        return realised
    aim = _("The target%(when)s is %(sum)s.") % {
        "when": when,
        "sum": both(target.euros, target.person_years),
    }
    if not measures:
        return aim + " " + _("No measure has been given to reach it.")
    if target.euros is None or coming.euros is None:
        return f"{aim} {realised}"
    over = coming.euros - target.euros
    words = _("Expected is %(sum)s: the target is reached.")
    if over < 0:
        words = _("Expected is %(sum)s: %(gap)s short of the target.")
    elif over > 0:
        words = _("Expected is %(sum)s: %(gap)s more than the target.")
    said = {"sum": both(coming.euros, coming.person_years), "gap": euros(abs(over))}
    return f"{aim} {words % said}"


def _by_year(
    programme: Programme, measures: Sequence[Measure], chosen: int | None
) -> Iterator[SumLine]:
    told = years(measures, programme.targets)
    for year in told:
        target = target_of(programme.targets, year)
        yield _sums(str(year), f"?year={year}", year == chosen, target, measures, year)
    target = target_of(programme.targets, None)
    name = _("All years") if len(told) > 1 or not told else _("In all")
    yield _sums(name, "?year=" if told else "", chosen is None, target, measures, None)


def _sums(
    name: str,
    href: str,
    is_chosen: bool,
    target: Target | None,
    measures: Sequence[Measure],
    year: int | None,
) -> SumLine:
    return SumLine(
        name,
        href,
        is_chosen,
        _pair(target),
        _pair(add_up(measures, _S.DECIDED, year)),
        _pair(add_up(measures, _S.REALISED, year)),
        _pair(expected(measures, year)),
    )


def _by_unit(links: Links, measures: Sequence[Measure], year: int | None) -> Iterator[SumLine]:
    for unit in dict.fromkeys(each.unit for each in measures):
        own = [each for each in measures if each.unit == unit]
        href = links.statement(unit) if unit else ""
        yield _sums(links.unit(unit) or _("No unit"), href, False, None, own, year)


def _steps(bridge: Bridge, links: Links, measures: Sequence[Measure]) -> Iterator[Step]:
    scale = scale_of(bridge)
    by_code = {each.code: each for each in measures}

    def part(name: str, detail: str, amount: Decimal, start: Decimal, href: str) -> Step:
        tone: Tone = "better" if amount > 0 else "worse"
        return Step(
            name, detail, euros(amount), tone, False, scale.bar(start, start + amount, tone), href
        )

    def end(name: str, amount: Decimal) -> Step:
        return Step(name, "", euros(amount), "", True, scale.bar(amount, amount, ""), "")

    yield end(_("Target"), bridge.start)
    level = bridge.start
    if bridge.left:
        name = _("Decided over the target") if bridge.left > 0 else _("Not decided on yet")
        yield part(name, "", bridge.left, level, "")
        level += bridge.left
    for each in bridge.parts:
        link = links.measure(by_code[each.measure])
        yield part(link.name, links.unit(each.unit), each.amount, level, link.href)
        level += each.amount
    yield end(_("Forecast"), bridge.end)


def _measure(links: Links, decisions: Mapping[str, DecisionLink], measure: Measure) -> MeasureLine:
    return MeasureLine(
        links.measure(measure),
        links.row(measure.row),
        links.statement(measure.unit, measure.row) if measure.unit else "",
        measure.is_permanent,
        tuple(decisions[code] for code in measure.decisions),
        effect_lines(measure),
    )


def effect_lines(measure: Measure) -> tuple[EffectLine, ...]:
    """Return what is told of a measure's effects, year by year."""
    return tuple(
        EffectLine(
            year,
            *(
                _pair(add_up([measure], each, year))
                for each in (_S.DECIDED, _S.REALISED, _S.FORECAST)
            ),
        )
        for year in years([measure])
    )


def _missing(programme: Programme, measures: Sequence[Measure]) -> Iterator[str]:
    """Say what the programme still lacks for its target to be followed."""
    if not programme.targets:
        yield _("A target in euros and person-years.")
    elif all(target.year is None for target in programme.targets):
        yield _("The target by year.")
    if not measures:
        yield _("Measures, each with its unit and its decision.")
        yield _("The decided effect of each measure in euros and person-years by year.")
        return
    silent = sum(1 for each in measures if not each.effects)
    if silent:
        yield ngettext(
            "The effect of %(count)s measure.", "The effects of %(count)s measures.", silent
        ) % {"count": silent}
    rowless = sum(1 for each in measures if not each.row and _has_euros(each))
    if rowless:
        yield ngettext(
            "The statement row that the euros of %(count)s measure are seen on.",
            "The statement rows that the euros of %(count)s measures are seen on.",
            rowless,
        ) % {"count": rowless}
    stateless = sum(1 for each in measures if each.state is None)
    if stateless:
        yield ngettext(
            "The state of %(count)s measure.", "The states of %(count)s measures.", stateless
        ) % {"count": stateless}
    undecided = sum(1 for each in measures if not each.decisions)
    if undecided:
        yield ngettext(
            "The decision of %(count)s measure.", "The decisions of %(count)s measures.", undecided
        ) % {"count": undecided}


def _has_euros(measure: Measure) -> bool:
    return any(effect.euros is not None for each in _S for _, effect in effects([measure], each))
