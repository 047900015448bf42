"""The rows of a reading, from its DuckDB table to what the use cases take."""

import hashlib
from collections.abc import Iterator
from typing import Any

import duckdb

from katsaus.core.accounts import Account
from katsaus.core.figures import Scenario
from katsaus.core.names import Names
from katsaus.core.organization import Level, OrgUnit
from katsaus.ledger.importers import Kind
from katsaus.web.organization.use_cases import UnitRow
from katsaus.web.planning.use_cases import DecisionKey, PlanRow

SCENARIOS = {
    Kind.BUDGET: Scenario.BUDGET,
    Kind.AMENDMENTS: Scenario.AMENDMENT,
    Kind.FORECASTS: Scenario.FORECAST,
}


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[dict[str, Any]]:
    found = connection.execute(f'SELECT * FROM "{table}" ORDER BY source_row')  # noqa: S608 - our name
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(names, row, strict=True))


def content_hash(connection: duckdb.DuckDBPyConnection, table: str, period: str) -> str:
    """Return the SHA-256 of a reading's rows, whatever the form of the file; see `keep`."""
    return hashlib.sha256(repr((period, list(_rows(connection, table)))).encode()).hexdigest()


def _names(row: dict[str, Any]) -> Names:
    return Names(row["name_fi"], row["name_sv"] or "", row["name_en"] or "")


def units(connection: duckdb.DuckDBPyConnection, table: str) -> list[UnitRow]:
    """Return the units of an organisation file."""
    return [
        UnitRow(
            OrgUnit(
                code=row["code"],
                names=_names(row),
                level=Level(row["level"]),
                parent=row["parent"],
                short_name=row["short_name"] or "",
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                responsible=row["responsible"] or "",
                governing_body=row["governing_body"] or "",
            ),
            tuple(each.strip() for each in (row["successor"] or "").split(",") if each.strip()),
            row["hierarchy"] or "",
            row["hierarchy_from"],
        )
        for row in _rows(connection, table)
    ]


def accounts(connection: duckdb.DuckDBPyConnection, table: str) -> list[Account]:
    """Return the accounts of an account file."""
    return [
        Account(row["number"], _names(row), row["official"] or "")
        for row in _rows(connection, table)
    ]


def plan_rows(connection: duckdb.DuckDBPyConnection, table: str, kind: Kind) -> list[PlanRow]:
    """Return the figures of a budget, amendment or forecast file."""
    return [
        PlanRow(
            unit=row["unit"],
            account=row["account"],
            year=row["year"],
            month=row["month"],
            cents=row["cents"],
            is_internal=row["is_internal"],
            text=(row["reason"] if kind is Kind.FORECASTS else row["text"]) or "",
            source_row=row["source_row"],
            decision=_decision(row) if kind is Kind.AMENDMENTS else None,
            given_on=row["given_on"] if kind is Kind.FORECASTS else None,
            given_by=(row["given_by"] or "") if kind is Kind.FORECASTS else "",
        )
        for row in _rows(connection, table)
    ]


def _decision(row: dict[str, Any]) -> DecisionKey:
    return DecisionKey(row["decision_body"] or "", row["decided_on"], row["decision_section"] or "")
