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
