"""A report table as a value: columns, groups of rows, cells with their provenance, notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from katsaus.core.columns import Column
from katsaus.core.formats import DASH, DisplayUnit, NumberFormat
from katsaus.core.names import Language
from katsaus.core.organization import OrgUnit
from katsaus.core.results import CellError, CellKey, Statement, Value
from katsaus.core.statements import Emphasis

# What a cell measures. Percents differ in percentage points.
Measure = Literal["money", "percent", "points"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; `kind` says how its cells read: money, a percent or words.

    `share` is a column of words' part of the width, beside the others' shares; 0: by its texts.
    """

    id: str
    label: str
    kind: Literal["amount", "ratio", "text"]
    share: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the exact value (euros, or a fraction), the text shown, where it comes from.

    In a column of words the value is the number that is told, in the unit of what is measured.
    `mark` is the number of the cell's note among the table's notes, empty where it has none.
    """

    value: Value
    shown: str
    key: CellKey | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its id in the scheme, its label, the unit that it tells of, its cells."""

    id: str
    label: str
    unit: str
    cells: tuple[Cell, ...]
    emphasis: Emphasis = "plain"
    level: int = 0


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under one heading; a table without headings has one group, its heading empty.

    `goal` is the code of the goal that the rows answer, empty where they answer none.
    """

    heading: str
    rows: tuple[TableRow, ...]
    goal: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of a report, the same value in every form that it is drawn in.

    `letter` is the table's mark in print (A, B ...). `chart_description` is the alternative
    text of the bar chart of the table's only column, empty where the table has no chart.
    `notes` are its footnotes, numbered from 1 in this order.
    Where `is_headed_by_first`, the headings of the groups say what the first column does:
    people read it there, programs in every row.
    """

    id: str
    title: str
    display_unit: DisplayUnit
    columns: tuple[TableColumn, ...]
    groups: tuple[RowGroup, ...]
    letter: str = ""
    stub_label: str = ""
    notes: tuple[str, ...] = ()
    chart_description: str = ""
    is_headed_by_first: bool = False

    @property
    def is_of_texts(self) -> bool:
        """Whether all columns may hold words."""
        return all(column.kind == "text" for column in self.columns)

    @property
    def rows(self) -> Iterator[TableRow]:
        """All rows in the order of print."""
        for group in self.groups:
            yield from group.rows


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of one table are shown.

    `missing` is the text of an amount that nothing was booked for ("0" or a dash). A percent
    without a base is always a dash, and so is the forecast that a budget waits for.
    """

    language: Language
    display_unit: DisplayUnit
    missing: str = DASH

    def cell(self, statement: Statement, key: CellKey) -> Cell:
        """Return a cell of a statement as it is shown."""
        value = statement.value(key.unit, key.row, key.column)
        if value is None and _awaits_forecast(statement, key):
            return Cell(None, DASH, key)
        return Cell(value, self._shown(value, _measure(statement, key)), key)

    def _shown(self, value: Value, measure: Measure) -> str:
        numbers = NumberFormat.of(self.language)
        if isinstance(value, CellError):
            return ERROR_TEXTS[value.code][self.language]
        if value is None:
            return self.missing if measure == "money" else DASH
        if measure == "money":
            return numbers.amount(value, self.display_unit)
        if measure == "points":
            return numbers.percentage_points(value)
        return numbers.fraction(value)

    def columns(self, columns: Iterable[Column]) -> tuple[TableColumn, ...]:
        """Return the heads of the table's columns."""
        return tuple(
            TableColumn(
                column.id,
                column.names.text(self.language),
                "ratio" if column.kind == "ratio" else "amount",
            )
            for column in columns
        )

    def rows(
        self, statement: Statement, unit: OrgUnit, row_ids: Iterable[str], columns: Iterable[Column]
    ) -> tuple[TableRow, ...]:
        """Return a unit's rows; one in which nothing was ever booked or planned is left out."""
        column_ids = [column.id for column in columns]
        rows = []
        for row_id in row_ids:
            row = statement.scheme.row(row_id)
            keys = [CellKey(unit.code, row_id, column_id) for column_id in column_ids]
            cells = tuple(self.cell(statement, key) for key in keys)
            if any(cell.value is not None for cell in cells):
                label = row.names.text(self.language)
                rows.append(TableRow(row_id, label, unit.code, cells, row.emphasis, row.level))
        return tuple(rows)


def _awaits_forecast(statement: Statement, key: CellKey) -> bool:
    """Say whether a budget stands beside a cell of a forecast or of its deviation."""
    return any(
        bool(statement.value(key.unit, key.row, column.right))
        for column in statement.columns
        if column.kind == "difference" and key.column in (column.id, column.left)
    )


def _measure(statement: Statement, key: CellKey) -> Measure:
    column = statement.column(key.column)
    if statement.scheme.row(key.row).ratio is None:
        return "percent" if column.kind == "ratio" else "money"
    return "points" if column.kind == "difference" else "percent"


ERROR_TEXTS: dict[str, dict[Language, str]] = {
    "division_by_zero": {
        "fi": "jako nollalla",
        "sv": "division med noll",
        "en": "division by zero",
    },
}


def exact(value: Value) -> str | None:
    """Write a value as the contract does: an exact decimal, None for nothing or an error.

    Ratios are rounded half up to six decimals of a fraction, since they seldom end.
    """
    if value is None or isinstance(value, CellError):
        return None
    if -int(value.as_tuple().exponent) > 6:
        value = value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    # Nothing of a budgeted expense is 0 / -100, which Decimal would write as "-0".
    return format(value or abs(value), "f")
