"""When a deviation is worth telling, by the level of its unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from katsaus.core.deviations import Threshold
from katsaus.core.organization import Level
from katsaus.definitions.places import Place

_FILE = Path(__file__).parent / "thresholds.yaml"


class ThresholdsError(ValueError):
    """The thresholds cannot be read; the message says where."""


@dataclass(frozen=True)
class Thresholds:
    """The limits of forecasts and of pace by level, and the rows that they are held against."""

    rows: tuple[str, ...]
    forecast: Mapping[Level, Threshold]
    pace: Mapping[Level, Threshold]


def parse(text: str, source: str) -> Thresholds:
    """Read thresholds from YAML; raises ThresholdsError."""
    whole = Place.of(text, source, ThresholdsError)
    whole.refuse_others("rows", "forecast", "pace")
    return Thresholds(
        rows=whole.texts("rows"),
        forecast=_by_level(whole.child("forecast")),
        pace=_by_level(whole.child("pace")),
    )


def _by_level(place: Place) -> dict[Level, Threshold]:
    place.refuse_others(*Level)
    return {Level(name): _threshold(place.child(name)) for name in place.entries}


def _threshold(place: Place) -> Threshold:
    place.refuse_others("percent", "euros")
    return Threshold(
        Decimal(place.number("percent", 0)).scaleb(-2), Decimal(place.number("euros", 0))
    )


@cache
def thresholds() -> Thresholds:
    """Return the thresholds of every municipality."""
    return parse(_FILE.read_text("utf-8"), _FILE.name)
