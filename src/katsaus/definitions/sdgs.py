"""The 17 Sustainable Development Goals with their official names and the codes of their targets."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from katsaus.core.names import Names

_FILE = Path(__file__).parent / "sdgs.csv"


@dataclass(frozen=True, slots=True)
class Sdg:
    """A goal by its number, and its targets by their codes, such as "13.2" and "13.a"."""

    number: int
    names: Names
    targets: tuple[str, ...]

    @property
    def span(self) -> str:
        """Its targets from the first to the last, lettered ones after: "13.1–13.3, 13.a–13.b"."""
        runs = (
            [code for code in self.targets if code[-1].isdigit() is is_numbered]
            for is_numbered in (True, False)
        )
        return ", ".join(f"{run[0]}–{run[-1]}" for run in runs if run)


@cache
def sdgs() -> tuple[Sdg, ...]:
    """Return the goals in their order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Sdg(
                int(line["number"]),
                Names(line["name_fi"], line["name_sv"], line["name_en"]),
                tuple(line["targets"].split()),
            )
            for line in csv.DictReader(file)
        )


def sdg_of(code: str) -> Sdg | None:
    """Return the goal of a code ("13") or of a target's ("13.9", official or not), or None."""
    number = code.partition(".")[0]
    return next((each for each in sdgs() if str(each.number) == number), None)
