"""The example strategies' files as lines, and the numbers that stand in a text."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seeds" / "000_dd12f107354cdfaf.txt"
Line = dict[str, str]
NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*")
# What refers to what: (file, column, file referred to); a "kind" or "to" says the file itself.
REFERENCES = [
    ("themes", "strategy", "strategies"),
    ("goals", "theme", "themes"),
    ("actions", "goal", "goals"),
    ("actions", "decisions", "decisions"),
    ("reports", "action", "actions"),
    ("indicators", "part_of", "indicators"),
    ("indicator_links", "indicator", "indicators"),
    ("values", "indicator", "indicators"),
    ("programme_parts", "programme", "programmes"),
    ("programme_emphases", "programme", "programmes"),
    ("programme_targets", "programme", "programmes"),
    ("measures", "programme", "programmes"),
    ("measures", "decisions", "decisions"),
    ("measure_effects", "measure", "measures"),
    ("projects", "actions", "actions"),
    ("projects", "indicators", "indicators"),
    ("sdg_links", "local_target", "local_targets"),
]
BY_KIND = [("indicator_links", "to"), ("programme_parts", "kind"), ("sdg_links", "kind")]
OF_UNITS = [
    ("goals", "units"),
    ("actions", "unit"),
    ("values", "unit"),
    ("programme_emphases", "unit"),
    ("measures", "unit"),
    ("projects", "units"),
    ("projects", "cost_centers"),
    ("person_years", "unit"),
    ("explanations", "unit"),
]


def several(cell: str) -> list[str]:
    return [part for part in cell.split(" | ") if part]


def lines_of(municipality: str, name: str) -> list[Line]:
    path = EXAMPLES / municipality / "strategy" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";", strict=True))
    assert all(None not in line and None not in line.values() for line in lines), path
    return lines


def codes(municipality: str, name: str) -> list[str]:
    return [line["code"] for line in lines_of(municipality, name)]


def units(municipality: str) -> dict[str, str]:
    """Each unit's parent."""
    with (EXAMPLES / municipality / "organization.csv").open(encoding="utf-8") as file:
        return {
            line["Koodi"]: line["Ylempi yksikkö"] for line in csv.DictReader(file, delimiter=";")
        }


def dangling(municipality: str) -> list[tuple[str, str, str]]:
    """References to what is not there, as (file, column, code)."""
    wanted = [(*each, set(codes(municipality, each[2]))) for each in REFERENCES]
    found = [
        (file, column, code)
        for file, column, _, known in wanted
        for line in lines_of(municipality, file)
        for code in several(line[column])
        if code not in known
    ]
    known_units = units(municipality)
    for file, column in OF_UNITS:
        for line in lines_of(municipality, file):
            missing = [code for code in several(line[column]) if code not in known_units]
            found += [(file, column, code) for code in missing]
    for file, column in BY_KIND:
        for line in lines_of(municipality, file):
            kind, code = line[column], line["code"]
            known = known_units if kind == "unit" else set(codes(municipality, f"{kind}s"))
            found += [(file, kind, code)] * (code not in known)
    return found + [
        ("indicators", "computed", code)
        for line in lines_of(municipality, "indicators")
        for code in inputs(line["computed"])
        if code not in codes(municipality, "indicators")
    ]


def inputs(computed: str) -> list[str]:
    """The indicators that a formula names."""
    formula, _, names = computed.partition(":")
    return names.split("/")[1 if formula == "row" else 0 :] if names else []


def twice(lines: Sequence[str]) -> set[str]:
    return {each for each in lines if lines.count(each) > 1}


def joined(text: str) -> str:
    """The text on one line, with the spaces between thousands taken away."""
    return re.sub(r"(?<=\d)[ \N{NO-BREAK SPACE}](?=\d{3}(?!\d))", "", " ".join(text.split()))


def numbers(texts: Iterable[str]) -> set[str]:
    """The numbers of the texts: decimals with a comma, without spaces, dates as one."""
    found = {number for text in texts for number in NUMBER.findall(joined(text))}
    return {number.replace(".", ",") if number.count(".") == 1 else number for number in found}
