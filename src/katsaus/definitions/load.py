"""Official lists and statement schemes, read once from the files beside this module."""

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from katsaus.core import checks
from katsaus.core.accounts import Account, Selector, SelectorError
from katsaus.core.names import Language, Names
from katsaus.core.statements import Emphasis, Row, Scheme, SchemeError, parse_sum
from katsaus.definitions.places import Place

_DIRECTORY = Path(__file__).parent
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CONTENTS = ("accounts", "sum", "ratio")
_ROW_KEYS = ("id", "names", *_CONTENTS, "includes", "emphasis", "level")


@dataclass(frozen=True, slots=True)
class OfficialMunicipality:
    """A municipality of the official list; `language` is the first of its languages."""

    number: str
    names: Names
    kind: Literal["city", "municipality"]
    language: Language

    @property
    def name(self) -> str:
        """The name in Finnish, by which the official list knows it."""
        return self.names.fi


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (_DIRECTORY / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def municipalities() -> tuple[OfficialMunicipality, ...]:
    """Return the municipalities of Finland by their official numbers."""
    return tuple(
        OfficialMunicipality(
            number=line["number"],
            names=Names(line["name"], line["name_sv"]),
            kind=cast(Literal["city", "municipality"], line["kind"]),
            language=cast(Language, line["languages"].split()[0]),
        )
        for line in _lines("municipalities.csv")
    )


@cache
def _chart_lines() -> tuple[tuple[range, Account], ...]:
    return tuple(
        (
            range(int(line["first_year"]), int(line["last_year"]) + 1),
            Account(line["number"], Names(line["name"])),
        )
        for line in _lines("accounts.csv")
    )


@cache
def chart_years() -> range:
    """Return the years that there is an official chart of accounts of."""
    years = [years for years, _ in _chart_lines()]
    return range(min(each.start for each in years), max(each.stop for each in years))


@cache
def chart(year: int) -> Mapping[str, Account]:
    """Return the official accounts of a year by number, those of the balance sheet included.

    A year without a chart has that of the nearest year: the newest list is in force until
    the next is taken into use.
    """
    known = chart_years()
    year = min(max(year, known[0]), known[-1])
    accounts = {account.number: account for years, account in _chart_lines() if year in years}
    return MappingProxyType(accounts)


@cache
def _official_numbers() -> frozenset[str]:
    return frozenset(account.number for _, account in _chart_lines())


def scheme(scheme_id: str) -> Scheme:
    """Return the official scheme of an id; raises SchemeError when there is none."""
    try:
        return schemes()[scheme_id]
    except KeyError:
        raise SchemeError(f"unknown scheme {scheme_id!r}") from None


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the official schemes by id."""
    official = (_income_statement(), _read_scheme("operating.yaml"))
    return MappingProxyType({scheme.id: scheme for scheme in official})


@cache
def _income_statement() -> Scheme:
    return _read_scheme("income_statement.yaml")


def _read_scheme(name: str) -> Scheme:
    return parse_scheme((_DIRECTORY / "schemes" / name).read_text("utf-8"), name)


def parse_scheme(text: str, source: str, own_accounts: Collection[str] = ()) -> Scheme:
    """Read a scheme from YAML; `own_accounts` may be selected beside the official ones.

    Raises SchemeError with the source, the row and the fault: nothing in the text is evaluated,
    and what is not known (a key, a row, an account) is refused.
    """
    whole = Place.of(text, source, SchemeError)
    whole.refuse_others("id", "names", "covers", "rows")
    accounts = _official_numbers() | frozenset(own_accounts)
    rows = tuple(_row(place, accounts) for place in whole.places("rows"))
    try:
        scheme = Scheme(whole.text("id"), whole.names("names"), rows)
    except SchemeError as error:
        raise SchemeError(f"{source}: {error}") from None
    _check_coverage(whole, scheme)
    return scheme


def _row(place: Place, accounts: Collection[str]) -> Row:
    row_id = place.text("id")
    place = replace(place, where=f"{place.where} ({row_id})")
    place.refuse_others(*_ROW_KEYS)
    if not _ID.fullmatch(row_id):
        raise place.fault("an id has letters a-z, digits and underscores, a letter first")
    if len([key for key in _CONTENTS if place.entries.get(key)]) != 1:
        raise place.fault("a row has one of the three: accounts, sum, ratio")
    try:
        terms = parse_sum(place.text("sum")) if "sum" in place.entries else ()
    except SchemeError as error:
        raise place.fault(str(error)) from None
    return Row(
        id=row_id,
        names=place.names("names"),
        selectors=tuple(_selectors(place, accounts, "accounts")),
        terms=terms,
        ratio=_ratio(place) if "ratio" in place.entries else None,
        includes=_includes(place),
        emphasis=_emphasis(place),
        level=place.number("level", 0),
    )


def _selectors(place: Place, accounts: Collection[str], key: str) -> Iterator[Selector]:
    for text in place.texts(key):
        try:
            selector = Selector.parse(text)
        except SelectorError as error:
            raise place.fault(str(error)) from None
        if not any(map(selector.holds, accounts)):
            raise place.fault(f"unknown account {text!r}: it selects nothing in the chart")
        yield selector


def _ratio(place: Place) -> tuple[str, str]:
    numerator, slash, denominator = map(str.strip, place.text("ratio").partition("/"))
    if not slash:
        raise place.fault("a ratio is two rows with a slash between them")
    return numerator, denominator


def _includes(place: Place) -> tuple[str, ...]:
    names = place.texts("includes")
    known = {row.id for row in _income_statement().rows} if names else set()
    for name in names:
        if name not in known:
            raise place.fault(f"unknown row {name!r}: it is not in the income statement")
    return names


def _emphasis(place: Place) -> Emphasis:
    emphasis = place.text("emphasis", "plain")
    if emphasis not in get_args(Emphasis):
        raise place.fault(f"emphasis {emphasis!r} is none of {', '.join(get_args(Emphasis))}")
    return cast(Emphasis, emphasis)


def _check_coverage(whole: Place, scheme: Scheme) -> None:
    """Refuse a scheme that loses or doubles an official account of the range it covers."""
    official = sorted(_official_numbers())
    for selector in _selectors(whole, official, "covers"):
        covered = [account for account in official if selector.holds(account)]
        if lost := checks.accounts_off_scheme(scheme, covered):
            raise whole.fault(f"accounts on no row: {', '.join(lost)}")
        if doubled := checks.accounts_twice(scheme, covered):
            raise whole.fault(f"accounts on two rows: {', '.join(doubled)}")
