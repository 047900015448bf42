"""The official lists, against the published ones where those are at hand."""

import csv
from pathlib import Path

import pytest

from katsaus.definitions import load

PUBLISHED = Path(__file__).parents[3] / "shared" / "data"
ACCOUNTS = PUBLISHED / "kuntien-tililuettelo-2021-2023.csv"
MUNICIPALITIES = PUBLISHED / "kunnat-2023.csv"


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_chart_of_2023_has_its_hundred_and_fifty_six_income_statement_accounts() -> None:
    assert len([number for number in load.chart(2023) if number >= "3000"]) == 156


def test_the_balance_sheet_accounts_are_known_though_no_row_takes_them() -> None:
    assert load.chart(2023)["1900"].names.fi == "Rahat ja pankkisaamiset"
    for scheme in load.schemes().values():
        assert not [weight for weight in scheme.weights(["1900"]) if weight.account == "1900"]


def test_an_account_is_there_in_its_years_only_and_under_the_name_of_the_year() -> None:
    assert "4710" in load.chart(2022)
    assert "4710" not in load.chart(2023)
    assert load.chart(2021)["4716"].names.fi == "Osittainen hoitoraha"
    assert load.chart(2023)["4716"].names.fi == "Osittainen ja joustava hoitoraha"


def test_a_year_without_a_chart_has_that_of_the_nearest_year() -> None:
    assert list(load.chart_years()) == [2021, 2022, 2023]
    assert load.chart(2030) == load.chart(2023)
    assert load.chart(1997) == load.chart(2021)


@pytest.mark.skipif(not ACCOUNTS.exists(), reason="the published list is not at hand")
def test_every_year_has_exactly_the_published_accounts_and_names() -> None:
    published = {
        (line["year"], line["number"], " ".join(line["name"].split())) for line in lines(ACCOUNTS)
    }
    ours = {
        (str(year), number, account.names.fi)
        for year in load.chart_years()
        for number, account in load.chart(year).items()
    }
    assert ours == published


@pytest.mark.skipif(not MUNICIPALITIES.exists(), reason="the published list is not at hand")
def test_the_municipalities_are_the_published_ones() -> None:
    published = {
        (line["number"], line["name"], line["type"] == "kaupunki", line["language"][:6])
        for line in lines(MUNICIPALITIES)
    }
    words = {"fi": "suomi", "sv": "ruotsi"}
    ours = {
        (each.number, each.name, each.kind == "city", words[each.language])
        for each in load.municipalities()
    }
    assert ours == {(*rest, language.rstrip(",")) for *rest, language in published}


def test_the_municipalities_are_in_the_order_of_their_numbers() -> None:
    numbers = [each.number for each in load.municipalities()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 309


@pytest.mark.parametrize(
    ("number", "finnish", "swedish", "kind", "language"),
    [
        ("240", "Kemi", "", "city", "fi"),
        ("320", "Kemijärvi", "", "city", "fi"),
        ("148", "Inari", "", "municipality", "fi"),
        ("445", "Parainen", "Pargas", "city", "sv"),
        ("091", "Helsinki", "Helsingfors", "city", "fi"),
        ("170", "Jomala", "Jomala", "municipality", "sv"),
    ],
)
def test_a_municipality_has_its_names_kind_and_first_language(
    number: str, finnish: str, swedish: str, kind: str, language: str
) -> None:
    (found,) = (each for each in load.municipalities() if each.number == number)
    assert (found.name, found.names.sv, found.kind, found.language) == (
        finnish,
        swedish,
        kind,
        language,
    )


def test_every_municipality_with_swedish_as_a_language_has_a_swedish_name() -> None:
    assert len([each for each in load.municipalities() if each.names.sv]) == 49
    assert all(each.names.sv for each in load.municipalities() if each.language == "sv")
