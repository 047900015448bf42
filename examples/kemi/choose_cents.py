"""Chooses the example's cents so that every printed figure of the report's tables comes out.

Reads shape/ and profiles.csv, writes actuals-2022.csv, actuals-2023-06.csv and budget-2023.csv.
Amounts are integer cents, revenue +, expense -. Run it again after a change in shape/:
python examples/kemi/choose_cents.py
"""

import csv
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, isqrt
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

HERE = Path(__file__).parent
OPERATING = ("operating_revenue", "operating_expenses")
FINANCING_UNITS = {
    "tax_revenue": "64900100",
    "central_government_transfers": "64900100",
    "financial_items": "64900200",
    "depreciation": "64900300",
    "extraordinary_items": "64900300",
}
ANNUAL = (*OPERATING, "tax_revenue", "central_government_transfers", "financial_items")
RESULT = (*ANNUAL, "depreciation", "extraordinary_items")
SUMS = {"operating_margin": OPERATING, "annual_margin": ANNUAL, "result": RESULT, "surplus": RESULT}
BUDGET_ON_A_ROW = ("64210000", "64310000", "64510000")
VEHICLE_UNIT, ICT_UNIT = "64550100", "64120200"


@dataclass(frozen=True, slots=True)
class Column:
    """One printed amount column: its months, and what a euro of monthly rent costs, in cents."""

    name: str
    months: int
    price: int
    postings: int


PRIOR = Column("TP 2022", 12, 94, 60_000)
BUDGET = Column("TA 2023", 12, 100, 0)
ACTUAL = Column("Toteuma 1-6/2023", 6, 100, 30_000)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A total of one cost centre and account, in cents, and how it is spread over the year."""

    unit: str
    account: str
    cents: int
    is_internal: bool
    profile: str
    density: int
    text: str

    @property
    def row(self) -> str:
        """Name the row that an operating account belongs to."""
        return OPERATING[self.account >= "4000"]


def rows_of(name: str) -> list[dict[str, str]]:
    """Read one of the example's files, a dictionary a line."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


PRINTED, KINDS = rows_of("shape/printed.csv"), rows_of("shape/kinds.csv")
CENTERS, FIXED = rows_of("shape/cost-centers.csv"), rows_of("shape/fixed.csv")
PROFILES = {p["Profiili"]: [int(w) for w in list(p.values())[1:]] for p in rows_of("profiles.csv")}


def area_of(unit: str) -> str:
    """Find the finest unit with printed figures: a service area, or an ended division."""
    return "64400000" if unit.startswith("644") else unit[:4] + "0000"


def noise(*parts: str, size: int) -> int:
    """Make a number from -size to size, the same for ever."""
    return zlib.crc32("·".join(parts).encode()) % (2 * size + 1) - size


def limits(line: dict[str, str], column: Column) -> tuple[int, int]:
    """Between which cents a printed figure and its realization rate come out, with some room.

    No sum comes nearer to an exact half than a cent of a euro, or ten euros of a thousand.
    """
    euros = int(line["Yksi on euroa"])
    printed, amended = int(line[column.name]) * 100, int(line["Muutettu TA 2023"])
    low, high = (printed - 49) * euros, (printed + 49) * euros
    if column == ACTUAL and (rate := int(line["Toteuma-%"])):
        edges = sorted(amended * euros * (2 * rate + side) // 2 for side in (-1, 1))
        low, high = max(low, edges[0] + euros), min(high, edges[1] - euros)
    return low, high


def choose(column: Column) -> dict[tuple[str, str], int]:
    """Cents of every (area, row): each printed figure is its sum rounded half up by itself.

    Variables are distances from the printed leaf, so that they stay small.
    """
    areas = {area_of(center["Yksikkö"]) for center in CENTERS}
    base: dict[tuple[str, str], tuple[int, int]] = {}
    for line in PRINTED:
        unit, row, euros = line["Yksikkö"], line["Rivi"], int(line["Yksi on euroa"])
        leaf = (unit in areas and row in OPERATING) or row in FINANCING_UNITS
        if leaf and line[column.name] != "0":
            key = (FINANCING_UNITS.get(row, unit), row)
            base[key] = (int(line[column.name]) * euros * 100, euros)
    leaves = list(base)
    matrix, low, high = [], [], []
    for line in PRINTED:
        prefix, wanted = line["Yksikkö"].rstrip("0"), SUMS.get(line["Rivi"], (line["Rivi"],))
        used = [unit.startswith(prefix) and row in wanted for unit, row in leaves]
        whole = sum(base[leaf][0] for leaf, is_used in zip(leaves, used, strict=True) if is_used)
        lowest, highest = limits(line, column)
        matrix.append(used)
        low.append(lowest - whole)
        high.append(highest - whole)
    size = 0 if column == BUDGET else 45  # a budget stands in whole euros where it can
    goal = np.array([noise(column.name, *leaf, size=size * base[leaf][1]) for leaf in leaves])
    one, parts = np.eye(len(leaves)), np.array(matrix, dtype=float)
    solution = milp(
        np.concatenate([np.zeros(len(leaves)), np.ones(len(leaves))]),
        integrality=np.ones(2 * len(leaves)),
        bounds=Bounds(np.repeat([-np.inf, 0], len(leaves)), np.inf),
        constraints=[
            LinearConstraint(np.hstack([parts, 0 * parts]), low, high),
            LinearConstraint(np.hstack([one, -one]), -np.inf, goal),
            LinearConstraint(np.hstack([one, one]), goal, np.inf),
        ],
    )
    if solution.x is None:
        raise ValueError(f"{column.name}: no cents give every printed figure")
    return {leaf: base[leaf][0] + round(solution.x[i]) for i, leaf in enumerate(leaves)}


def spread(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Integers in proportion to the weights, by largest remainder; their sum is the total."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def internal_leaves(column: Column, areas: Iterable[str]) -> list[Leaf]:
    """Rents, ICT and vehicles between the units: each charge is one's revenue, another's expense.

    The July rents of the wellbeing division were booked in June 2023.
    """
    charges = []
    for center in CENTERS:
        unit = center["Yksikkö"]
        if area_of(unit) not in areas:
            continue
        rent, landlord = int(center["Vuokra €/kk"]), center["Vuokranantaja"]
        ict, cars = int(center["Tietohallinto €/kk"]), int(center["Autot €/kk"])
        rents = (landlord, "349910", unit, "482010")
        charges += [
            (*rents, rent * column.months, "tasainen", "Sisäinen vuokra"),
            (ICT_UNIT, "300510", unit, "434210", ict * column.months, "tasainen", "Tietohallinto"),
        ]
        if column == PRIOR:
            vehicles = (VEHICLE_UNIT, "300520", unit, "442010")
            charges.append((*vehicles, cars * column.months, "tasainen", "Auton käyttö"))
        if column == ACTUAL and unit.startswith("643"):
            charges.append((*rents, rent, "kesäkuu", "Sisäinen vuokra, heinäkuu"))
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for seller, revenue, buyer, expense, euros, profile, text in charges:
        sums[seller, revenue, profile, text] += euros * column.price
        sums[buyer, expense, profile, text] -= euros * column.price
    return [
        Leaf(unit, account, cents, True, profile, 4, text)
        for (unit, account, profile, text), cents in sums.items()
        if cents
    ]


def shares(column: Column, unit: str, kind: str, weight: Fraction) -> dict[Leaf, Fraction]:
    """Empty leaves of one cost centre, and their weights: the kind's accounts, a little varied."""
    accounts = [line for line in KINDS if line["Laji"] == kind]
    whole = sum(int(line["Paino"]) for line in accounts)
    found = {}
    for line in accounts:
        account, profile = line["Tili"], PROFILES[line["Profiili"]]
        booked = Fraction(sum(profile[: column.months]), sum(profile))
        varied = 100 + noise(column.name, unit, account, size=6)
        leaf = Leaf(unit, account, 0, False, line["Profiili"], int(line["Tiheys"]), line["Selite"])
        found[leaf] = weight * int(line["Paino"]) * booked * varied / whole
    return {leaf: share for leaf, share in found.items() if share}


def divide(total: int, weights: dict[Leaf, Fraction], step: int) -> list[Leaf]:
    """Divide a total over leaves in steps, as budgets stand in; the largest takes the rest.

    A total with no leaf to take it is a fault of shape/.
    """
    if not weights:
        if total:
            raise ValueError(f"{total} cents have no cost centre to stand on")
        return []
    parts = [part * step for part in spread(total // step, list(weights.values()))]
    parts[max(range(len(parts)), key=lambda i: abs(parts[i]))] += total - sum(parts)
    return [replace(leaf, cents=part) for leaf, part in zip(weights, parts, strict=True) if part]


def area_leaves(column: Column, area: str, row: str, total: int, inner: list[Leaf]) -> list[Leaf]:
    """External leaves of one printed row; cost centres that the texts name have fixed totals."""
    kind, weight = (
        ("Kululaji", "Kulupaino") if row == OPERATING[1] else ("Tuottolaji", "Tuottopaino")
    )
    size = 0 if column == BUDGET else 45
    fixed = {
        f["Yksikkö"]: int(f[column.name]) * 100 + noise(column.name, f["Yksikkö"], size=size)
        for f in FIXED
        if f["Rivi"] == row and f[column.name]
    }
    inside = [leaf for leaf in inner if area_of(leaf.unit) == area and leaf.row == row]
    rest = total - sum(leaf.cents for leaf in inside)
    step = 10_000 if column == BUDGET else 1
    leaves: list[Leaf] = []
    free: dict[Leaf, Fraction] = {}
    for center in CENTERS:
        unit = center["Yksikkö"]
        if area_of(unit) != area or not center[kind]:
            continue
        found = shares(column, unit, center[kind], Fraction(center[weight].replace(",", ".")))
        if unit in fixed:
            own = fixed[unit] - sum(leaf.cents for leaf in inside if leaf.unit == unit)
            leaves += divide(own, found, step)
            rest -= own
        else:
            free |= found
    return leaves + divide(rest, free, step)


def leaves_of(column: Column) -> list[Leaf]:
    """Every leaf of a column, in the order of unit and account."""
    chosen = choose(column)
    inner = internal_leaves(column, {unit for unit, _ in chosen})
    leaves = list(inner)
    for (unit, row), total in chosen.items():
        if row in FINANCING_UNITS:
            step = 100_000 if column == BUDGET else 1
            leaves += divide(total, shares(column, unit, row, Fraction(1)), step)
        else:
            leaves += area_leaves(column, unit, row, total, inner)
    return sorted(leaves, key=lambda leaf: (leaf.unit, leaf.account, leaf.text))


def counts(leaves: list[Leaf], column: Column) -> list[int]:
    """How many postings each leaf gets: by its density and the root of its size.

    A month with a weight gets at least one, so the factor is sought until the sum is right.
    """
    sizes = [leaf.density * (1 + isqrt(abs(leaf.cents) // 100)) for leaf in leaves]
    low, high = 1, column.postings * 1000
    while high - low > 1:
        factor = (low + high) // 2
        found = [1 + size * factor // 1_000_000 for size in sizes]
        booked = 0
        for leaf, count in zip(leaves, found, strict=True):
            profile = PROFILES[leaf.profile][: column.months]
            months = [
                max(1, (2 * count * w + sum(profile)) // (2 * sum(profile))) for w in profile if w
            ]
            booked += sum(months)
        low, high = (factor, high) if booked < column.postings else (low, factor)
    return found


def decimal(cents: int) -> str:
    """Write cents as euros with a decimal comma."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def write(name: str, header: str, lines: Iterable[Sequence[object]]) -> None:
    """Write one of the example's files."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([header.split(";"), *lines])


def write_actuals(name: str, year: int, column: Column) -> None:
    """Write a year's totals by leaf, with what spreads them into postings."""
    leaves = leaves_of(column)
    write(
        name,
        "Yksikkö;Tili;Vuosi;Summa;Sisäinen;Profiili;Vientejä;Selite",
        [
            (x.unit, x.account, year, decimal(x.cents), "kyllä" if x.is_internal else "ei",
             x.profile, count, x.text)
            for x, count in zip(leaves, counts(leaves, column), strict=True)
        ],
    )  # fmt: skip


def write_budget() -> None:
    """Write the budget by official account, internal charges by their own; few areas on a row."""
    sums: dict[tuple[str, str, str, bool], int] = defaultdict(int)
    for leaf in leaves_of(BUDGET):
        area = area_of(leaf.unit)
        if area in BUDGET_ON_A_ROW:
            sums[area, "", leaf.row, leaf.is_internal] += leaf.cents
        else:
            account = leaf.account if leaf.is_internal else leaf.account[:4]
            sums[leaf.unit, account, "", leaf.is_internal] += leaf.cents
    write(
        "budget-2023.csv",
        "Yksikkö;Tili;Rivi;Vuosi;Summa;Sisäinen;Selite",
        [
            (unit, account, row, 2023, decimal(cents), "kyllä" if is_internal else "ei", "")
            for (unit, account, row, is_internal), cents in sorted(sums.items())
            if cents
        ],
    )


if __name__ == "__main__":
    write_actuals("actuals-2022.csv", 2022, PRIOR)
    write_actuals("actuals-2023-06.csv", 2023, ACTUAL)
    write_budget()
