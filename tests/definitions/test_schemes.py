"""The official schemes: every account once, and the arithmetic of the decree."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.checks import accounts_off_scheme, accounts_twice
from katsaus.core.names import LANGUAGES
from katsaus.core.statements import ROW_ACCOUNT, SchemeError
from katsaus.definitions import load

INCOME_STATEMENT = load.scheme("income_statement")
OPERATING = load.scheme("operating")
INCOME_ACCOUNTS = sorted(
    {number for year in load.chart_years() for number in load.chart(year) if number >= "3000"}
)
CLOSING_ENTRY = "8800"

# The official list's level 3, and the row of the decree that it is.
ROW_OF_LEVEL3 = {
    "Myyntituotot/Liikevaihto": "sales_revenue",
    "Maksutuotot": "fee_revenue",
    "Tuet ja avustukset": "grants_and_subsidies",
    "Muut toimintatuotot": "other_operating_revenue",
    "Valmistevarastojen muutos": "other_operating_revenue",
    "VALMISTUS OMAAN KÄYTTÖÖN": "production_for_own_use",
    "Henkilöstökulut": "personnel_expenses",
    "Palvelujen ostot": "purchases_of_services",
    "Aineet, tarvikkeet ja tavarat": "materials_and_supplies",
    "Avustukset": "grants",
    "Muut toimintakulut": "other_operating_expenses",
    "Osuus osakkuusyhteisöjen voitosta (tappiosta)": "other_operating_expenses",
    "Verotulot": "tax_revenue",
    "Valtionosuudet": "central_government_transfers",
    "Rahoitustuotot ja -kulut": "financial_items",
    "Poistot ja arvonalentumiset": "depreciation",
    "Satunnaiset tuotot ja kulut/Satunnaiset erät": "extraordinary_items",
    "Poistoeron muutos / Poistoeron lisäys (-) tai vähennys (+)": (
        "change_in_depreciation_difference"
    ),
    "Varausten muutos / Varausten lisäys (-) tai vähennys (+)": "change_in_provisions",
    "Rahastojen muutos / Rahastojen lisäys (-) tai vähennys (+)": "change_in_funds",
}


def rows_of(account: str) -> set[str]:
    weights = INCOME_STATEMENT.weights([account])
    return {weight.row for weight in weights if weight.account == account}


@pytest.mark.parametrize("year", load.chart_years())
def test_every_income_statement_account_is_on_one_row_but_the_closing_entry(year: int) -> None:
    accounts = [number for number in load.chart(year) if number >= "3000"]
    assert accounts_off_scheme(INCOME_STATEMENT, accounts) == (CLOSING_ENTRY,)
    assert accounts_twice(INCOME_STATEMENT, accounts) == ()


def test_every_account_is_on_the_row_of_its_official_level_3() -> None:
    with (Path(load.__file__).parent / "accounts.csv").open(encoding="utf-8") as file:
        levels = {line["number"]: line["level3"] for line in csv.DictReader(file)}
    for account in INCOME_ACCOUNTS:
        if account != CLOSING_ENTRY:
            assert ROW_OF_LEVEL3[levels[account]] in rows_of(account), account


@pytest.mark.parametrize(
    ("account", "row"),
    [
        ("3560", "other_operating_revenue"),
        ("3610", "other_operating_revenue"),
        ("4000", "wages_and_salaries"),
        ("4065", "wages_and_salaries"),
        ("4090", "wages_and_salaries"),
        ("4110", "pension_expenses"),
        ("4135", "pension_expenses"),
        ("4190", "other_social_security_expenses"),
        ("4200", "other_social_security_expenses"),
        ("4210", "other_social_security_expenses"),
        ("4996", "other_operating_expenses"),
        ("6055", "interest_income"),
        ("6180", "other_financial_income"),
        ("6270", "interest_expenses"),
        ("6379", "other_financial_expenses"),
        ("7190", "planned_depreciation"),
        ("7223", "planned_depreciation"),
        ("7230", "impairment"),
        ("8050", "extraordinary_income"),
        ("8200", "extraordinary_expenses"),
        ("8780", "change_in_funds"),
    ],
)
def test_below_level_3_an_account_is_on_the_row_that_its_reason_names(
    account: str, row: str
) -> None:
    assert row in rows_of(account)


def test_the_closing_entry_neither_doubles_nor_clears_the_surplus() -> None:
    assert rows_of(CLOSING_ENTRY) == set()


@pytest.mark.parametrize("account", [each for each in INCOME_ACCOUNTS if each != CLOSING_ENTRY])
def test_every_account_reaches_the_surplus_once_and_with_its_own_sign(account: str) -> None:
    (weight,) = (
        each.weight
        for each in INCOME_STATEMENT.weights([account])
        if (each.row, each.account) == ("surplus", account)
    )
    assert weight == 1


def test_the_rows_are_those_of_the_decree_in_its_order() -> None:
    top = [row.id for row in INCOME_STATEMENT.rows if row.level == 0]
    assert top == [
        "operating_revenue",
        "production_for_own_use",
        "operating_expenses",
        "operating_margin",
        "tax_revenue",
        "central_government_transfers",
        "financial_items",
        "annual_margin",
        "depreciation",
        "extraordinary_items",
        "result",
        "change_in_depreciation_difference",
        "change_in_provisions",
        "change_in_funds",
        "surplus",
    ]


@given(st.dictionaries(st.sampled_from(INCOME_ACCOUNTS), st.integers(-(10**9), 10**9)))
def test_the_printed_rows_add_up_whatever_was_booked(cents: dict[str, int]) -> None:
    value = computed(cents)
    margin = ("operating_revenue", "production_for_own_use", "operating_expenses")
    assert value["operating_margin"] == sum(value[row] for row in margin)
    for row in OPERATING.rows:
        assert computed(cents, OPERATING.id)[row.id] == value[row.id]
    booked = sum(amount for account, amount in cents.items() if account != CLOSING_ENTRY)
    assert value["surplus"] == booked


def computed(cents: dict[str, int], scheme_id: str = "income_statement") -> dict[str, Decimal]:
    scheme = load.scheme(scheme_id)
    value = {row.id: Decimal(0) for row in scheme.rows}
    for weight in scheme.weights(cents):
        value[weight.row] += cents.get(weight.account, 0) * weight.weight
    return value


def test_a_budget_on_any_row_of_the_income_statement_reaches_the_units_margin_too() -> None:
    def held(scheme_id: str, row: str) -> set[str]:
        weights = load.scheme(scheme_id).weights(())
        return {weight.account for weight in weights if weight.row == row}

    for row in ("operating_revenue", "operating_expenses", "operating_margin"):
        assert held("operating", row) == held("income_statement", row)
    assert ROW_ACCOUNT + "pension_expenses" in held("operating", "operating_expenses")


def test_no_row_is_counted_twice_in_the_operating_margin() -> None:
    assert {weight.weight for weight in OPERATING.weights(["3005", "3710", "4000"])} == {1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_name_of_its_own_in_every_language(language: str) -> None:
    for scheme in load.schemes().values():
        names = [getattr(row.names, language) for row in scheme.rows]
        assert all(names)
        assert len(set(names)) == len(names)


def test_a_row_has_one_name_in_all_schemes() -> None:
    for row in OPERATING.rows:
        assert row.names == INCOME_STATEMENT.row(row.id).names


def test_a_name_of_a_row_denotes_one_row_in_all_languages_together() -> None:
    row_of: dict[str, str] = {}
    for scheme in load.schemes().values():
        for row in scheme.rows:
            for language in LANGUAGES:
                assert row_of.setdefault(row.names.text(language).casefold(), row.id) == row.id


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(SchemeError, match="unknown scheme 'balance'"):
        load.scheme("balance")
