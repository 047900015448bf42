"""Run as a program of its own: writes one sheet as CSV, under limits of memory and time.

It imports nothing of Katsaus, so that it starts at once; a workbook that makes the reader abort
takes this process down and no other.
"""

import csv
import resource
import sys
from collections import abc
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal

from python_calamine import load_workbook

CENT = Decimal("0.01")
# What binary arithmetic leaves behind the cents: 0.1 + 0.2 is 0.30000000000000004.
NOISE = Decimal("0.000001")
# Amounts in thousands of euros have five decimals to the cent.
CENT_OF_THOUSAND = Decimal("0.00001")


def convert(source: str, target: str, sheet: str, decimal: str, *, keeps_lines: bool) -> None:
    """Write all rows from the first on, so that a line of the copy is a row of the sheet.

    With `keeps_lines` a text of several lines keeps them, and a row may then be several lines.
    """
    rows = load_workbook(source).get_sheet_by_name(sheet)
    left = [""] * (rows.start[1] if rows.start else 0)
    with open(target, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 (starts faster)
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        for cells in rows.iter_rows():
            writer.writerow(left + [_text(cell, decimal, keeps_lines) for cell in cells])


def _text(cell: object, decimal: str, keeps_lines: bool) -> str:
    if isinstance(cell, str) and keeps_lines:
        return cell.replace("\0", "")
    if isinstance(cell, str):
        return cell if cell.isprintable() else " ".join(cell.replace("\0", "").splitlines())
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return (_quick(cell) or number_text(Decimal(repr(cell)))).replace(".", decimal)
    if isinstance(cell, datetime):
        is_day = cell.time() == time(0)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _quick(number: float) -> str | None:
    """Return a number in whole euros or cents as text, as most cells are; None for others."""
    if abs(number) >= 10**12 or round(number, 2) != number:
        return None
    return str(int(number)) if number == int(number) else f"{number:.2f}"


def number_text(number: Decimal) -> str:
    """Return a cell's number as text: whole, in cents, or with all the decimals that it has."""
    rounded = number.quantize(CENT, ROUND_HALF_EVEN) if abs(number) < 10**15 else number
    if abs(number - rounded) > NOISE:
        # Four decimals at least: three could be taken for thousands.
        text = format(_without_noise(number), "f")
        return text + "0" * (4 - len(text.partition(".")[2]))
    whole = rounded.to_integral_value()
    return format(whole if rounded == whole else rounded, "f")


def _without_noise(number: Decimal) -> Decimal:
    rounded = number.quantize(CENT_OF_THOUSAND) if abs(number) < 10**12 else number
    return rounded.normalize() if abs(number - rounded) < NOISE / 1000 else number


def main(arguments: abc.Sequence[str]) -> None:
    """Take: source, target, sheet, decimal mark, bytes of memory, seconds of computing, lines."""
    source, target, sheet, decimal, memory, seconds, lines = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    convert(source, target, sheet, decimal, keeps_lines=lines == "keep")


if __name__ == "__main__":
    main(sys.argv[1:])
