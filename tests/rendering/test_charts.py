"""Charts are drawn from their table: same order, same texts, and no colour alone."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from katsaus.core.tables import Cell, ReportTable, RowGroup
from katsaus.rendering.charts import deviation_bars, signed, tone
from rendering.sample_report import CHART_DESCRIPTION, deviation_chart

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_labels_and_figures_are_the_tables_in_its_order() -> None:
    assert texts(deviation_bars(deviation_chart())) == [
        "Keskusvirasto",
        "Elinvoimatoimiala",
        "Hyvinvointitoimiala",
        "Ympäristötoimiala",
        "Yhteensä",
        "▲ 356",
        "▼ −499",
        "▼ −1\u00a0240",
        "▼ −170",
        "▼ −1\u00a0553",
    ]


def test_what_is_shown_as_zero_is_neither_better_nor_worse() -> None:
    row = next(deviation_chart().rows)
    small = replace(row, cells=(Cell(Decimal(-1), "0"),))
    assert (signed(small), tone(small)) == ("0", "even")


def test_a_chart_is_one_image_with_a_name() -> None:
    root = ElementTree.fromstring(deviation_bars(deviation_chart()))
    assert root.get("role") == "img"
    assert root.get("aria-label") == CHART_DESCRIPTION


def test_a_hostile_name_stays_text() -> None:
    table = replace(deviation_chart(), chart_description='"><script>&')
    assert ElementTree.fromstring(deviation_bars(table)).get("aria-label") == '"><script>&'


def test_colours_are_left_to_the_page() -> None:
    svg = deviation_bars(deviation_chart())
    assert svg.count("chart-better") == 2
    assert svg.count("chart-worse") == 8
    assert "#16212b" not in svg
    assert "style=" not in svg


def test_everything_is_within_the_picture_on_a_phone_too() -> None:
    for width in (640, 300):
        svg = deviation_bars(deviation_chart(), width)
        size = ElementTree.fromstring(svg).get("viewBox") or ""
        assert float(size.split()[2]) <= width + 1
        bars = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v', svg)
        assert bars
        assert all(float(left) + float(wide) <= width for left, wide in bars)


def test_bars_are_as_long_as_their_figures() -> None:
    found = re.findall(
        r'd="M[\d.]+,[\d.]+h([\d.]+)v[^"]*" class', deviation_bars(deviation_chart())
    )
    lengths = [float(length) for length in found]
    assert lengths[2] / lengths[1] == pytest.approx(1239959 / 498626)


def test_what_is_missing_has_a_dash_and_no_bar() -> None:
    table = deviation_chart()
    rows = [replace(row, cells=(Cell(None, "–"),)) for row in table.rows]
    empty: ReportTable = replace(table, groups=(RowGroup("", tuple(rows)),))
    assert texts(deviation_bars(empty))[5:] == ["–"] * 5
    assert "chart-" not in deviation_bars(empty)
