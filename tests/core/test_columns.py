"""The columns of a report."""

from katsaus.core.columns import Slice, columns_of
from katsaus.core.figures import Scenario
from katsaus.core.periods import Period

COLUMNS = columns_of(Period(2023, 6))


def test_the_columns_have_the_ids_and_heads_of_the_printed_report() -> None:
    assert [(column.id, column.names.fi) for column in COLUMNS.values()] == [
        ("actual_2022", "TP 2022"),
        ("actual_2022_06", "Toteuma 1\N{EN DASH}6/2022"),
        ("budget_2023", "TA 2023"),
        ("amended_budget_2023", "Muutettu TA 2023"),
        ("actual_2023_06", "Toteuma 1\N{EN DASH}6/2023"),
        ("realization_rate", "Toteuma-%"),
        ("forecast_2023", "TP-ennuste 2023"),
        ("deviation_2023", "Poikkeama 2023"),
    ]


def test_january_alone_is_one_month_as_on_the_pages() -> None:
    january = columns_of(Period(2026, 1))
    heads = [january[role].names.fi for role in ("actual", "prior_same_period")]
    assert heads == ["Toteuma 1/2026", "Toteuma 1/2025"]


def test_every_column_has_a_head_in_three_languages() -> None:
    assert all(names.sv and names.en for names in (column.names for column in COLUMNS.values()))


def test_the_actual_ends_with_the_period_and_the_year_before_is_whole() -> None:
    assert COLUMNS["actual"].slices == (Slice(Scenario.ACTUAL, 2023, 0, 6),)
    assert COLUMNS["prior_actual"].slices == (Slice(Scenario.ACTUAL, 2022, 0, 12),)


def test_the_amended_budget_is_budget_and_amendments() -> None:
    scenarios = [part.scenario for part in COLUMNS["amended_budget"].slices]
    assert scenarios == [Scenario.BUDGET, Scenario.AMENDMENT]


def test_realization_is_actual_of_amended_budget_and_not_of_the_original() -> None:
    rate = COLUMNS["realization_rate"]
    assert (rate.kind, rate.left, rate.right) == ("ratio", "actual_2023_06", "amended_budget_2023")


def test_deviation_is_forecast_less_amended_budget() -> None:
    deviation = COLUMNS["deviation"]
    assert (deviation.kind, deviation.left, deviation.right) == (
        "difference",
        "forecast_2023",
        "amended_budget_2023",
    )


def test_the_same_months_of_the_year_before_stand_beside_the_actual() -> None:
    assert COLUMNS["prior_same_period"].slices == (Slice(Scenario.ACTUAL, 2022, 0, 6),)
