"""The tables of a strategy as JSON, as a workbook, and as CSV files."""

import io
import json
import zipfile
from collections.abc import Mapping

from katsaus.core.names import Language
from katsaus.definitions.tables import CellKind, Table, strategy_table, strategy_tables
from katsaus.rendering.text_tables import PlainTable, table_csv, workbook
from katsaus.web.planning.exchange.cells import texts
from katsaus.web.planning.exchange.reading import NESTED, numbers
from katsaus.web.planning.exchange.records import Record, Tables

Json = str | int | bool | list["Json"] | dict[str, "Json"]


def _plain(table: Table, records: list[Record]) -> PlainTable:
    headers = tuple(column.name for column in table.columns)
    rows = [tuple(record[name] for name in headers) for record in records]
    return PlainTable(table.name, headers, rows, numbers(table))


def as_csv(tables: Tables) -> Mapping[str, bytes]:
    """Return a file for each table that has rows, by its name."""
    return {
        f"{table.name}.csv": table_csv(_plain(table, tables[table.name]))
        for table in strategy_tables()
        if tables.get(table.name)
    }


def as_zip(tables: Tables) -> bytes:
    """Return the CSV files in one ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in as_csv(tables).items():
            archive.writestr(name, file)
    return content.getvalue()


def as_xlsx(tables: Tables) -> bytes:
    """Return a workbook with a sheet for each table, those without rows included."""
    return workbook([_plain(table, tables.get(table.name, [])) for table in strategy_tables()])


def as_json(tables: Tables, language: Language) -> bytes:
    """Return the contract's JSON: goals in their themes, actions and indicators in their goals.

    `name` is the name in `language`, or the Finnish one; reading it back leaves it aside where
    `name_fi` stands beside it. The other tables are lists of their own.
    """
    tables = {**tables, "indicator_links": _with_names(tables, language)}
    document: dict[str, Json] = {"strategies": _rows(tables, "strategies", language)}
    document["themes"] = _rows(tables, "themes", language)
    if outside := _rows(tables, "goals", language, theme=""):
        document["goals"] = outside
    nested = ("strategies", "themes", "goals", "actions")
    for table in strategy_tables():
        if table.name not in nested:
            rows = [
                _row(table, record, language)
                for record in tables.get(table.name, [])
                if record.get("to") != "goal"
            ]
            if rows or table.name == "programmes":
                document[table.name] = list(rows)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _with_names(tables: Tables, language: Language) -> list[Record]:
    """Return the places of indicators with the name that each has there."""
    names = {each["code"]: _name(each, language) for each in tables.get("indicators", [])}
    return [
        {**link, "name": link["label"] or names.get(link["indicator"], "")}
        for link in tables.get("indicator_links", [])
    ]


def _name(record: Record, language: Language) -> str:
    return record.get(f"name_{language}") or record["name_fi"]


def _rows(tables: Tables, name: str, language: Language, **around: str) -> list[Json]:
    """Return a table's records as JSON, those inside each in it, without what `around` says."""
    table = strategy_table(name)
    found: list[Json] = []
    for record in tables.get(name, []):
        if any(record[column] != value for column, value in around.items()):
            continue
        row = _row(table, record, language, *around)
        for key, inner, column in NESTED.get(name, ()):
            beside = {"to": "goal"} if inner == "indicator_links" else {}
            row[key] = _rows(tables, inner, language, **{column: record["code"], **beside})
        found.append(row)
    return found


def _row(table: Table, record: Record, language: Language, *without: str) -> dict[str, Json]:
    row: dict[str, Json] = {}
    for column in table.columns:
        text = record[column.name]
        if column.name not in without and text:
            row[column.name] = _value(column.kind, text)
    if "name_fi" in record:
        row = {"name": _name(record, language), **row}
    elif "name" in record:
        row = {"name": record["name"], **row}
    return row


def _value(kind: CellKind, text: str) -> Json:
    if kind is CellKind.YES_NO:
        return text == "yes"
    if kind in (CellKind.WHOLE, CellKind.YEAR):
        return int(text)
    if kind in (CellKind.TEXTS, CellKind.REFERENCES):
        return list(texts(text))
    return text
