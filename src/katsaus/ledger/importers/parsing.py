"""The SQL that turns text columns into typed ones, and keeps the text of what it cannot read."""

from collections import abc
from dataclasses import dataclass
from pathlib import Path

from katsaus.ledger.importers.amounts import cents_sql, quoted
from katsaus.ledger.importers.dates import date_sql
from katsaus.ledger.importers.formats import Formats
from katsaus.ledger.importers.headers import Layout
from katsaus.ledger.importers.kinds import (
    Field,
    FieldType,
    Kind,
    boolean_words,
    columns_of,
    level_words,
)
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.sources import MAX_LINE

_EXPORTED = (Kind.ORGANIZATION, Kind.ACCOUNTS)
_SQL_TYPES = {
    FieldType.TEXT: "VARCHAR",
    FieldType.LEVEL: "VARCHAR",
    FieldType.DATE: "DATE",
    FieldType.YEAR: "INTEGER",
    FieldType.MONTH: "INTEGER",
    FieldType.AMOUNT: "BIGINT",
}


def rows_sql(path: Path, layout: Layout, options: str = "") -> str:
    """Return SQL for a file's rows under its header, every column c0, c1, … as text."""
    names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(layout.width))
    return (
        f"read_csv({quoted(str(path))}, columns = {{{names}}}, auto_detect = false,"
        f" header = false, skip = {layout.skip}, delim = {quoted(layout.delimiter)}, quote = '\"',"
        f" escape = '\"', null_padding = true, strict_mode = true,"
        f" max_line_size = {MAX_LINE}{options})"
    )


@dataclass(frozen=True, slots=True)
class Parse:
    """The parts of the one SELECT: raw texts, typed values, and what is kept of both."""

    kind: Kind
    layout: Layout
    formats: Formats
    mapping: Mapping
    rows: abc.Mapping[str, str]

    def sql(self, relation: str) -> str:
        """Return the SELECT over `relation`.

        Beside the fields of the kind it has `source_row` (empty for now), `is_kept`, and for each
        field that may be unreadable `bad_<field>`: its text where it was not understood.
        """
        typed = f"SELECT *, {', '.join(self._typed())} FROM (SELECT {self._raw()} FROM {relation})"
        return f"SELECT {', '.join(self._kept())} FROM ({typed})"

    def bad_columns(self) -> abc.Mapping[str, str]:
        """Return the `bad_` columns by field, and "both" for rows that name account and row."""
        bad = {
            column.field.name: f"CASE WHEN read_{column.field.name} IS NULL"
            f" THEN raw_{column.field.name} END"
            for column in self.layout.columns
            if column.field.type is not FieldType.TEXT or column.field.name == "row"
        }
        if self._has("row") and self._has("account"):
            both = "raw_row IS NOT NULL AND raw_account IS NOT NULL"
            bad["both"] = f"CASE WHEN {both} THEN raw_account || ', ' || raw_row END"
        return bad

    def _has(self, name: str) -> bool:
        return self.layout.column(name) is not None

    def _raw(self) -> str:
        return ", ".join(
            f"nullif(trim(c{column.index}), '') AS raw_{column.field.name}"
            for column in self.layout.columns
        )

    def _typed(self) -> list[str]:
        return [
            f"{self._read(column.field)} AS read_{column.field.name}"
            for column in self.layout.columns
        ]

    def _read(self, field: Field) -> str:
        raw = f"raw_{field.name}"
        if field.name == "row":
            return f"{_map(self.rows)}[lower({raw})]"
        match field.type:
            case FieldType.AMOUNT:
                return cents_sql(raw, self.formats.numbers)
            case FieldType.DATE:
                only = self.mapping.date_format is not None
                return date_sql(raw, self.formats.date_format, only=only)
            case FieldType.YEAR:
                return f"COALESCE({_year(raw)}, year({date_sql(raw, None)}))"
            case FieldType.MONTH:
                number = f"TRY_CAST({raw} AS INTEGER)"
                first = 1 if self.kind is Kind.POSTINGS else 0  # the month 0 is a whole year
                is_month = (
                    f"regexp_full_match({raw}, '[0-9]{{1,2}}') AND {number} BETWEEN {first} AND 12"
                )
                return f"CASE WHEN {is_month} THEN {number} END"
            case FieldType.BOOLEAN:
                return _boolean(raw)
            case FieldType.LEVEL:
                return f"{_map(level_words())}[lower({raw})]"
            case FieldType.TEXT:
                return _unquoted(raw) if self.kind in _EXPORTED else raw

    def _kept(self) -> list[str]:
        fields = [
            f"{self._value(field)} AS {'cents' if field.name == 'amount' else field.name}"
            for field in columns_of(self.kind)
        ]
        beside = [name for name in ("total", *self.layout.months) if self._has(name)]
        fields += [f"{self._signed(name)} AS {name}" for name in beside]
        bad = [f"{sql} AS bad_{name}" for name, sql in self.bad_columns().items()]
        return [*fields, "NULL::INTEGER AS source_row", *bad, f"({self._is_kept()}) AS is_kept"]

    def _value(self, field: Field) -> str:
        if field.name == "amount":
            return self._cents()
        if field.name == "date" and not self._has("date") and self._has("month"):
            is_read = "read_year IS NOT NULL AND read_month IS NOT NULL"
            return f"CASE WHEN {is_read} THEN make_date(read_year, read_month, 1) END"
        if field.name == "account" and self._has("row"):
            account = "raw_account" if self._has("account") else "NULL"
            return f"COALESCE({account}, 'row:' || read_row)"
        if field.type is FieldType.BOOLEAN:
            return f"COALESCE(read_{field.name}, false)" if self._has(field.name) else "false"
        if field.type is FieldType.MONTH:
            return f"COALESCE(read_{field.name}, 0)" if self._has(field.name) else "0::INTEGER"
        if self._has(field.name):
            return f"read_{field.name}"
        if field.name == "year" and self.layout.year:
            return f"{self.layout.year}::INTEGER"
        return f"NULL::{_SQL_TYPES[field.type]}"

    def _cents(self) -> str:
        if self._has("amount"):
            return self._signed("amount")
        if months := self.layout.months:
            return self._sum({month: self._signed(month) for month in months})
        return self._sum({"credit": "read_credit", "debit": "-read_debit"})

    def _sum(self, terms: abc.Mapping[str, str]) -> str:
        """Return the sum of fields of which one is given at least, and none is unreadable."""
        is_read = " AND ".join(f"(raw_{f} IS NULL OR read_{f} IS NOT NULL)" for f in terms)
        is_given = " OR ".join(f"raw_{field} IS NOT NULL" for field in terms)
        cents = " + ".join(f"COALESCE({term}, 0)::HUGEINT" for term in terms.values())
        return f"CASE WHEN {is_read} AND ({is_given}) THEN TRY_CAST({cents} AS BIGINT) END"

    def _signed(self, name: str) -> str:
        return f"-read_{name}" if self.mapping.sign == "expense_positive" else f"read_{name}"

    def _is_kept(self) -> str:
        texts = ", ".join(f"raw_{column.field.name}" for column in self.layout.columns)
        kept = f"COALESCE({texts}) IS NOT NULL"
        for name, skipped in self.mapping.skip_when.items():
            for said in skipped if self._has(name) else ():
                kept += f" AND lower(raw_{name}) IS DISTINCT FROM lower({quoted(said.strip())})"
        return kept


def _unquoted(raw: str) -> str:
    """Take away the apostrophe that our exports put before what looks like a formula."""
    return f"regexp_replace({raw}, '^''(''*[=+@-])', '\\1')"


def _year(raw: str) -> str:
    is_year = f"regexp_full_match({raw}, '(?:19|20|21)[0-9]{{2}}')"
    return f"CASE WHEN {is_year} THEN CAST({raw} AS INTEGER) END"


def _boolean(raw: str) -> str:
    # No IN over a list: it becomes a join, and joins do not keep the order of the file. The words
    # as they stand are four times quicker than their lower case.
    yes, no = boolean_words()
    meant = [(word, "false") for word in no] + [(word, "true") for word in yes]
    cases = " ".join(f"WHEN {quoted(word)} THEN {meaning}" for word, meaning in meant)
    return f"CASE {raw} {cases} ELSE CASE lower({raw}) {cases} END END"


def _map(words: abc.Mapping[str, str]) -> str:
    if not words:
        return "MAP {'': ''}"
    pairs = ", ".join(f"{quoted(word)}: {quoted(meaning)}" for word, meaning in words.items())
    return f"MAP {{{pairs}}}"
