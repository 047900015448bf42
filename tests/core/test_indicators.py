"""Values put together: parts and wholes, ratios of sums, cumulative series, achieved or not."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.indicators import (
    Aggregation,
    Computed,
    ComputedError,
    Formula,
    Indicator,
    IndicatorKind,
    Misfit,
    Missing,
    Polarity,
    Value,
    compute,
    is_achieved,
    misfit,
    over_inputs,
    over_time,
    ratio,
    rest,
    share_of_way,
    steps,
)
from katsaus.core.names import Names
from katsaus.core.periods import Period

NUMBERS = st.integers(-(10**9), 10**9).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
UNITS = st.text("abcdef", min_size=1, max_size=2)
SERIES = st.dictionaries(st.integers(1, 12), NUMBERS, min_size=1).map(
    lambda found: [(Period(2023, month), number) for month, number in found.items()]
)
RATIO = Computed.parse("ratio:kulut/asukkaat")


def indicator(
    aggregation: Aggregation = Aggregation.SUM, *, is_cumulative: bool = False, computed: str = ""
) -> Indicator:
    return Indicator(
        "x",
        Names("X"),
        aggregation=aggregation,
        is_cumulative=is_cumulative,
        computed=Computed.parse(computed) if computed else None,
    )


@given(st.dictionaries(UNITS, NUMBERS, min_size=1))
def test_a_whole_is_the_sum_of_its_units_whatever_their_order(numbers: dict[str, Decimal]) -> None:
    backwards = dict(reversed(numbers.items()))
    whole = over_inputs(Aggregation.SUM, numbers)
    assert whole.number == sum(numbers.values())
    assert over_inputs(Aggregation.SUM, backwards) == whole
    assert rest(whole.number, numbers.values()) == 0


@given(st.dictionaries(UNITS, st.none() | NUMBERS))
def test_what_is_missing_is_named_and_is_not_zero(numbers: dict[str, Decimal | None]) -> None:
    whole = over_inputs(Aggregation.SUM, numbers, of="kaynnit")
    assert {each.unit for each in whole.missing} == {u for u, n in numbers.items() if n is None}
    present = [number for number in numbers.values() if number is not None]
    assert whole.number == (sum(present) if present else None)


@given(st.dictionaries(UNITS, st.tuples(NUMBERS, NUMBERS), min_size=1))
def test_a_ratio_over_units_is_the_ratio_of_the_sums(
    pairs: Mapping[str, tuple[Decimal, Decimal]],
) -> None:
    over = {unit: pair[0] for unit, pair in pairs.items()}
    under = {unit: pair[1] for unit, pair in pairs.items()}
    found = ratio(RATIO, over, under)
    divisor = sum(under.values())
    assert found.number == (sum(over.values()) / divisor if divisor else None)


def test_the_average_of_two_ratios_is_not_their_ratio() -> None:
    over = {"a": Decimal(1), "b": Decimal(9)}
    under = {"a": Decimal(10), "b": Decimal(10)}
    found = ratio(RATIO, over, under, IndicatorKind.PERCENT)
    assert found.number == 50
    under["b"] = Decimal(30)
    assert ratio(RATIO, over, under, IndicatorKind.PERCENT).number == 25


def test_a_unit_that_lacks_one_side_of_a_ratio_is_in_neither_sum_and_is_named() -> None:
    over = {"a": Decimal(1), "b": Decimal(9)}
    found = ratio(RATIO, over, {"a": Decimal(4)})
    assert found.number == Decimal("0.25")
    assert found.missing == (Missing("asukkaat", "b"),)


@given(SERIES)
def test_the_steps_of_a_cumulative_series_add_up_to_its_last_value(
    series: list[tuple[Period, Decimal]],
) -> None:
    last = max(series, key=lambda each: each[0].month)[1]
    assert sum(growth for _, growth in steps(series)) == last
    assert over_time(indicator(is_cumulative=True), series) == last


@given(SERIES)
def test_a_cumulative_series_and_the_sum_of_its_steps_are_one_number(
    series: list[tuple[Period, Decimal]],
) -> None:
    assert over_time(indicator(), steps(series)) == over_time(indicator(is_cumulative=True), series)


def test_time_is_put_together_as_the_indicator_says() -> None:
    series = [
        (Period(2023, 12), Decimal(8)),
        (Period(2023, 6), Decimal(4)),
        (Period(2023, 3), None),
    ]
    assert over_time(indicator(Aggregation.SUM), series) == 12
    assert over_time(indicator(Aggregation.AVERAGE), series) == 6
    assert over_time(indicator(Aggregation.LAST), series) == 8
    assert over_time(indicator(), [(Period(2023, 3), None)]) is None


def test_what_of_which_parts_leave_of_their_whole() -> None:
    assert rest(Decimal(10), [Decimal(3), None]) == 7
    assert rest(None, [Decimal(3)]) is None
    assert rest(Decimal(10), [None]) is None


@pytest.mark.parametrize(
    ("polarity", "number", "expected"),
    [
        (Polarity.UP, 80, True),
        (Polarity.UP, 79, False),
        (Polarity.DOWN, 80, True),
        (Polarity.DOWN, 81, False),
        (Polarity.NONE, 80, None),
    ],
)
def test_at_the_target_or_past_it_is_achieved(
    polarity: Polarity, number: int, expected: bool | None
) -> None:
    assert is_achieved(polarity, Decimal(80), Decimal(number)) is expected


def test_nothing_is_achieved_without_a_number() -> None:
    assert is_achieved(Polarity.UP, Decimal(80), None) is None


def test_the_share_of_the_way_runs_from_baseline_to_target_in_either_direction() -> None:
    assert share_of_way(Decimal(20), Decimal(30), Decimal(25)) == Decimal("0.5")
    assert share_of_way(Decimal(30), Decimal(20), Decimal(25)) == Decimal("0.5")
    assert share_of_way(Decimal(20), Decimal(30), Decimal(15)) == Decimal("-0.5")
    assert share_of_way(Decimal(20), Decimal(20), Decimal(20)) is None
    assert share_of_way(None, Decimal(20), Decimal(20)) is None


@pytest.mark.parametrize("text", ["ratio:a/b", "row:operating_expenses/b", "sum_of_units"])
def test_a_formula_is_read_and_written_alike(text: str) -> None:
    assert Computed.parse(text).code == text


@pytest.mark.parametrize("text", ["ratio", "ratio:a", "ratio:/b", "sum_of_units:a/b", "a/b", ""])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ComputedError):
        Computed.parse(text)


def test_a_statement_row_per_inhabitant_names_the_inhabitants_that_are_missing() -> None:
    per_head = indicator(computed="row:operating_expenses/asukkaat")
    assert per_head.computed is not None
    assert per_head.computed.formula is Formula.ROW
    numbers = {("operating_expenses", "10"): Decimal(-500), ("asukkaat", "10"): Decimal(20)}

    def number(name: str, unit: str) -> Decimal | None:
        return numbers.get((name, unit))

    assert compute(per_head, ["10"], number).number == -25
    del numbers["asukkaat", "10"]
    found = compute(per_head, ["10"], number)
    assert (found.number, found.missing) == (None, (Missing("asukkaat", "10"),))


def test_the_sum_of_parts_names_the_part_that_is_missing() -> None:
    whole = indicator(computed="sum_of_parts")
    found = compute(whole, [], lambda part, unit: {"a": Decimal(2)}.get(part), ["a", "b"])
    assert (found.number, found.missing) == (Decimal(2), (Missing("b"),))


def test_an_indicator_without_a_formula_is_not_computed() -> None:
    with pytest.raises(ComputedError):
        compute(indicator(), [], lambda part, unit: None)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Value(Decimal(9), of=Decimal(7)), Misfit.ABOVE_WHOLE),
        (Value(Decimal(7), of=Decimal(7)), None),
        (Value(Decimal(-1), of=Decimal(7)), Misfit.BELOW_ZERO),
        (Value(Decimal(-5), on=date(2023, 9, 20)), Misfit.BELOW_ZERO),
        (Value(Decimal(-120)), None),  # a net change
        (Value(text="ei kerrottu", of=Decimal(7)), None),
    ],
)
def test_a_count_is_not_below_zero_and_no_part_is_above_its_whole(
    value: Value, found: Misfit | None
) -> None:
    assert misfit(value) is found
