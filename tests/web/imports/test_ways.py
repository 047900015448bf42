"""The ways of keeping a file of plans or postings: what each would lose, double or begin."""

import pytest
from django.test import Client
from django.utils.translation import override

from katsaus.ledger.importers import Kind
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports import queries
from katsaus.web.imports.messages import sentence
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.previews import Preview
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import FORECAST, act, address, give, kept_batch

WAGES = "64110100;4000;2023;-100,00;31.7.2023;päällikkö;koe\n"
SERVICES = "64110100;4300;2023;-50,00;31.7.2023;päällikkö;koe\n"
POSTINGS = "Yksikkö;Tili;Tositepäivä;Summa\n"
BUDGET = "Yksikkö;Rivi;Vuosi;Summa\n"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _preview(browser: Client, upload: Upload) -> Preview:
    found = browser.get(address(upload)).context["preview"]
    assert isinstance(found, Preview)
    return found


def _ways(found: Preview) -> list[tuple[bool, bool, str]]:
    return [(way.replaces, way.is_usual, way.told) for way in found.ways]


def test_a_forecast_that_has_all_of_the_older_one_replaces_it(bertta: Client) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    upload = give(bertta, FORECAST + WAGES.replace("-100", "-110") + SERVICES, "uusi.csv")
    assert _ways(_preview(bertta, upload)) == [
        (True, True, ""),
        (False, False, "1 luku on kummassakin ja laskettaisiin kahdesti."),
    ]


def test_a_forecast_of_other_rows_is_added(bertta: Client) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    upload = give(bertta, FORECAST + SERVICES, "uusi.csv")
    assert _ways(_preview(bertta, upload)) == [
        (True, False, "1 luku, jota tiedostossa ei ole, jäisi pois laskuista."),
        (False, True, ""),
    ]


def test_a_forecast_that_has_some_of_the_older_one_is_the_persons_to_settle(
    bertta: Client,
) -> None:
    first = kept_batch(act(bertta, give(bertta, FORECAST + WAGES + SERVICES), "keep"))
    upload = give(bertta, FORECAST + WAGES.replace("-100", "-110"), "uusi.csv")
    page = bertta.get(address(upload))
    assert page.context["preview"].is_open
    assert (page.text.count("required> "), page.text.count("checked> ")) == (2, 0)
    answer = bertta.post(address(upload), {"action": "keep"}, follow=True)
    assert "Valitse, korvaako tiedosto aiemman vai lisätäänkö se siihen." in answer.text
    upload.refresh_from_db()
    assert upload.state == State.READ
    kept_batch(act(bertta, upload, "keep", replaces="1"))
    first.refresh_from_db()
    assert first.status == "superseded"


def test_the_sums_before_are_of_the_files_round_and_year(
    kemi: Municipality, bertta: Client
) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    other = _preview(bertta, give(bertta, FORECAST + SERVICES, "toinen.csv", period="2023-08"))
    assert [each.rows for each in other.ways[0].totals] == ["0", "1", "1"]
    budget = give(
        bertta, BUDGET + "64110100;Toimintakulut;2031;-1,00\n", "ta.csv", period="", kind="budget"
    )
    assert [each.rows for each in _preview(bertta, budget).ways[0].totals] == ["0", "1", "1"]
    assert queries.sums(kemi, Kind.BUDGET).rows > 0


def test_postings_of_a_later_month_are_told_to_begin_a_period(bertta: Client) -> None:
    upload = give(bertta, POSTINGS + "64110100;4000;5.7.2023;-3,00\n", "a.csv", period="")
    begins = _preview(bertta, upload).begins
    assert begins is not None
    assert (begins.period, begins.amount) == (
        "1.1.\N{EN DASH}31.7.2023",
        "\N{MINUS SIGN}3,00\N{NO-BREAK SPACE}€",
    )
    assert "Uusi kausi alkaa" in bertta.get(address(upload)).text
    upload = give(bertta, POSTINGS + "64110100;4000;5.6.2023;-3,00\n", "b.csv", period="")
    assert _preview(bertta, upload).begins is None


def test_a_forecast_of_another_year_than_its_round_is_not_kept(bertta: Client) -> None:
    upload = give(bertta, FORECAST + WAGES.replace("2023;-", "2024;-"))
    page = bertta.get(address(upload)).text
    assert "Ennustekierros on vuodelta 2023, mutta nämä rivit ovat vuodelta 2024" in page
    assert 'value="keep"' not in page


def test_a_budget_with_a_sum_beside_its_parts_names_the_row_and_the_part(bertta: Client) -> None:
    rows = "64110100;Henkilöstökulut;2024;-40,00\n64110100;Toimintakulut;2024;-90,00\n"
    page = bertta.get(address(give(bertta, BUDGET + rows, "ta.csv", period="", kind="budget"))).text
    assert "Yksiköllä 64110100 on sekä ”Toimintakulut” että sen osia (rivejä: 1," in page
    assert "ensimmäinen rivillä 2)" in page
    assert 'value="keep"' not in page


def test_turned_signs_are_asked_about_beside_the_field_that_turns_them(bertta: Client) -> None:
    rows = "64110100;Toimintakulut;2024;90,00\n"
    upload = give(bertta, BUDGET + rows, "ta.csv", period="", kind="budget")
    page = bertta.get(address(upload)).text
    assert "Toimintakulut ovat yhteensä 90,00\N{NO-BREAK SPACE}€, vaikka menot" in page
    assert '<a href="#id_sign">' in page
    assert 'value="keep"' in page
    said = {"kind": "budget", "source": "koe", "period": "", "sign": "expense_positive"}
    turned = act(bertta, upload, "read", **said)
    assert "vaikka menot" not in bertta.get(address(turned)).text


@pytest.mark.parametrize("days", ["2033-05-05", "2033-05-05/2034-01-01"])
def test_days_that_cannot_be_of_postings_are_written_as_days_with_those_that_can(
    days: str,
) -> None:
    possible = ("1999-01-01", "2027-12-31")
    problem = Problem(ProblemCode.OUTSIDE_PERIOD, "x.csv", 2, value=days, possible=possible)
    with override("fi"):
        told = sentence(problem)
    shown = {"2033-05-05": "5.5.2033"}.get(days, "5.5.2033\N{EN DASH}1.1.2034")
    assert f"vientien päiviä: {shown} (" in told
    assert "väliltä 1.1.1999\N{EN DASH}31.12.2027" in told


def test_a_budget_without_a_year_is_read_with_the_one_that_the_form_says(bertta: Client) -> None:
    content = "Yksikkö;Rivi;Summa\n64110100;Toimintakulut;-1,00\n"
    upload = give(bertta, content, "ta.csv", period="", kind="budget")
    assert '<a href="#id_year">' in bertta.get(address(upload)).text
    said = {"kind": "budget", "source": "koe", "period": "", "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, year="2026")
    page = bertta.get(address(upload))
    assert "vuosi 2026" in page.text
    assert page.context["form"]["year"].value() == 2026
    batch = kept_batch(act(bertta, upload, "keep"))
    assert (batch.first_month, batch.rows) == (202600, 1)


def test_only_plans_are_asked_for_their_year(bertta: Client) -> None:
    upload = give(bertta, POSTINGS + "64110100;4000;5.6.2023;-3,00\n", "b.csv", period="")
    assert "year" not in bertta.get(address(upload)).context["form"].fields
