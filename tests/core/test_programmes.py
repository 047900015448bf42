"""Programmes that may not contain themselves, and measures whose effects add up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.programmes import (
    Effect,
    EffectScenario,
    Measure,
    Target,
    Total,
    add_up,
    circle,
    expected,
    target_of,
    totals_by,
    unseen,
    waterfall,
    years,
)

DECIDED, FORECAST = EffectScenario.DECIDED, EffectScenario.FORECAST
EUROS = st.integers(-(10**7), 10**7).map(Decimal)
EFFECTS = st.lists(
    st.builds(
        Effect,
        st.integers(2023, 2025),
        st.sampled_from(EffectScenario),
        st.none() | EUROS,
        st.none() | st.integers(0, 50).map(Decimal),
    ),
    max_size=5,
).map(tuple)


def measure(
    code: str, *effects: Effect, unit: str = "10", row: str = "operating_expenses"
) -> Measure:
    return Measure(code, "p", unit, code, row=row, effects=effects)


def euros(amount: int, scenario: EffectScenario = DECIDED, year: int = 2023) -> Effect:
    return Effect(year, scenario, Decimal(amount), None)


MEASURES = st.lists(st.tuples(st.sampled_from("abc"), EFFECTS), max_size=6).map(
    lambda found: [
        measure(f"m{number}", *effects, unit=unit) for number, (unit, effects) in enumerate(found)
    ]
)


def test_a_programme_that_contains_itself_is_shown_as_a_circle() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ("b", "c", "b")
    assert circle({"a": ["a"]}) == ("a", "a")
    assert circle({"a": ["b", "c"], "b": ["c"], "c": []}) == ()


@given(MEASURES, st.sampled_from(EffectScenario))
def test_the_units_totals_are_the_programmes_total(
    measures: list[Measure], scenario: EffectScenario
) -> None:
    whole = add_up(measures, scenario)
    by_unit = totals_by(measures, lambda each: each.unit, scenario).values()
    assert sum(each.euros or 0 for each in by_unit) == (whole.euros or 0)
    assert sum(each.measures for each in by_unit) == whole.measures
    assert whole.measures + whole.untold == len(measures)
    by_year = [add_up(measures, scenario, year) for year in years(measures)]
    assert sum(each.person_years or 0 for each in by_year) == (whole.person_years or 0)


@given(EUROS, MEASURES)
def test_target_parts_and_what_is_left_are_the_forecast(
    target: Decimal, measures: list[Measure]
) -> None:
    found = waterfall(target, measures)
    assert found is not None
    assert found.start + found.left + sum(part.amount for part in found.parts) == found.end


def test_a_measure_without_a_forecast_is_expected_as_decided() -> None:
    found = waterfall(
        Decimal(100), [measure("a", euros(30)), measure("b", euros(50), euros(40, FORECAST))]
    )
    assert found is not None
    assert (found.left, found.end) == (Decimal(-20), Decimal(70))
    assert [(part.measure, part.amount) for part in found.parts] == [("b", Decimal(-10))]
    assert waterfall(None, []) is None


def test_no_effect_told_is_not_an_effect_of_zero() -> None:
    found = add_up([measure("a"), measure("b", euros(0))], DECIDED)
    assert (found.euros, found.measures, found.untold) == (Decimal(0), 1, 1)
    assert add_up([measure("a")], DECIDED).euros is None


def test_the_target_of_the_whole_is_told_or_the_sum_of_its_years() -> None:
    first, second = Target(2023, Decimal(1), None), Target(2024, Decimal(2), Decimal(5))
    assert target_of([first, second], None) == Target(None, Decimal(3), Decimal(5))
    assert target_of([first, Target(None, Decimal(9), None)], None) == Target(
        None, Decimal(9), None
    )
    assert target_of([first], 2025) is None


def test_a_measure_whose_euros_are_not_seen_in_its_units_figures_is_pointed_out() -> None:
    seen, hidden = measure("a", euros(100)), measure("b", euros(100), unit="20")
    without = measure("c", euros(5), row="")
    improvements = {"10": Decimal(100), "20": Decimal(99)}
    found = unseen([seen, hidden, without], 2023, lambda unit, row: improvements[unit])
    assert found == (hidden,)


def test_a_year_without_a_forecast_is_expected_as_decided_though_another_has_one() -> None:
    saving = measure(
        "a", euros(80), euros(180, year=2024), euros(70, FORECAST), euros(9, FORECAST, 2025)
    )
    found = waterfall(Decimal(260), [saving])
    assert found is not None
    assert [part.amount for part in found.parts] == [Decimal(-10 + 9)]
    assert found.end == expected([saving]).euros == Decimal(70 + 180 + 9)
    assert expected([saving], 2024).euros == Decimal(180)


@given(EUROS, MEASURES, st.none() | st.integers(2023, 2025))
def test_the_waterfall_ends_in_what_is_expected(
    target: Decimal, measures: list[Measure], year: int | None
) -> None:
    found = waterfall(target, measures, year)
    assert found is not None
    assert found.end == (expected(measures, year).euros or 0)


def test_expected_person_years_and_measures_that_tell_nothing() -> None:
    told = measure("a", Effect(2023, DECIDED, None, Decimal(2)), euros(5, FORECAST))
    found = expected([told, measure("b")])
    assert found == Total(Decimal(5), Decimal(2), measures=1, untold=1)


def test_what_has_come_of_a_measure_is_expected_where_nothing_else_is_told() -> None:
    realised = EffectScenario.REALISED
    found = [measure("a", euros(5, realised)), measure("b", euros(9, realised), euros(7))]
    assert expected(found).euros == Decimal(5 + 7)
