"""A strategy that no municipality will outgrow, brought in by the use case that users have."""

from collections.abc import Iterator
from dataclasses import dataclass

from katsaus.definitions.sdgs import sdgs
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.use_cases.strategies import keep_strategy

Row = dict[str, str]
DIVISIONS = ("64100000", "64200000", "64300000", "64500000")
STATES = ("under_way", "continuous", "done", "behind", "not_started")
FIRST, LAST = 2014, 2023


@dataclass(frozen=True, slots=True)
class Wide:
    """How many goals, actions and indicators; each indicator has ten years of values."""

    goals: int = 500
    actions: int = 5_000
    indicators: int = 10_000


def bring_in_strategy(municipality: Municipality, wide: Wide) -> None:
    """Bring it in beside what there is; it is the newest strategy. Raises RuntimeError."""
    lines = {
        name: [Line(str(number), row) for number, row in enumerate(rows, 1)]
        for name, rows in _tables(wide).items()
    }
    outcome = keep_strategy(municipality=municipality, given=Given(lines))
    if not outcome.is_kept:
        raise RuntimeError(str(outcome.faults[:3]))


def _tables(wide: Wide) -> dict[str, list[Row]]:
    return {
        "strategies": [
            {"code": "laaja", "name_fi": "Laaja", "valid_from": "2022", "valid_to": "2025"}
        ],
        "themes": [
            {"code": f"teema{n}", "strategy": "laaja", "name_fi": f"Teema {n}"} for n in range(5)
        ],
        "goals": [
            {
                "code": f"tavoite{n}",
                "theme": f"teema{n * 5 // wide.goals}",
                "name_fi": f"Tavoite {n} on kuvattu tavallisen pituisella lauseella",
                "units": " | ".join(DIVISIONS),
            }
            for n in range(wide.goals)
        ],
        "actions": [
            {
                "code": f"toimi{n}",
                "goal": f"tavoite{n % wide.goals}",
                "unit": DIVISIONS[n // wide.goals % len(DIVISIONS)],
                "name": f"Toimi {n}",
                "responsible": "toimialajohtaja",
                "schedule": "2022-2025",
            }
            for n in range(wide.actions)
        ],
        "reports": [
            {
                "action": f"toimi{n}",
                "period": "2023-06",
                "state": STATES[n % len(STATES)],
                "text": "Työ etenee.",
            }
            for n in range(wide.actions)
        ],
        "indicators": [
            {
                "code": f"mittari{n}",
                "name_fi": f"Mittari {n}",
                "kind": "number",
                "polarity": "up",
                "aggregation": "last",
            }
            for n in range(wide.indicators)
        ],
        "indicator_links": [
            {"indicator": f"mittari{n}", **_place(n, wide)} for n in range(wide.indicators)
        ],
        "values": list(_values(wide)),
        "sdg_links": list(_sdg_links(wide)),
    }


def _place(number: int, wide: Wide) -> Row:
    if number < wide.actions:
        return {"to": "action", "code": f"toimi{number}"}
    return {"to": "goal", "code": f"tavoite{number % wide.goals}"}


def _values(wide: Wide) -> Iterator[Row]:
    for number in range(wide.indicators):
        row = {"indicator": f"mittari{number}"}
        for year in range(FIRST, LAST + 1):
            yield row | {"scenario": "actual", "period": f"{year}-06", "value": f"{number + year}"}
        yield row | {"scenario": "target", "period": "2025", "value": f"{number + 2030}"}


def _sdg_links(wide: Wide) -> Iterator[Row]:
    targets = [code for each in sdgs() for code in each.targets]
    every = (("goal", "tavoite", wide.goals, 1), ("action", "toimi", wide.actions, 1))
    for kind, name, count, step in (*every, ("indicator", "mittari", wide.indicators, 5)):
        for number in range(0, count, step):
            yield {
                "kind": kind,
                "code": f"{name}{number}",
                "sdg": targets[number % len(targets)],
            }
