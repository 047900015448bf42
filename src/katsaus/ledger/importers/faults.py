"""The faults of the rows, found by query over the table that was read."""

from dataclasses import dataclass

import duckdb

from katsaus.ledger.importers.amounts import is_too_precise, quoted
from katsaus.ledger.importers.formats import Formats
from katsaus.ledger.importers.kinds import MONTHS, FieldType, Kind, fields_of
from katsaus.ledger.importers.totals import WITH_AMOUNTS
from katsaus.ledger.importers.values import Known
from katsaus.ledger.problems import Problem, ProblemCode

LISTED = 1000
# How many characters are kept of what goes to the database; postings do not.
LONGEST = {
    "code": 40,
    "name_fi": 200,
    "name_sv": 200,
    "name_en": 200,
    "short_name": 40,
    "responsible": 300,
    "number": 20,
    "text": 1000,
    "reason": 1000,
    "given_by": 200,
    "decision_body": 200,
    "decision_section": 40,
}
_BAD = {
    FieldType.AMOUNT: ProblemCode.BAD_AMOUNT,
    FieldType.DATE: ProblemCode.BAD_DATE,
    FieldType.YEAR: ProblemCode.BAD_YEAR,
    FieldType.MONTH: ProblemCode.BAD_MONTH,
    FieldType.BOOLEAN: ProblemCode.BAD_BOOLEAN,
    FieldType.LEVEL: ProblemCode.BAD_LEVEL,
}
# A value that may be put together of others is not missing where one of these is bad.
_SOURCES = {"amount": ("amount", "debit", "credit"), "date": ("date", "year", "month")}


@dataclass(frozen=True, slots=True)
class _Check:
    code: ProblemCode
    field: str
    condition: str
    value: str = "NULL"


@dataclass(frozen=True, slots=True)
class FaultSearch:
    """A table that was read from one file, and what its rows may name."""

    connection: duckdb.DuckDBPyConnection
    table: str
    kind: Kind
    name: str
    known: Known
    formats: Formats
    bad_columns: tuple[str, ...]

    def row_faults(self) -> list[Problem]:
        """Return what is wrong in single rows, in the file's order, at most `LISTED` of a kind."""
        checks = self._checks()
        counts = ", ".join(f"count(*) FILTER ({check.condition})" for check in checks)
        [found] = self.connection.execute(f"SELECT {counts} FROM {self.table}").fetchall()
        problems = [
            problem
            for check, count in zip(checks, found, strict=True)
            if count
            for problem in self._listed(check, count)
        ]
        return sorted(problems, key=lambda problem: problem.row or 0)

    def _checks(self) -> list[_Check]:
        checks = []
        columns = set(self.bad_columns)
        for field in fields_of(self.kind):
            if field.name in columns and field.name != "row":
                bad = f"bad_{field.name}"
                checks.append(_Check(_BAD[field.type], field.name, f"{bad} IS NOT NULL", bad))
        checks += self._missing() + self._account_or_row() + self._years()
        return checks + self._lengths()

    def _missing(self) -> list[_Check]:
        checks = []
        for field in fields_of(self.kind):
            are_months = field.name == "amount" and MONTHS.keys() & set(self.bad_columns)
            if not field.is_required or are_months:  # a month without a figure is not missing
                continue
            value = "cents" if field.name == "amount" else field.name
            sources = _SOURCES.get(field.name, (field.name,))
            read = [f"bad_{name} IS NULL" for name in sources if name in self.bad_columns]
            condition = " AND ".join([f"{value} IS NULL", *read])
            checks.append(_Check(ProblemCode.MISSING_VALUE, field.name, condition))
        return checks

    def _account_or_row(self) -> list[_Check]:
        if all(field.name != "row" for field in fields_of(self.kind)):
            return []
        unread = " AND bad_row IS NULL" if "row" in self.bad_columns else ""
        neither = f"account IS NULL{unread}"
        checks = [_Check(ProblemCode.ACCOUNT_OR_ROW_MISSING, "account", neither)]
        if "both" in self.bad_columns:
            both = "bad_both IS NOT NULL"
            checks.append(_Check(ProblemCode.ACCOUNT_AND_ROW, "row", both, "bad_both"))
        return checks

    def _years(self) -> list[_Check]:
        if self.kind is not Kind.ORGANIZATION:
            return []
        value = "valid_from || '-' || valid_to"
        return [_Check(ProblemCode.YEARS_REVERSED, "valid_to", "valid_to < valid_from", value)]

    def _lengths(self) -> list[_Check]:
        if self.kind is Kind.POSTINGS:
            return []
        names = [field.name for field in fields_of(self.kind) if field.name in LONGEST]
        return [
            _Check(
                ProblemCode.TEXT_TOO_LONG,
                name,
                f"length({name}) > {LONGEST[name]}",
                f"length({name}) || ' > {LONGEST[name]}'",
            )
            for name in names
        ]

    def _listed(self, check: _Check, count: int) -> list[Problem]:
        rows = self.connection.execute(
            f"SELECT source_row, left({check.value}, 200) FROM {self.table}"
            f" WHERE {check.condition} ORDER BY source_row LIMIT {LISTED}"
        ).fetchall()
        problems = [
            Problem(self._refined(check, value), self.name, row, check.field, value)
            for row, value in rows
        ]
        if count > LISTED:
            code = ProblemCode.MORE_PROBLEMS
            problems.append(
                Problem(code, self.name, field=check.field, value=check.code, count=count - LISTED)
            )
        return problems

    def _refined(self, check: _Check, value: str | None) -> ProblemCode:
        is_amount = check.code is ProblemCode.BAD_AMOUNT and value is not None
        if is_amount and is_too_precise(value or "", self.formats.numbers):
            return ProblemCode.TOO_PRECISE_AMOUNT
        return check.code

    def unknown_names(self) -> list[Problem]:
        """Return each unit, account and row that nobody knows, once, with the sum of its rows."""
        if self.kind not in WITH_AMOUNTS:
            return []
        accounts = (
            "account"
            if self.kind is Kind.POSTINGS
            else ("CASE WHEN account NOT LIKE 'row:%' THEN account END")
        )
        problems = self._unknown(ProblemCode.UNKNOWN_UNIT, "unit", "unit", self.known.units)
        problems += self._unknown(
            ProblemCode.UNKNOWN_ACCOUNT, "account", accounts, self.known.accounts
        )
        if "row" in self.bad_columns:
            problems += self._unknown(ProblemCode.UNKNOWN_ROW, "row", "bad_row", frozenset())
        return problems

    def _unknown(
        self, code: ProblemCode, field: str, value: str, known: frozenset[str]
    ) -> list[Problem]:
        groups = (
            f"SELECT {value} AS name, count(*) AS rows, sum(cents) AS cents, min(source_row) AS row"
            f" FROM {self.table} GROUP BY 1"
        )
        rows = self.connection.execute(
            "SELECT row, left(name, 200), rows, cents, count(*) OVER ()"
            f" FROM ({groups}) WHERE name IS NOT NULL AND name NOT IN (SELECT unnest($known))"
            f" ORDER BY row LIMIT {LISTED}",
            {"known": sorted(known)},
        ).fetchall()
        problems = [
            Problem(code, self.name, row, field, name, count=count, cents=cents)
            for row, name, count, cents, _ in rows
        ]
        if rows and rows[0][4] > LISTED:
            more = rows[0][4] - LISTED
            code_of_more = ProblemCode.MORE_PROBLEMS
            problems.append(Problem(code_of_more, self.name, field=field, value=code, count=more))
        return problems

    def outside_period(self) -> list[Problem]:
        """Return the postings outside the days that are open, as one problem."""
        first, last = self.known.first_on, self.known.last_on
        if self.kind is not Kind.POSTINGS or (first is None and last is None):
            return []
        bounds = []
        if first is not None:
            bounds.append(f"date < DATE {quoted(first.isoformat())}")
        if last is not None:
            bounds.append(f"date > DATE {quoted(last.isoformat())}")
        [found] = self.connection.execute(
            "SELECT count(*), sum(cents), min(source_row), min(date)::VARCHAR, max(date)::VARCHAR"
            f" FROM {self.table} WHERE {' OR '.join(bounds)}"
        ).fetchall()
        count, cents, first_row, earliest, latest = found
        if not count:
            return []
        return [
            Problem(
                ProblemCode.OUTSIDE_PERIOD,
                self.name,
                first_row,
                "date",
                earliest if earliest == latest else f"{earliest}/{latest}",
                count=count,
                cents=cents,
                possible=tuple(day.isoformat() if day else "" for day in (first, last)),
            )
        ]
