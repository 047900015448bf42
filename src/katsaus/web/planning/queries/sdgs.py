"""What serves each Sustainable Development Goal, and the municipality's own targets under them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from katsaus.core.figures import total
from katsaus.core.names import Names
from katsaus.core.programmes import EffectScenario
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models

SERVING = ("goal", "action", "indicator", "measure", "project")


@dataclass(frozen=True, slots=True)
class SdgLine:
    """How many things serve a Sustainable Development Goal or its targets.

    `targets` are the codes of the targets that are served. `euros` is the money of the projects
    that serve it themselves or through their actions, `effect` what its adjustment measures were
    decided to bring, over all years; None where none tells any. `examples` of the `links` are
    example data.
    """

    sdg: int
    goals: int
    actions: int
    indicators: int
    measures: int
    projects: int
    euros: Decimal | None
    effect: Decimal | None = None
    targets: tuple[str, ...] = ()
    links: int = 0
    examples: int = 0


@dataclass(frozen=True, slots=True)
class LocalTarget:
    """A municipality's own target under a goal ("13") or its target ("13.2")."""

    code: str
    sdg: str
    names: Names


def number(sdg: str) -> int:
    """Return the number of the goal that a code is of: 13 for "13" and "13.2"."""
    return int(sdg.partition(".")[0])


def sdg_summary(municipality: Municipality) -> tuple[SdgLine, ...]:
    """Return a line for each of the 17 goals. Three queries."""
    links = models.SdgLink.objects.filter(municipality=municipality)
    fields = ("sdg", "is_example", *(f"{kind}_id" for kind in SERVING))
    things: dict[tuple[int, str], set[int]] = {}
    counts: dict[int, list[bool]] = {}
    targets: dict[int, set[str]] = {}
    numbers: dict[str, int] = {}  # thousands of links have some of 186 codes
    for sdg, is_example, *ids in links.order_by().values_list(*fields):
        goal = numbers.get(sdg) or numbers.setdefault(sdg, number(sdg))
        counts.setdefault(goal, []).append(is_example)
        if "." in sdg:
            targets.setdefault(goal, set()).add(sdg)
        for kind, pk in zip(SERVING, ids, strict=True):
            if pk is not None:
                things.setdefault((goal, kind), set()).add(pk)
    money = _of_goals(_money(municipality))
    effects = _of_goals(_effects(municipality))
    return tuple(
        SdgLine(
            goal,
            goals=len(things.get((goal, "goal"), ())),
            actions=len(things.get((goal, "action"), ())),
            indicators=len(things.get((goal, "indicator"), ())),
            measures=len(things.get((goal, "measure"), ())),
            projects=len(things.get((goal, "project"), ())),
            euros=total(money.get(goal, {}).values()),
            effect=total(effects.get(goal, {}).values()),
            targets=tuple(sorted(targets.get(goal, ()), key=_in_order)),
            links=len(counts.get(goal, ())),
            examples=sum(counts.get(goal, ())),
        )
        for goal in range(1, 18)
    )


def _in_order(target: str) -> tuple[int, str]:
    last = target.partition(".")[2]
    return (int(last), "") if last.isdigit() else (100, last)


def _of_goals(
    rows: Iterable[tuple[str, int, Decimal | None]],
) -> dict[int, dict[int, Decimal | None]]:
    """Gather amounts by goal and by the row they are of: each counts once."""
    found: dict[int, dict[int, Decimal | None]] = {}
    for sdg, pk, euros in rows:
        found.setdefault(number(sdg), {})[pk] = euros
    return found


def _money(municipality: Municipality) -> Iterator[tuple[str, int, Decimal | None]]:
    projects = models.Project.objects.filter(municipality=municipality, total__isnull=False)
    own, of_actions = (
        projects.filter(**{f"{path}__isnull": False})
        .order_by()
        .values_list(f"{path}__sdg", "pk", "total")
        for path in ("sdgs", "actions__sdgs")
    )
    yield from own.union(of_actions)


def _effects(municipality: Municipality) -> Iterator[tuple[str, int, Decimal | None]]:
    decided = models.MeasureEffect.objects.filter(
        measure__municipality=municipality,
        measure__sdgs__isnull=False,
        scenario=EffectScenario.DECIDED,
    )
    yield from decided.order_by().values_list("measure__sdgs__sdg", "pk", "euros")


def local_targets(municipality: Municipality) -> tuple[LocalTarget, ...]:
    """Return the municipality's own targets. One query."""
    rows = models.LocalTarget.objects.filter(municipality=municipality)
    return tuple(
        LocalTarget(row.code, row.sdg, Names(row.name_fi, row.name_sv, row.name_en)) for row in rows
    )
