"""The pages of programmes: what each gathers, and how far an adjustment programme is."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

LIST = "/kemi/strategia/ohjelmat/"
EXAMPLE = f"{LIST}esimerkkiohjelma/"
ECONOMY = f"{LIST}talousohjelma/"


@pytest.mark.parametrize("address", [LIST, EXAMPLE])
def test_who_may_see_the_programmes(kemi: Municipality, address: str) -> None:
    assert answers(address, kemi) == allowed(*READERS)


def test_a_programme_that_is_not_there_is_not_found(kemi: Municipality) -> None:
    assert sign_in("daavid", kemi).get(f"{LIST}ei_ole/").status_code == 404


@pytest.mark.parametrize(
    ("address", "count"), [(LIST, 15), (EXAMPLE, 16), (ECONOMY, 17), (f"{ECONOMY}?year=2023", 17)]
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    kemi: Municipality,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    count: int,
) -> None:
    # The first to ask has the units and the figures kept for those after. One more for the
    # decisions, and some where the effects are held against the figures of the units.
    client = sign_in("daavid", kemi)
    client.get(address)
    with django_assert_max_num_queries(count):
        client.get(address)


def test_the_list_tells_the_target_and_what_is_expected(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), LIST)
    assert "€970,000 and 8 person-years €915,000 and 6 person-years" in found


def test_the_way_from_the_target_to_the_forecast_is_told_part_by_part(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), f"{EXAMPLE}?year=2024")
    assert "The target 2024 is €150,000 and 1 person-year." in found
    assert "Expected is €165,000: €15,000 more than the target." in found
    way = found.split("From the target to the forecast, 2024")[1].split("Measures")[0]
    for part in ("€150,000", "Decided over the target €20,000", "-€10,000", "€5,000"):
        assert part in way
    assert way.rstrip().endswith("€165,000")


def test_a_measure_tells_its_decision_unit_and_row(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get(EXAMPLE).content.decode()
    row = page.split("Vajaakäyttöisistä toimitiloista luovutaan</a>")[2]
    assert 'href="/kemi/talous/?unit=64530000&amp;row=operating_expenses"' in row
    assert 'href="/kemi/strategia/paatokset/#esimerkki_2023_10_30_61"' in row


def test_a_year_that_is_none_of_the_programmes_shows_all_years(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), f"{EXAMPLE}?year=1917")
    assert "From the target to the forecast, all years" in found


def test_the_sums_are_told_by_year_and_by_unit(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), ECONOMY)
    assert "2023 €40,000 €505,000 16 FTE" in found
    by_unit = found.split("The programme by unit")[1]
    assert "Central Administration – €300,000" in by_unit


def test_an_effect_that_is_not_seen_in_its_units_figures_is_pointed_out(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), ECONOMY).split("Do the effects show")[1]
    # The division's operating revenue: forecast 14 539 962 - accounts 14 899 147 = -359 185.
    assert "€40,000 €14,899,147 €14,539,962 Forecast 2023 -€359,185 does not show" in found


def test_an_effect_that_the_row_betters_by_is_seen(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
measures: code; programme; unit; name; row
  m; talousohjelma; 64500000; Pieni säästö; operating_revenue
measure_effects: measure; year; scenario; euros
  m; 2023; decided; 1
  lumen_vastaanotto; 2023; decided; -400000
""",
    )
    found = text(sign_in("daavid", kemi), ECONOMY).split("Do the effects show")[1]
    assert "-€399,999" in found
    assert "-€359,185 yes" in found


def test_a_year_without_figures_is_not_checked(kemi: Municipality) -> None:
    assert "Do the effects show" not in text(sign_in("daavid", kemi), EXAMPLE)


def test_a_programme_tells_what_it_gathers_with_states_and_goals(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), ECONOMY).split("What the programme gathers")[1]
    assert "We are a municipality that renews itself and whose finances are sound." in found
    assert "Central Administration ◐ Under way" in found


def test_units_emphases_are_told(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), ECONOMY).split("What each unit stresses")[1]
    assert "Environment Division Oman tuotannon supistaminen" in found


def test_a_target_without_measures_says_what_is_missing(kemi: Municipality) -> None:
    demo.load_third()
    kemijarvi = Municipality.objects.get(slug="kemijarvi")
    client = sign_in("bertta", kemijarvi)
    found = text(client, "/kemijarvi/strategia/ohjelmat/sopeuttamisohjelma/")
    assert "The target is €5,000,000 and 50 person-years." in found
    assert "No measure has been given to reach it." in found
    assert "What is missing The target by year. Measures, each with its unit" in found
    itself = found.split("The programme is itself part of these goals")[1]
    assert "Indicator: Adjustment programme carried out as planned" in itself
    assert "Goal: Balanced finances" in itself


def test_a_municipality_without_programmes_says_so(kemi: Municipality) -> None:
    empty = Municipality.objects.create(slug="tyhja", number="998", name_fi="Tyhjä")
    found = text(sign_in("bertta", empty), "/tyhja/strategia/ohjelmat/")
    assert "No programmes have been given." in found
