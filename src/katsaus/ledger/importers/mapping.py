"""A saved mapping: what a municipality has said once about the files of its ledger."""

import codecs
from collections import abc
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml

from katsaus.ledger.importers.dates import FORMATS
from katsaus.ledger.importers.kinds import Kind, fields_of

Sign = Literal["revenue_positive", "expense_positive"]
YEARS = range(1900, 2200)
_SIGNS: tuple[Sign, ...] = ("revenue_positive", "expense_positive")


class AmountsIn(StrEnum):
    """What the amounts of a file are in."""

    EURO = "euro"
    THOUSAND = "thousand"  # of euros


class Wanted(StrEnum):
    """What may stand at a place of a mapping. The web has a sentence for each, and language."""

    YAML = "yaml"  # `said`: the line where the reader stopped, if it is known
    UTF_8 = "utf-8"
    KEYS = "keys"  # keys and values; at a key that names fields, fields and what belongs to them
    KNOWN = "known"  # one of `possible`
    PLACE = "place"  # a header, or a position from 1
    ENCODING = "encoding"
    CHARACTER = "character"  # one, not a quote
    TEXT = "text"
    NUMBER = "number"  # whole, 0 or more
    NUMBERS = "numbers"  # a list of rows' numbers
    YEAR = "year"


class MappingError(ValueError):
    """A mapping that says something we cannot follow: at which key, what it says, what may be said.

    `file` is empty where the mapping is not of a file, `key` where it is the mapping as a whole.
    """

    def __init__(
        self,
        wanted: Wanted,
        key: str = "",
        said: str = "",
        possible: tuple[str, ...] = (),
        file: str = "",
    ) -> None:
        super().__init__(file, key, said, wanted.value, possible)
        self.wanted = wanted
        self.key = key
        self.said = said
        self.possible = possible
        self.file = file


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a file; what is left out is recognised.

    `columns` names a header, or a position counted from 1, for each field. `sign` says what a plus
    in the amount column means; debit and credit columns carry their own sign, and it does not touch
    them. `amounts_in` is of every column of amounts. `year` is that of all rows of a plan without a
    column of years. `header_row` 0 says that there is none. Row numbers count from 1. `skip_when`
    leaves out the rows whose field holds exactly one of the texts (case does not matter).
    """

    columns: abc.Mapping[str, str | int] = field(default_factory=dict)
    sign: Sign = "revenue_positive"
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_format: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    skip_rows: tuple[int, ...] = ()
    skip_when: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None
    amounts_in: AmountsIn | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be followed, with a `MappingError`."""
        known = {field.name for kind in Kind for field in fields_of(kind)}
        for key, names in (("columns", self.columns), ("skip_when", self.skip_when)):
            _expect_known(key, names, known)
        for name, place in self.columns.items():
            _expect(_is_place(place), Wanted.PLACE, f"columns: {name}", place)
        _expect_known("sign", [self.sign], _SIGNS)
        for key, said, possible in (
            ("decimal", self.decimal, (",", ".")),
            ("date_format", self.date_format, FORMATS),
        ):
            _expect_known(key, [] if said is None else [said], possible)
        is_encoding = self.encoding is None or _is_encoding(self.encoding)
        _expect(is_encoding, Wanted.ENCODING, "encoding", self.encoding)
        mark = self.delimiter
        is_mark = mark is None or (len(mark) == 1 and mark not in '"\n\r')
        _expect(is_mark, Wanted.CHARACTER, "delimiter", mark)
        is_row = self.header_row is None or self.header_row >= 0
        _expect(is_row, Wanted.NUMBER, "header_row", self.header_row)
        is_year = self.year is None or self.year in YEARS
        _expect(is_year, Wanted.YEAR, "year", self.year)


def load_mapping(path: Path) -> Mapping:
    """Return the mapping of a YAML file; a `MappingError` names the file and the key."""
    try:
        return mapping_of(yaml.safe_load(path.read_text("utf-8")))
    except UnicodeDecodeError:
        raise MappingError(Wanted.UTF_8, file=path.name) from None
    except MappingError as error:
        said = (error.wanted, error.key, error.said, error.possible)
        raise MappingError(*said, file=path.name) from None
    # Deep nesting exhausts the stack, and a date such as 2023-99-99 is a ValueError.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = str(mark.line + 1) if mark else ""
        raise MappingError(Wanted.YAML, said=line, file=path.name) from None


def mapping_of(content: object) -> Mapping:
    """Return the mapping that a dictionary of keys and values says; raises `MappingError`."""
    if not isinstance(content, dict):
        raise _refusal(Wanted.KEYS, "", content)
    _expect_known("", map(str, content), Mapping.__dataclass_fields__)
    return Mapping(
        columns=_columns(content.get("columns", {})),
        sign=content.get("sign", "revenue_positive"),
        encoding=_text(content, "encoding"),
        delimiter=_text(content, "delimiter"),
        decimal=_text(content, "decimal"),
        date_format=_text(content, "date_format"),
        sheet=_text(content, "sheet"),
        header_row=_whole(content.get("header_row"), "header_row"),
        skip_rows=_numbers(content.get("skip_rows", [])),
        skip_when=_texts(content.get("skip_when", {})),
        year=_whole(content.get("year"), "year"),
        amounts_in=_amounts_in(content),
    )


def _columns(value: object) -> dict[str, str | int]:
    return {
        key: place if isinstance(place, int) else str(place)
        for key, place in _pairs(value, "columns").items()
    }


def _texts(value: object) -> dict[str, tuple[str, ...]]:
    """Return the texts of each field; a text by itself is a list of one."""
    return {
        key: tuple(map(str, said if isinstance(said, list | tuple) else [said]))
        for key, said in _pairs(value, "skip_when").items()
    }


def _pairs(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _refusal(Wanted.KEYS, key, value)
    return {str(field): said for field, said in value.items()}


def _text(content: dict[object, object], key: str) -> str | None:
    value = content.get(key)
    _expect(value is None or isinstance(value, str), Wanted.TEXT, key, value)
    return value if isinstance(value, str) else None


def _amounts_in(content: dict[object, object]) -> AmountsIn | None:
    said = _text(content, "amounts_in")
    _expect_known("amounts_in", [] if said is None else [said], tuple(AmountsIn))
    return None if said is None else AmountsIn(said)


def _whole(value: object, key: str) -> int | None:
    is_whole = value is None or (isinstance(value, int) and not isinstance(value, bool))
    _expect(is_whole, Wanted.NUMBER, key, value)
    return value if isinstance(value, int) else None


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise _refusal(Wanted.NUMBERS, "skip_rows", value)
    return tuple(number for item in value if (number := _whole(item, "skip_rows")) is not None)


def _is_place(place: str | int) -> bool:
    return bool(place) if isinstance(place, str) else place >= 1 and not isinstance(place, bool)


def _is_encoding(name: str) -> bool:
    try:
        "ä".encode(name)
        return codecs.lookup(name).name != "undefined"
    except (LookupError, UnicodeError):
        return False


def _expect_known(key: str, said: abc.Iterable[object], possible: abc.Collection[str]) -> None:
    known = tuple(sorted(possible))
    for each in said:
        if each not in known:
            raise MappingError(Wanted.KNOWN, key, _shown(each), known)


def _expect(is_right: bool, wanted: Wanted, key: str, said: object) -> None:
    if not is_right:
        raise _refusal(wanted, key, said)


def _refusal(wanted: Wanted, key: str, said: object) -> MappingError:
    return MappingError(wanted, key, _shown(said))


def _shown(said: object) -> str:
    """Return what a mapping says; of a list or keys nothing, for they can stand for millions."""
    return "" if said is None or isinstance(said, list | dict) else str(said)[:200]
