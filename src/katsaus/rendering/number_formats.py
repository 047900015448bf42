"""Which number format of a spreadsheet shows a value as the report prints it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from katsaus.core.formats import MINUS, DisplayUnit, NumberFormat
from katsaus.core.names import Language
from katsaus.core.tables import Cell, TableColumn


@dataclass(frozen=True, slots=True)
class NumberShape:
    """How a number is shown: as it is, in thousands or in percent, with so many decimals.

    `has_sign` is false for what rounds to zero from below: a spreadsheet would print a sign.
    """

    scale: Literal["plain", "thousands", "percent"]
    decimals: int
    has_sign: bool = True

    def code(self, language: Language) -> str:
        """Return the format code; thousands are parted by the reader's own mark."""
        digits = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        if self.scale == "thousands":
            digits += ","
        if self.scale == "percent":
            space = NumberFormat.of(language).percent.removesuffix("%")
            digits += f'"{space}"%' if space else "%"
        return f'{digits};"{MINUS}"{digits}' if self.has_sign else f"{digits};{digits}"

    def text(self, value: Decimal, language: Language) -> str:
        """Return what a spreadsheet shows for the value, in the language's own marks."""
        numbers = NumberFormat.of(language)
        shift = {"plain": 0, "thousands": -3, "percent": 2}[self.scale]
        digits = numbers.number(abs(value).scaleb(shift), self.decimals)
        sign = MINUS if value < 0 and self.has_sign else ""
        return sign + digits + (numbers.percent if self.scale == "percent" else "")


def shape_of(
    cell: Cell, column: TableColumn, unit: DisplayUnit, language: Language
) -> NumberShape | None:
    """Return the shape that shows a cell's value as its text; None where it is to be a text."""
    if not isinstance(cell.value, Decimal):
        return None
    # A spreadsheet keeps binary fractions; what counts is what it will round.
    kept = Decimal(repr(float(cell.value)))
    for shape in _shapes(column, unit):
        if shape.text(kept, language) == cell.shown:
            return shape
    return None


def _shapes(column: TableColumn, unit: DisplayUnit) -> Iterator[NumberShape]:
    """Yield the shapes to be tried, the column's own first."""
    own: NumberShape
    if column.kind == "ratio":
        own = NumberShape("percent", 0)
    elif column.kind == "amount" and unit is DisplayUnit.THOUSAND_EUR:
        own = NumberShape("thousands", 0)
    else:
        own = NumberShape("plain", 2 if unit is DisplayUnit.CENT else 0)
    yield own
    yield NumberShape(own.scale, own.decimals, has_sign=False)
    for decimals in range(5):
        yield NumberShape("plain", decimals)
        yield NumberShape("percent", decimals)
