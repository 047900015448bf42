"""The chart of twelve months."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from katsaus.core.formats import MINUS, DisplayUnit, NumberFormat
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.rendering.months import HEIGHT, chart

FINNISH = NumberFormat.of("fi")
HEADS = tuple(TableColumn(name, name, "amount") for name in ("budget", "actual", "prior"))


def table(*months: tuple[int | None, int | None, int | None]) -> ReportTable:
    rows = tuple(
        TableRow(
            f"month-{number}",
            str(number),
            "1",
            tuple(Cell(None if each is None else Decimal(each), "") for each in month),
        )
        for number, month in enumerate(months, 1)
    )
    return ReportTable("m", 'A "row" <b>', DisplayUnit.EUR, HEADS, (RowGroup("", rows),))


def parts(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{svg}</svg>")


def test_each_figure_that_is_there_is_drawn_once() -> None:
    drawn = chart(table((100, 90, 80), (100, None, 70), (None, None, 0)), FINNISH)
    assert drawn.count('class="plan"') == 2
    assert drawn.count('class="actual"') == 1
    assert drawn.count('class="prior"') == 2


def test_a_table_of_nothing_has_no_chart() -> None:
    assert chart(table((None, None, None)), FINNISH) == ""
    assert chart(table((0, None, 0)), FINNISH) == ""


@pytest.mark.parametrize("sign", [1, -1])
def test_the_greater_amount_is_the_taller_bar_whether_revenue_or_expense(sign: int) -> None:
    drawn = chart(table((None, sign * 300, sign * 100)), FINNISH)
    heights = dict(re.findall(r'<rect class="(\w+)"[^>]* height="([\d.]+)"', drawn))
    assert float(heights["actual"]) == pytest.approx(3 * float(heights["prior"]), rel=0.02)


def test_expenses_grow_upwards_with_their_sign_on_the_axis() -> None:
    drawn = chart(table((-2_000_000, -1_900_000, None)), FINNISH)
    axis = re.findall(r'y="([\d.]+)" text-anchor="end">([^<]+)<', drawn)
    top = min(axis, key=lambda each: float(each[0]))
    assert top[1].startswith(MINUS)


def test_everything_is_inside_the_picture() -> None:
    drawn = chart(table((-5, 7, 3), (12, -4, 0)), FINNISH)
    places = [float(y) for y in re.findall(r' y\d?="([\d.]+)"', drawn)]
    assert all(0 <= y <= HEIGHT for y in places)


def test_the_picture_has_no_styles_and_escapes_its_name() -> None:
    drawn = chart(table((1, 2, 3)), FINNISH)
    assert "style=" not in drawn
    [_axis, plot] = parts(drawn)
    assert plot.get("aria-label") == 'A "row" <b>'
