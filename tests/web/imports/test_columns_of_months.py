"""A plan with a column for each month: what the page shows of it, and what is kept."""

import pytest
from django.test import Client

from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanFigure
from web.cast import sign_in
from web.imports.test_pages import act, address, give, kept_batch

WIDE = "Yksikkö;Tili;tammi 2023;helmi 2023;Yhteensä\n64110100;4000;-100,00;-50,00;{}\n"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def test_months_are_shown_by_their_columns_and_kept_as_figures(
    kemi: Municipality, bertta: Client
) -> None:
    upload = give(bertta, WIDE.format("-150,00"), kind="forecasts")
    page = bertta.get(address(upload)).text
    for header, field in (("tammi 2023", "tammikuu"), ("Yhteensä", "kuukausien summa")):
        assert f"{header}<small>{field}</small>" in page
    assert "tunnistettu: helmi 2023" in page
    upload = act(bertta, upload, "keep")
    figures = PlanFigure.objects.filter(plan_set=kept_batch(upload).plan_set).order_by("month")
    assert [*figures.values_list("year", "month", "cents", "source_row")] == [
        (2023, 1, -10_000, 2),
        (2023, 2, -5_000, 2),
    ]


def test_a_row_unlike_its_total_is_told_and_another_choice_is_read_anew(bertta: Client) -> None:
    upload = give(bertta, WIDE.format("-200,00"), kind="forecasts")
    page = bertta.get(address(upload)).text
    assert "rivi 2, kuukausien summa" in page
    assert "mutta sen kuukausien summa on −150,00" in page
    said = {"kind": "forecasts", "source": "koe", "period": "2023-07", "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, year="2023", column_amount="5")
    assert upload.mapping["columns"] == {"amount": "Yhteensä"}
    page = bertta.get(address(upload)).text
    assert "kuukausien summa on" not in page
    assert "Ei lueta: tammi 2023, helmi 2023" in page


def test_years_unlike_the_header_are_settled_below(bertta: Client) -> None:
    text = "Yksikkö;Tili;Vuosi;Ennuste 2023\n64110100;4000;2022;-100,00\n"
    upload = give(bertta, text, kind="forecasts")
    page = bertta.get(address(upload)).text
    assert "Summien otsikossa on vuosi 2023, mutta näiden rivien vuosi on 2022" in page
    assert 'href="#id_column_year"' in page


def test_a_year_of_all_rows_that_the_header_denies_is_settled_below(bertta: Client) -> None:
    text = "Yksikkö;Tili;Ennuste 2023\n64110100;4000;-100,00\n"
    upload = give(bertta, text, kind="forecasts")
    said = {"kind": "forecasts", "source": "koe", "period": "2023-07", "sign": "revenue_positive"}
    page = bertta.get(address(act(bertta, upload, "read", **said, year="2022"))).text
    assert "mutta kaikkien rivien vuodeksi annettiin 2022" in page
    assert 'href="#id_year"' in page
