"""The bridge from the amended budget to the forecast, and the items that explain its parts."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.bridge import MARGIN, ROWS, Bridge, DeviationItem, Deviations, Whole, build

CENTS = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents).scaleb(-2))
REVENUE, _, EXPENSES = ROWS
# The town has two divisions; the first has a school under it.
TOWN = Whole("town", {"a": frozenset({"a", "school"}), "b": frozenset({"b"})})
UNITS = ("town", "a", "school", "b")


def item(unit: str, row: str, amount: int | Decimal) -> DeviationItem:
    return DeviationItem(1, unit, row, "syy", Decimal(amount))


def deviations(
    amounts: dict[tuple[str, str], Decimal], margins: dict[str, Decimal] | None = None
) -> Deviations:
    return Deviations(
        lambda *place: amounts.get(place), lambda unit: (margins or {}).get(unit, Decimal(0))
    )


def bridge_of(
    amounts: dict[tuple[str, str], int],
    *items: DeviationItem,
    whole: Whole = TOWN,
    of_margin: dict[str, int] | None = None,
) -> Bridge:
    rows = {place: Decimal(amount) for place, amount in amounts.items()}
    margins = {unit: Decimal(amount) for unit, amount in (of_margin or {}).items()}
    found = build(Decimal(100), Decimal(60), whole, deviations(rows, margins), items)
    assert found is not None
    return found


def told(bridge: Bridge) -> list[tuple[str, str, int, list[int], int]]:
    return [
        (
            part.unit,
            part.row,
            int(part.amount),
            [int(each.amount) for each in part.items],
            int(part.unexplained),
        )
        for part in bridge.parts
    ]


def test_parts_that_do_not_deviate_are_left_out_and_the_rest_is_left() -> None:
    bridge = bridge_of({("a", REVENUE): -30, ("a", EXPENSES): 0})
    assert told(bridge) == [("a", REVENUE, -30, [], -30)]
    assert bridge.left == -10


def test_an_item_explains_the_part_that_its_unit_is_under() -> None:
    bridge = bridge_of(
        {("a", EXPENSES): -30, ("b", EXPENSES): -10},
        item("school", EXPENSES, -20),
        item("a", EXPENSES, -15),
        item("b", REVENUE, 5),
    )
    assert told(bridge) == [
        ("a", EXPENSES, -30, [-20, -15], 5),
        ("b", REVENUE, 0, [5], -5),
        ("b", EXPENSES, -10, [], -10),
    ]


def test_what_explains_the_whole_stands_by_itself_and_is_in_the_parts_above() -> None:
    bridge = bridge_of(
        {("town", EXPENSES): -40, ("a", EXPENSES): -30, ("b", EXPENSES): -10, ("b", REVENUE): 2},
        item("town", EXPENSES, -25),
        item("a", EXPENSES, -5),
    )
    assert told(bridge) == [
        ("a", EXPENSES, -30, [-5], -25),
        ("b", REVENUE, 2, [], 2),
        ("b", EXPENSES, -10, [], -10),
        ("town", EXPENSES, 0, [-25], 25),
    ]
    assert sum(part.unexplained for part in bridge.parts) + bridge.left == -40 + 25 + 5


def test_a_forecast_given_on_the_whole_is_told_by_its_rows() -> None:
    bridge = bridge_of(
        {("town", REVENUE): 10, ("town", EXPENSES): -50, ("a", EXPENSES): -20},
        item("school", EXPENSES, -15),
        item("b", EXPENSES, -12),
        item("town", EXPENSES, -5),
    )
    assert told(bridge) == [
        ("a", EXPENSES, -20, [-15], -5),
        ("town", REVENUE, 10, [], 10),
        ("town", EXPENSES, -30, [-12, -5], -13),
    ]
    assert bridge.left == 0


def test_a_forecast_of_a_margin_is_a_part_with_the_items_of_its_rows() -> None:
    bridge = bridge_of(
        {("town", EXPENSES): -20, ("a", EXPENSES): -20},
        item("b", EXPENSES, -15),
        item("a", REVENUE, -3),
        of_margin={"b": -20},
    )
    assert told(bridge) == [
        ("a", REVENUE, 0, [-3], 3),
        ("a", EXPENSES, -20, [], -20),
        ("b", MARGIN, -20, [-15], -5),
    ]
    assert bridge.left == 0


def test_a_unit_without_units_under_it_is_its_own_part() -> None:
    bridge = bridge_of({("a", EXPENSES): -40}, item("a", EXPENSES, -25), whole=Whole("a", {}))
    assert told(bridge) == [("a", EXPENSES, -40, [-25], -15)]


def test_without_a_forecast_there_is_no_bridge() -> None:
    assert build(Decimal(100), None, TOWN, deviations({})) is None


def test_without_a_budget_the_bridge_begins_from_nothing() -> None:
    bridge = build(None, Decimal(5), TOWN, deviations({}))
    assert bridge is not None
    assert [bridge.start, bridge.left, bridge.end] == [Decimal(0), Decimal(5), Decimal(5)]


@given(
    start=CENTS,
    end=CENTS,
    amounts=st.dictionaries(st.tuples(st.sampled_from(UNITS), st.sampled_from(ROWS)), CENTS),
    margins=st.dictionaries(st.sampled_from(UNITS), CENTS),
    items=st.lists(st.builds(item, st.sampled_from(UNITS), st.sampled_from(ROWS), CENTS)),
)
def test_nothing_is_lost_and_nothing_is_told_twice(
    start: Decimal,
    end: Decimal,
    amounts: dict[tuple[str, str], Decimal],
    margins: dict[str, Decimal],
    items: list[DeviationItem],
) -> None:
    bridge = build(start, end, TOWN, deviations(amounts, margins), items)
    assert bridge is not None
    assert bridge.start + sum(part.amount for part in bridge.parts) + bridge.left == bridge.end
    shown = [each for part in bridge.parts for each in part.items]
    assert sorted(map(repr, shown)) == sorted(map(repr, items))
    for part in bridge.parts:
        assert sum(each.amount for each in part.items) + part.unexplained == part.amount
