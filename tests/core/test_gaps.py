"""What has a budget and no forecast, and deviations without it."""

from decimal import Decimal

from katsaus.core.gaps import Gap, Gaps
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.statements import Row, Scheme, parse_sum

# The town has two divisions; the first has two schools under it.
UNITS = {"town": None, "a": "town", "b": "town", "school": "a", "library": "a"}
TREE = Organization(OrgUnit(code, Names(code), Level.UNIT, above) for code, above in UNITS.items())
MARGIN, REVENUE, EXPENSES, WAGES, OTHER = "margin", "revenue", "expenses", "wages", "other"
SCHEME = Scheme(
    "town",
    Names("town"),
    (
        Row(REVENUE, Names(REVENUE)),
        Row(EXPENSES, Names(EXPENSES), terms=parse_sum("wages + other")),
        Row(WAGES, Names(WAGES)),
        Row(OTHER, Names(OTHER)),
        Row(MARGIN, Names(MARGIN), terms=parse_sum("revenue + expenses")),
    ),
)
SCHOOL_AND_LIBRARY = {
    WAGES: {"school": Decimal(-100), "library": Decimal(-40), "b": Decimal(-500)},
    OTHER: {"school": Decimal(-10)},
    REVENUE: {"b": Decimal(200)},
}


def gaps_of(forecasts: dict[str, set[str]]) -> Gaps:
    return Gaps(TREE, SCHEME, SCHOOL_AND_LIBRARY, forecasts)


def under(unit: str, row: str, **forecasts: set[str]) -> list[tuple[str, str, int]]:
    found = gaps_of(forecasts).under(unit, row)
    return [(gap.unit, gap.row, int(gap.amended_budget)) for gap in found]


def test_a_unit_that_forecast_nothing_is_a_gap_of_all_above_it() -> None:
    assert under("a", WAGES, wages={"school"}) == [("library", WAGES, -40)]
    assert under("town", WAGES, wages={"school"}) == [("b", WAGES, -500), ("library", WAGES, -40)]
    assert under("school", WAGES, wages={"school"}) == []


def test_gaps_are_told_of_the_highest_unit_that_forecast_nothing() -> None:
    assert under("town", MARGIN, wages={"b"}, revenue={"b"}) == [("a", MARGIN, -150)]


def test_a_row_that_a_forecast_leaves_out_is_told_of_its_unit() -> None:
    assert under("school", EXPENSES, wages={"school"}) == [("school", OTHER, -10)]
    assert under("town", MARGIN, wages={"b", "a"}) == [("b", REVENUE, 200), ("school", OTHER, -10)]


def test_nothing_is_told_where_nothing_is_forecast() -> None:
    assert under("town", MARGIN) == []
    assert under("b", MARGIN, wages={"school"}) == []


def test_a_forecast_of_a_whole_unit_stands_for_those_under_it() -> None:
    assert under("town", EXPENSES, expenses={"a"}) == [("b", EXPENSES, -500)]
    assert under("a", WAGES, wages={"a"}) == []


def test_a_forecast_of_a_sum_stands_for_its_parts_there_and_not_of_its_parts_alone() -> None:
    assert under("town", MARGIN, margin={"town"}) == []
    assert under("town", EXPENSES, margin={"town"}, wages={"b"}) == [("a", EXPENSES, -150)]


def test_a_forecast_of_parts_stands_for_what_was_budgeted_as_a_whole() -> None:
    whole = Gaps(TREE, SCHEME, {EXPENSES: {"a": Decimal(-150)}}, {WAGES: {"school"}})
    assert whole.under("a", EXPENSES) == ()
    assert whole.under("town", EXPENSES) == ()


def test_a_deviation_is_drawn_from_what_can_be_compared() -> None:
    gaps = gaps_of({WAGES: {"school"}, OTHER: {"school"}})
    forecast, budget = Decimal(-130), Decimal(-650)
    assert gaps.comparable("town", EXPENSES, forecast - budget) == -20
    assert gaps.comparable("town", EXPENSES, None) is None
    assert gaps.under("town", EXPENSES) == (
        Gap("b", EXPENSES, Decimal(-500)),
        Gap("library", EXPENSES, Decimal(-40)),
    )


def test_a_forecast_of_the_whole_is_none_of_a_part_with_one_of_its_own() -> None:
    gaps = gaps_of({EXPENSES: {"town", "school"}})
    assert gaps.under("town", EXPENSES) == ()
    assert gaps.under("a", EXPENSES) == (Gap("library", EXPENSES, Decimal(-40)),)
    assert gaps.comparable("a", EXPENSES, Decimal(30)) == -10
