"""The chart of an indicator over time."""

import re
from decimal import Decimal
from xml.etree import ElementTree

from katsaus.core.formats import DisplayUnit, NumberFormat
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.rendering.series import HEIGHT, chart

FINNISH = NumberFormat.of("fi")
NAMES = ("baseline", "actual", "target", "budget", "forecast")


def table(**periods: tuple[str | None, ...]) -> ReportTable:
    """Return a table of periods such as p2023_06, each with the numbers of NAMES."""
    rows = tuple(
        TableRow(
            name[1:].replace("_", "-"),
            name,
            "",
            tuple(Cell(None if each is None else Decimal(each), "") for each in numbers),
        )
        for name, numbers in periods.items()
    )
    heads = tuple(TableColumn(name, name, "amount") for name in NAMES)
    return ReportTable("v", 'A "row" <b>', DisplayUnit.EUR, heads, (RowGroup("", rows),))


SERIES = table(
    p2021_12=("10", None, None, None, None),
    p2022_12=(None, "12", None, None, None),
    p2023_06=(None, "15", None, None, None),
    p2023_12=(None, None, "20", "18", "17"),
)


def drawn(source: ReportTable = SERIES, *, is_joined: bool = True) -> str:
    return chart(source, FINNISH, is_joined=is_joined)


def test_values_of_a_moment_are_points_joined_by_a_line() -> None:
    svg = drawn()
    assert svg.count('<circle class="actual"') == 2
    assert svg.count('<line class="actual"') == 2  # from the baseline through both
    assert svg.count('<line class="forecast"') == 1


def test_values_that_accumulate_are_bars_and_not_joined() -> None:
    svg = drawn(is_joined=False)
    assert svg.count('<rect class="actual"') == 2
    assert svg.count('<rect class="forecast"') == 1
    assert '<line class="actual"' not in svg


def test_the_target_is_a_line_over_the_whole_chart_at_its_height() -> None:
    found = re.search(r'<line class="target" x1="0.00%" y1="([\d.]+)" x2="100.00%"', drawn())
    assert found
    actual = re.findall(r'<circle class="actual"[^>]* cy="([\d.]+)"', drawn())
    assert float(found[1]) < float(actual[-1])  # 20 is above 15


def test_a_lone_number_and_only_noughts_have_no_chart() -> None:
    assert drawn(table(p2023_06=(None, "15", None, None, None))) == ""
    assert (
        drawn(table(p2022_12=(None, "0", None, None, None), p2023_12=(None, "0") + 3 * (None,)))
        == ""
    )


def test_small_numbers_have_their_decimals_on_the_axis() -> None:
    svg = drawn(
        table(p2022_12=(None, "0.2", None, None, None), p2023_12=(None, "0.35") + 3 * (None,))
    )
    assert ">0,1<" in svg


def test_everything_is_inside_the_picture_and_it_is_well_formed() -> None:
    for is_joined in (True, False):
        root = ElementTree.fromstring(f"<svg>{drawn(is_joined=is_joined)}</svg>")
        heights = [
            float(value)
            for each in root.iter()
            for key in ("y1", "y2", "cy", "y")
            if (value := each.get(key))
        ]
        assert heights
        assert all(0 <= each <= HEIGHT for each in heights)


def test_many_periods_have_few_labels_and_the_last_is_there() -> None:
    many = {f"p{year}_12": (None, str(year), None, None, None) for year in range(2010, 2024)}
    labels = re.findall(r'text-anchor="middle">([^<]+)<', drawn(table(**many)))
    assert len(labels) <= 5
    assert "p2023_12" in labels
