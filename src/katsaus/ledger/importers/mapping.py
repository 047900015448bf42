"""A saved mapping: what a municipality has said once about the files of its ledger."""

import codecs
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml

from katsaus.ledger.importers.dates import FORMATS
from katsaus.ledger.importers.kinds import Kind, fields_of

Sign = Literal["revenue_positive", "expense_positive"]
_SIGNS: tuple[Sign, ...] = ("revenue_positive", "expense_positive")


class MappingError(ValueError):
    """A mapping that says something we cannot follow; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a file; what is left out is recognised.

    `columns` names a header, or a position counted from 1, for each field. `sign` says what a plus
    in the amount column means; debit and credit columns carry their own sign, and it does not touch
    them. `header_row` 0 says that there is none. Row numbers count from 1. `skip_when` leaves out
    the rows whose field holds exactly that text (case does not matter).
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
    skip_when: abc.Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be followed, with a `MappingError`."""
        known = {field.name for kind in Kind for field in fields_of(kind)}
        for key, names in (("columns", self.columns), ("skip_when", self.skip_when)):
            _expect(set(names) <= known, key, sorted(set(names) - known), sorted(known))
        _expect(
            all(_is_place(place) for place in self.columns.values()),
            "columns",
            self.columns,
            "headers, or positions from 1",
        )
        _expect(self.sign in _SIGNS, "sign", self.sign, _SIGNS)
        _expect(
            self.encoding is None or _is_encoding(self.encoding),
            "encoding",
            self.encoding,
            "utf-8, windows-1252, iso-8859-1",
        )
        _expect(
            self.delimiter is None or (len(self.delimiter) == 1 and self.delimiter not in '"\n\r'),
            "delimiter",
            self.delimiter,
            "one character",
        )
        _expect(self.decimal in (None, ",", "."), "decimal", self.decimal, '"," or "."')
        _expect(
            self.date_format is None or self.date_format in FORMATS,
            "date_format",
            self.date_format,
            list(FORMATS),
        )
        _expect(
            self.header_row is None or self.header_row >= 0,
            "header_row",
            self.header_row,
            "0 or more",
        )


def load_mapping(path: Path) -> Mapping:
    """Return the mapping of a YAML file; a `MappingError` names the file and the key."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        return mapping_of(content)
    except (yaml.YAMLError, UnicodeDecodeError, MappingError) as error:
        raise MappingError(f"{path.name}: {error}") from error


def mapping_of(content: object) -> Mapping:
    """Return the mapping that a dictionary of keys and values says; raises `MappingError`."""
    if not isinstance(content, dict):
        raise MappingError("a mapping is a list of keys and values, such as `decimal: ','`")
    keys = set(Mapping.__dataclass_fields__)
    _expect(set(content) <= keys, "keys", sorted(map(str, set(content) - keys)), sorted(keys))
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
    )


def _columns(value: object) -> dict[str, str | int]:
    return {
        key: place if isinstance(place, int) else str(place)
        for key, place in _pairs(value, "columns").items()
    }


def _texts(value: object) -> dict[str, str]:
    return {key: str(text) for key, text in _pairs(value, "skip_when").items()}


def _pairs(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _refusal(key, value, "fields and what belongs to them")
    return {str(field): said for field, said in value.items()}


def _text(content: dict[object, object], key: str) -> str | None:
    value = content.get(key)
    _expect(value is None or isinstance(value, str), key, value, "a text in quotes")
    return value if isinstance(value, str) else None


def _whole(value: object, key: str) -> int | None:
    is_whole = value is None or (isinstance(value, int) and not isinstance(value, bool))
    _expect(is_whole, key, value, "a whole number")
    return value if isinstance(value, int) else None


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise _refusal("skip_rows", value, "a list of row numbers")
    return tuple(number for item in value if (number := _whole(item, "skip_rows")) is not None)


def _is_place(place: str | int) -> bool:
    return bool(place) if isinstance(place, str) else place >= 1 and not isinstance(place, bool)


def _is_encoding(name: str) -> bool:
    try:
        "ä".encode(name)
        return codecs.lookup(name).name != "undefined"
    except (LookupError, UnicodeError):
        return False


def _expect(is_right: bool, key: str, said: object, possible: object) -> None:
    if not is_right:
        raise _refusal(key, said, possible)


def _refusal(key: str, said: object, possible: object) -> MappingError:
    return MappingError(f"{key}: cannot follow {said!r}; what may stand here: {possible}")
