"""The performance figures of a unit, in groups, with their four columns."""

from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, text

PAGE = "/kemi/strategia/suoritteet/"


def test_who_may_see_performance_figures(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_unit_has_its_figures_in_groups_with_four_columns(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), f"{PAGE}?unit=64330000&period=2023-06")
    assert "Figure Actual 2022 Budget 2023 Actual 1–6/2023 Forecast 2023" in found
    assert "Kävijöiden lukumäärä Museotoimi 28,565 20,000 12,326 20,000" in found
    assert "Teatteritoiminta 3,216 – – –" in found


def test_the_units_that_have_figures_can_be_chosen(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get(PAGE).content.decode()
    units = page.split('name="unit"')[1].split("</select>")[0]
    assert units.count("<option") == 11


def test_a_figure_leads_to_its_indicator(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get(f"{PAGE}?unit=64330000").content.decode()
    assert "/kemi/strategia/mittari/kavijat_museo/?period=2023-06" in page


def test_a_unit_without_figures_is_told(kemi: Municipality) -> None:
    response = sign_in("daavid", kemi).get(f"{PAGE}?unit=1", headers={"accept-language": "en"})
    assert response.status_code == 400
    assert "has no performance figures" in response.content.decode()
