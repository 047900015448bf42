"""The example's second municipality: Simo with four units and forty postings, all of it made up."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from katsaus.cli.files import write_file

SLUG = "simo"
YEAR = 2023
MONTHS = range(1, 7)
_ROOT, _DIVISION, _AREAS = "75100000", "75110000", ("75111000", "75112000")
# Account, what it is, and cents a year for each of the two service areas.
_ROWS: Sequence[tuple[str, str, tuple[int, int]]] = (
    ("3300", "Maksut", (4_210_000, 12_640_000)),
    ("4000", "Palkat", (-84_300_000, -131_750_000)),
    ("4410", "Palvelujen ostot", (-9_480_000, -17_320_000)),
)
_EXTRA = (("75111000", "4510"), ("75112000", "4510"))  # supplies, in January and May


def write(folder: Path) -> dict[str, Path]:
    """Write the files of organisation, budget and postings; the same ones every time.

    Returns them by what they hold. Amounts in them are euro, revenue + and expense −.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "organization": ("Koodi;Nimi;Ylempi yksikkö;Taso", _units()),
        "budget": ("Yksikkö;Tili;Vuosi;Summa", _budget()),
        "postings": ("Yksikkö;Tili;Tositepäivä;Summa;Tosite;Selite", _postings()),
    }
    written = {}
    for name, (header, lines) in files.items():
        written[name] = folder / f"{name}-{YEAR}.csv"
        write_file(written[name], "\n".join([header, *lines, ""]).encode())
    return written


def _units() -> Iterable[str]:
    yield f"{_ROOT};Simon kunta;;municipality"
    yield f"{_DIVISION};Kunnan palvelut;{_ROOT};division"
    yield f"{_AREAS[0]};Hallinto;{_DIVISION};service_area"
    yield f"{_AREAS[1]};Sivistys;{_DIVISION};service_area"


def _budget() -> Iterator[str]:
    for place, unit in enumerate(_AREAS):
        for account, _text, cents in _ROWS:
            yield f"{unit};{account};{YEAR};{_euro(cents[place])}"


def _postings() -> Iterator[str]:
    number = 0
    for month in MONTHS:
        lines = [
            (unit, account, text, cents[place] // 12 + month * 1_117)
            for place, unit in enumerate(_AREAS)
            for account, text, cents in _ROWS
        ]
        if month in (1, 5):
            lines += [(unit, account, "Tarvikkeet", -38_450) for unit, account in _EXTRA]
        for unit, account, text, cents_booked in lines:
            number += 1
            day = f"{10 + number % 15}.{month}.{YEAR}"
            yield f"{unit};{account};{day};{_euro(cents_booked)};S{number:05};{text} {month}/{YEAR}"


def _euro(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"
