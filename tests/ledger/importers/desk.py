"""A desk with a DuckDB connection and a folder, at which tests write files and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import xlsxwriter

from katsaus.ledger.importers import Kind, Known, Mapping, Reading, read
from katsaus.ledger.problems import Problem, ProblemCode

HEADER = "Yksikkö;Tili;Tositepäivä;Summa;Sisäinen;Tosite;Selite\n"
KNOWN = Known(
    units=frozenset({"6400", "6410"}),
    accounts=frozenset({"3000", "4000"}),
    rows={"Toimintakulut": "operating_expenses", "Toimintatuotot": "operating_revenue"},
)
Cell = str | float | date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads what a test hands to it."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def text(
        self,
        text: str | bytes,
        kind: Kind = Kind.POSTINGS,
        mapping: Mapping | None = None,
        *,
        encoding: str = "utf-8",
        known: Known = KNOWN,
    ) -> Reading:
        """Read a CSV file with this content."""
        path = self.folder / "file.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read(self.connection, path, kind, known=known, mapping=mapping)

    def amounts(self, *amounts: str, mapping: Mapping | None = None) -> Reading:
        """Read postings with these amounts, each between quotes."""
        quoted = (amount.replace('"', '""') for amount in amounts)
        rows = "".join(f'6400;3000;1.6.2023;"{amount}"\n' for amount in quoted)
        return self.text("Yksikkö;Tili;Pvm;Summa\n" + rows, mapping=mapping)

    def dates(self, *dates: str, mapping: Mapping | None = None) -> Reading:
        """Read postings of 1 euro on these dates."""
        rows = "".join(f"6400;3000;{day};1,00\n" for day in dates)
        return self.text("Yksikkö;Tili;Pvm;Summa\n" + rows, mapping=mapping)

    def book(self, rows: Sequence[Sequence[Cell]], *, sheets: Sequence[str] = ("Taul1",)) -> Path:
        """Write a workbook with the same rows on every sheet."""
        path = self.folder / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            day_format = book.add_format({"num_format": "d.m.yyyy"})
            for name in sheets:
                sheet = book.add_worksheet(name)
                for place, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if isinstance(cell, date):
                            moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 (a day)
                            sheet.write_datetime(place, column, moment, day_format)
                        elif isinstance(cell, str):
                            sheet.write_string(place, column, cell)
                        elif cell is not None:
                            sheet.write_number(place, column, cell)
        return path

    def workbook(
        self, path: Path, mapping: Mapping | None = None, kind: Kind = Kind.POSTINGS
    ) -> Reading:
        """Read a workbook, of postings unless it is said."""
        return read(self.connection, path, kind, known=KNOWN, mapping=mapping)

    def rows(self, columns: str = "*") -> list[tuple[object, ...]]:
        """Return the table that was read, in the order of the file."""
        query = f"SELECT {columns} FROM incoming ORDER BY source_row"
        return self.connection.execute(query).fetchall()

    def column(self, name: str) -> list[object]:
        """Return one column of the table that was read, in the order of the file."""
        return [row[0] for row in self.rows(name)]


def codes(reading: Reading) -> list[tuple[ProblemCode, int | None]]:
    """Return the codes and rows of the problems."""
    return [(problem.code, problem.row) for problem in reading.problems]


def only(reading: Reading) -> Problem:
    """Return the one problem of a reading."""
    [problem] = reading.problems
    return problem
