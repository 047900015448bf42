"""A municipality of the example's shape but larger: every cost centre and account split in copies.

The service areas, the statement rows and their sums to the cent stay those of the example, so its
report is the same report; there are only more cost centres, accounts and postings under it.
"""

import csv
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

from katsaus.cli.synthesis import synthesize
from katsaus.core.figures import euros, spread

EXAMPLE = Path("examples/kemi")
YEARS = (2022, 2023)
ACTUALS = ("actuals-2022.csv", "actuals-2023-06.csv")
AS_THEY_ARE = ("amendments-2023.csv", "forecast-2023-06.csv", "profiles.csv", "report.yaml")
MOST_COPIES = 100
# Of an amount on the copies of its cost centre, and of its account; further copies have 1.
SHARES = (5, 3, 2, 1)

Line = dict[str, str]
Copies = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Size:
    """About how many postings, and exactly how many cost centres and accounts they stand on."""

    postings: int
    cost_centers: int = 300
    accounts: int = 400


def write_files(folder: Path, size: Size) -> int:
    """Write the municipality's import files into a folder and return how many postings there are.

    The postings are postings-2022.csv and postings-2023.csv. Raises ValueError where the size has
    fewer cost centres or accounts than the example, or over a hundred times as many.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in AS_THEY_ARE:
        shutil.copy(EXAMPLE / name, folder / name)
    actuals = [line for name in ACTUALS for line in _lines(EXAMPLE / name)]
    wanted = sum(int(line["Vientejä"]) for line in actuals)
    units = _copies({line["Yksikkö"] for line in actuals}, size.cost_centers)
    accounts = _copies({line["Tili"] for line in actuals}, size.accounts)
    _write(folder / "organization.csv", _organization(units))
    _write(folder / "accounts.csv", _accounts(accounts))
    for name in ("budget-2023.csv", *ACTUALS):
        lines = (_scaled(line, size.postings, wanted) for line in _lines(EXAMPLE / name))
        _write(folder / name, (part for line in lines for part in _split(line, units, accounts)))
    return sum(synthesize(folder, year, folder / f"postings-{year}.csv") for year in YEARS)


def _copies(codes: set[str], count: int) -> Copies:
    """Give each code one code or more, itself the first, so that there are `count` in all."""
    each, more = divmod(count, len(codes))
    if not 1 <= each < MOST_COPIES:
        raise ValueError(f"{len(codes)} codes cannot be made {count}")
    copies = {
        code: (code, *(f"{code}{n:02}" for n in range(1, each + (i < more))))
        for i, code in enumerate(sorted(codes))
    }
    if len({copy for codes in copies.values() for copy in codes}) != count:
        raise ValueError("two copies have the same code")
    return copies


def _organization(units: Copies) -> Iterator[Line]:
    for line in _lines(EXAMPLE / "organization.csv"):
        yield line
        for copy in units.get(line["Koodi"], ())[1:]:
            yield line | {"Koodi": copy, "Nimi": f"{line['Nimi']} {int(copy[-2:])}", "Seuraaja": ""}


def _accounts(accounts: Copies) -> Iterator[Line]:
    own = list(_lines(EXAMPLE / "accounts.csv"))
    yield from own
    names = {line["Tili"]: line for line in own}
    for number, copies in accounts.items():
        for copy in copies[1:]:
            like = names.get(number, {"Nimi": "Tili", "Namn": "Konto", "Name": "Account"})
            named = {language: f"{name} {copy}" for language, name in like.items()}
            yield named | {"Tili": copy, "Virallinen tili": number[:4]}


def _scaled(line: Line, postings: int, wanted: int) -> Line:
    if "Vientejä" not in line:
        return line
    return line | {"Vientejä": str(int(line["Vientejä"]) * postings // wanted)}


def _split(line: Line, units: Copies, accounts: Copies) -> Iterator[Line]:
    """Divide a line's amount and number of postings over the copies of its unit and account."""
    places = [
        (unit, account, unit_share * account_share)
        for unit, unit_share in _shares(units, line["Yksikkö"])
        for account, account_share in _shares(accounts, line["Tili"])
    ]
    weights = [weight for _, _, weight in places]
    cents = spread(int(line["Summa"].replace(",", "")), weights)
    postings = spread(int(line.get("Vientejä", 0)), weights)
    for (unit, account, _), amount, count in zip(places, cents, postings, strict=True):
        if amount:
            written = str(euros(amount)).replace(".", ",")
            part = line | {"Yksikkö": unit, "Tili": account, "Summa": written}
            yield part | ({"Vientejä": str(count)} if "Vientejä" in line else {})


def _shares(copies: Copies, code: str) -> Iterable[tuple[str, int]]:
    return zip(copies.get(code, (code,)), chain(SHARES, repeat(1)), strict=False)


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _write(path: Path, lines: Iterable[Line]) -> None:
    rows = list(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
