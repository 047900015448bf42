"""The six kinds of files and their fields, as columns.yaml tells them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import yaml

from katsaus.ledger.importers.thousands import without_thousands


class Kind(StrEnum):
    """What a file holds."""

    ORGANIZATION = "organization"
    ACCOUNTS = "accounts"
    BUDGET = "budget"
    AMENDMENTS = "amendments"
    FORECASTS = "forecasts"
    POSTINGS = "postings"


class FieldType(StrEnum):
    """How a field's text is read."""

    TEXT = "text"
    AMOUNT = "amount"
    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    BOOLEAN = "boolean"
    LEVEL = "level"


# The fields of columns of months, in the order of the year, each with its number.
MONTHS = {f"month_{number}": number for number in range(1, 13)}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a kind; `headers` are normalised, the likeliest first.

    Where a file has several of them, `takes_first` says that the first of the list is meant;
    without it the file can be read in two ways, and the person is asked.
    """

    name: str
    type: FieldType
    is_required: bool
    headers: tuple[str, ...]
    takes_first: bool


class _FieldDefinition(TypedDict):
    type: str
    headers: list[str]
    takes_first: NotRequired[bool]


class _KindDefinition(TypedDict):
    fields: list[str]
    required: list[str]
    of_year: NotRequired[list[str]]
    months: NotRequired[bool]


class _Definition(TypedDict):
    kinds: dict[str, _KindDefinition]
    fields: dict[str, _FieldDefinition]
    booleans: dict[str, list[str]]
    levels: dict[str, list[str]]
    totals: list[str]
    months: dict[int, list[str]]
    before_month: list[str]


@cache
def _definition() -> _Definition:
    content = (Path(__file__).parent / "columns.yaml").read_text("utf-8")
    return cast(_Definition, yaml.safe_load(content))


@cache
def fields_of(kind: Kind) -> tuple[Field, ...]:
    """Return the fields of a kind in the order of its table, the columns of months last."""
    definition = _definition()
    in_kind = definition["kinds"][kind]
    fields = (
        Field(
            name=name,
            type=FieldType(definition["fields"][name]["type"]),
            is_required=name in in_kind["required"],
            headers=tuple(dict.fromkeys(map(normalise, definition["fields"][name]["headers"]))),
            takes_first=definition["fields"][name].get("takes_first", False),
        )
        for name in [*in_kind["fields"], *(["total"] if has_months(kind) else [])]
    )
    return (*fields, *(_months() if has_months(kind) else ()))


def has_months(kind: Kind) -> bool:
    """Whether a file of the kind may have columns of months."""
    return _definition()["kinds"][kind].get("months", False)


@cache
def _months() -> tuple[Field, ...]:
    names = _definition()["months"]
    return tuple(
        Field(f"month_{month}", FieldType.AMOUNT, False, tuple(names[month]), takes_first=False)
        for month in names
    )


def columns_of(kind: Kind) -> tuple[Field, ...]:
    """Return the fields that are columns of the kind's table; the others are parts of these."""
    parts = {"debit", "credit", "row", "total", *MONTHS}
    parts |= {"year", "month"} if kind is Kind.POSTINGS else set()
    return tuple(field for field in fields_of(kind) if field.name not in parts)


def boolean_words() -> tuple[list[str], list[str]]:
    """Return the words, in lower case, that mean yes (internal) and no (external)."""
    words = _definition()["booleans"]
    return words["true"], words["false"]


def level_words() -> dict[str, str]:
    """Return the level that each word, in lower case, means."""
    levels = _definition()["levels"]
    return {word: level for level, words in levels.items() for word in words}


@cache
def of_year(kind: Kind) -> frozenset[str]:
    """Return the words, normalised, of a column of amounts that has its year beside them."""
    return frozenset(_definition()["kinds"][kind].get("of_year", ()))


@cache
def month_words() -> dict[str, int]:
    """Return the number of the month that each word, normalised, means."""
    return {word: number for number, words in _definition()["months"].items() for word in words}


@cache
def words_before_month() -> frozenset[str]:
    """Return the words, normalised, that may stand before the number of a month."""
    return frozenset(_definition()["before_month"])


@cache
def total_words() -> frozenset[str]:
    """Return the words, normalised, that begin a total row."""
    return frozenset(_definition()["totals"])


def normalise(header: str) -> str:
    """Return a header without case, punctuation and trailing currency: "Summa, (t€)" is "summa"."""
    words = re.findall(r"[^\W_]+|[§€]", without_thousands(header))
    if len(words) > 1 and words[-1] in {"eur", "euro", "euroa", "euros", "€"}:
        words = words[:-1]
    return " ".join(words)
