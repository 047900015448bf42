"""Reads engine_cases.yaml: facts, a scheme and columns as values, and the tables expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from katsaus.core.accounts import Account
from katsaus.core.columns import Column, Slice
from katsaus.core.figures import Cents, Scenario
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.results import CellError, Statement, Value
from katsaus.core.statements import ROW_ACCOUNT, Scheme
from katsaus.core.tables import ERROR_TEXTS
from katsaus.definitions.load import parse_scheme


@dataclass(frozen=True)
class Fact:
    """An amount of one scenario, unit, account and month; month 0 is the whole year."""

    scenario: Scenario
    unit: str
    account: str
    year: int
    month: int
    cents: Cents

    @classmethod
    def parse(cls, text: str) -> "Fact":
        date, scenario, account, amount, unit = [*text.split(), "all"][:5]
        year, month = map(int, date.split("-"))
        return cls(Scenario(scenario), unit, account, year, month, int(Decimal(amount).scaleb(2)))


@dataclass(frozen=True)
class EngineCase:
    """One case: what goes in, and the tables (unit to row to cells as texts) that come out."""

    name: str
    organization: Organization
    facts: tuple[Fact, ...]
    accounts: frozenset[str]
    scheme: Scheme
    columns: tuple[Column, ...]
    expected: dict[str, dict[str, list[str]]]

    def tables(self, statement: Statement) -> dict[str, dict[str, list[str]]]:
        """Write a computed statement's cells as the expected ones are written."""
        return {
            unit: {
                row: [_cell(statement, unit, row, column) for column in self.columns]
                for row in rows
            }
            for unit, rows in self.expected.items()
        }


def _cell(statement: Statement, unit: str, row: str, column: Column) -> str:
    value: Value = statement.value(unit, row, column.id)
    if value is None:
        return "empty"
    if isinstance(value, CellError):
        return ERROR_TEXTS[value.code]["en"]
    if column.kind == "ratio" or statement.scheme.row(row).ratio:
        return f"{value.scaleb(2):.0f} %"
    return _amount(value)


def _amount(value: Decimal) -> str:
    return f"{value:.2f}".removesuffix(".00")


def _expected(cell: object) -> str:
    return cell if isinstance(cell, str) else _amount(Decimal(str(cell)))


def engine_cases() -> Iterator[EngineCase]:
    text = (Path(__file__).parent / "engine_cases.yaml").read_text("utf-8")
    for case in yaml.safe_load(text):
        facts = tuple(map(Fact.parse, case["facts"]))
        accounts = frozenset(
            fact.account for fact in facts if not fact.account.startswith(ROW_ACCOUNT)
        )
        scheme = scheme_of(case["rows"], accounts)
        yield EngineCase(
            name=case["case"],
            organization=_organization(case.get("units", {"all": None})),
            facts=facts,
            accounts=accounts,
            scheme=scheme.with_accounts(Account(each, Names(each)) for each in sorted(accounts)),
            columns=tuple(_column(*each) for each in case["columns"].items()),
            expected={
                unit: {row: list(map(_expected, cells)) for row, cells in rows.items()}
                for unit, rows in case["expected"].items()
            },
        )


def scheme_of(rows: dict[str, dict[str, Any]], accounts: frozenset[str]) -> Scheme:
    """Read rows given without names as a scheme, through the reader of municipalities' own."""
    listed = [{"id": row, "names": {"fi": row}} | content for row, content in rows.items()]
    whole = {"id": "case", "names": {"fi": "case"}, "rows": listed}
    return parse_scheme(yaml.safe_dump(whole, sort_keys=False), "case.yaml", accounts)


def _organization(parents: dict[str, str | None]) -> Organization:
    return Organization(
        OrgUnit(code, Names(code), Level.UNIT, parent) for code, parent in parents.items()
    )


def _column(column_id: str, text: str) -> Column:
    names = Names(column_id)
    for mark, kind in ((" / ", "ratio"), (" - ", "difference")):
        left, found, right = text.partition(mark)
        if found:
            return Column(column_id, names, kind, (), left, right)  # type: ignore[arg-type]  # one of two literals
    return Column(column_id, names, slices=tuple(map(_slice, text.split(" + "))))


def _slice(text: str) -> Slice:
    scenario, first, _, last = text.split()
    (year, first_month), (_, last_month) = first.split("-"), last.split("-")
    return Slice(Scenario(scenario), int(year), int(first_month), int(last_month))
