"""The bridge from the amended budget to the forecast."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.bridge import build

CENTS = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


def test_parts_that_do_not_deviate_are_left_out_and_the_rest_is_left() -> None:
    found = {("a", "revenue"): Decimal(-30), ("a", "expenses"): Decimal(0)}
    bridge = build(Decimal(100), Decimal(60), found, lambda unit, row: found[unit, row])
    assert bridge is not None
    assert [(part.unit, part.row, part.amount) for part in bridge.parts] == [
        ("a", "revenue", Decimal(-30))
    ]
    assert bridge.left == -10


def test_without_a_forecast_there_is_no_bridge() -> None:
    assert build(Decimal(100), None, [], lambda unit, row: None) is None


def test_without_a_budget_the_bridge_begins_from_nothing() -> None:
    bridge = build(None, Decimal(5), [], lambda unit, row: None)
    assert bridge is not None
    assert [bridge.start, bridge.left, bridge.end] == [Decimal(0), Decimal(5), Decimal(5)]


@given(start=CENTS, end=CENTS, amounts=st.lists(st.none() | CENTS))
def test_start_parts_and_what_is_left_are_the_end(
    start: Decimal, end: Decimal, amounts: list[Decimal | None]
) -> None:
    places = [(str(number), "row") for number in range(len(amounts))]
    bridge = build(start, end, places, lambda unit, row: amounts[int(unit)])
    assert bridge is not None
    assert bridge.start + sum(part.amount for part in bridge.parts) + bridge.left == bridge.end
