"""Statements laid out as tables: what is shown, what is left out, what is exact."""

from decimal import Decimal

import pytest

from katsaus.core.accounts import Selector
from katsaus.core.columns import Column
from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.names import Language, Names
from katsaus.core.organization import Level, OrgUnit
from katsaus.core.results import DIVISION_BY_ZERO, CellKey, Statement, Value
from katsaus.core.statements import Row, Scheme
from katsaus.core.tables import Layout, ReportTable, RowGroup, TableRow, exact

CITY = OrgUnit("1", Names("Kemi"), Level.MUNICIPALITY)


def row(row_id: str, fi: str, en: str = "") -> Row:
    return Row(row_id, Names(fi, en=en), (Selector.parse(row_id),))


SCHEME = Scheme(
    "s",
    Names("s"),
    (
        row("revenue", "Tuotot", "Revenue"),
        row("nothing", "Tyhjä"),
        row("zero", "Nolla"),
        Row("share", Names("Osuus"), ratio=("revenue", "zero")),
        Row("half", Names("Puolet"), ratio=("revenue", "revenue"), level=1),
    ),
)
ACTUAL = Column("actual", Names("Toteuma", en="Actual"))
BUDGET = Column("budget", Names("Talousarvio"))
RATE = Column("rate", Names("Toteuma-%"), "ratio", (), "actual", "budget")
CHANGE = Column("change", Names("Muutos"), "difference", (), "actual", "budget")
COLUMNS = (ACTUAL, BUDGET, RATE, CHANGE)
STATEMENT = Statement(
    SCHEME,
    COLUMNS,
    {
        CellKey("1", "revenue", "actual"): Decimal("1234567.50"),
        CellKey("1", "revenue", "budget"): Decimal("2000000.00"),
        CellKey("1", "zero", "actual"): Decimal("0.00"),
    },
)


def layout(language: Language = "fi", missing: str = DASH) -> Layout:
    return Layout(language, DisplayUnit.EUR, missing)


def rows(**options: str) -> dict[str, list[str]]:
    laid_out = Layout("fi", DisplayUnit.EUR, **options).rows(
        STATEMENT, CITY, [each.id for each in SCHEME.rows], COLUMNS
    )
    return {
        each.id: [cell.shown.replace("\N{NO-BREAK SPACE}", "_") for cell in each.cells]
        for each in laid_out
    }


def test_amounts_rates_and_deviations_are_shown_as_they_are_read() -> None:
    assert rows()["revenue"] == ["1_234_568", "2_000_000", "62_%", "\N{MINUS SIGN}765_433"]


def test_a_row_in_which_nothing_was_ever_booked_is_left_out() -> None:
    assert "nothing" not in rows()
    assert "zero" in rows()


def test_nothing_booked_is_shown_as_the_template_says_and_a_zero_as_a_zero() -> None:
    assert rows()["zero"] == ["0", DASH, DASH, "0"]
    assert rows(missing="0")["zero"] == ["0", "0", DASH, "0"]


def test_a_forecast_that_a_budget_waits_for_is_a_dash_whatever_the_template_says() -> None:
    scheme = Scheme("s", Names("s"), (row("wages", "Palkat"), row("fines", "Sakot")))
    forecast, budget = Column("forecast", Names("Ennuste")), Column("budget", Names("Talousarvio"))
    deviation = Column("deviation", Names("Poikkeama"), "difference", (), "forecast", "budget")
    amounts = {
        CellKey("1", "wages", "budget"): Decimal(-100),
        CellKey("1", "fines", "budget"): Decimal(0),
    }
    statement = Statement(scheme, (budget, forecast, deviation), amounts)
    shown = layout(missing="0").rows(statement, CITY, ("wages", "fines"), statement.columns)
    assert [[cell.shown for cell in each.cells] for each in shown] == [
        ["\N{MINUS SIGN}100", DASH, DASH],
        ["0", "0", "0"],
    ]


def test_a_percent_without_a_base_is_a_dash_whatever_the_template_says() -> None:
    assert rows(missing="0")["zero"][2] == DASH


def test_an_error_is_words_in_its_own_cell() -> None:
    assert rows()["share"] == ["jako nollalla", DASH, DASH, "jako nollalla"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("fi", "jako nollalla"), ("sv", "division med noll"), ("en", "division by zero")],
)
def test_an_error_is_told_in_the_language_of_the_report(language: Language, text: str) -> None:
    assert layout(language).cell(STATEMENT, CellKey("1", "share", "actual")).shown == text


def test_a_row_of_percents_differs_in_percentage_points() -> None:
    assert rows()["half"] == ["100_%", "100_%", DASH, "0_%-yks."]


def test_a_cell_knows_where_its_figure_stands_and_what_it_is_exactly() -> None:
    key = CellKey("1", "revenue", "actual")
    cell = layout().cell(STATEMENT, key)
    assert (cell.key, cell.value) == (key, Decimal("1234567.50"))


def test_labels_follow_the_language() -> None:
    english = layout("en")
    assert english.rows(STATEMENT, CITY, ["revenue"], [ACTUAL])[0].label == "Revenue"
    assert [head.label for head in english.columns(COLUMNS)][:2] == ["Actual", "Talousarvio"]


def test_only_a_rate_is_a_column_of_ratios() -> None:
    kinds = [head.kind for head in layout().columns(COLUMNS)]
    assert kinds == ["amount", "amount", "ratio", "amount"]


def test_a_table_has_the_rows_of_all_its_groups_in_the_order_of_print() -> None:
    groups = tuple(RowGroup(h, (TableRow(h, h, "1", ()),)) for h in ("b", "a"))
    table = ReportTable("t", "T", DisplayUnit.EUR, (), groups)
    assert [each.id for each in table.rows] == ["b", "a"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("37025819.12"), "37025819.12"),
        (Decimal("-0.10"), "-0.10"),
        (Decimal("1E+3"), "1000"),
        (Decimal(1) / Decimal(3), "0.333333"),
        (Decimal(2) / Decimal(3), "0.666667"),
        (Decimal("0") / Decimal("-100"), "0"),
        (Decimal("-0.00000004"), "0.000000"),
        (None, None),
        (DIVISION_BY_ZERO, None),
    ],
)
def test_the_contract_writes_exact_decimals_and_null(value: Value, text: str | None) -> None:
    assert exact(value) == text
