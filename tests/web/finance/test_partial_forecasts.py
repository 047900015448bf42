"""Findings and the bridge where only some units, or some rows, have a forecast."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from katsaus.core.figures import Items
from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.core.tables import ReportTable
from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.planning.use_cases import give_note
from katsaus.web.reports.compose import compose
from katsaus.web.users.models import User
from web.imports.small_town import BUDGET, FORECASTS, Town


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    town = Town.found("simo", tmp_path)
    town.post("11;4000;1.6.2023;-10,00;1;Palkka")
    lines = "11;4000;;2023;-100\n20;4000;;2023;-300\n20;3300;;2023;50\n"
    town.bring_in(Kind.BUDGET, BUDGET + lines)
    return town


def reader(town: Town, *lines: str) -> Client:
    """Bring in forecasts, and return the browser of a person who may look at them."""
    content = FORECASTS + "".join(f"{line};30.6.2023;johtaja;syy\n" for line in lines)
    town.bring_in(Kind.FORECASTS, content, period="2023-06")
    person = User.objects.create_user("lukija")
    Membership.objects.create(user=person, municipality=town.owner, role=Role.READER)
    client = Client()
    client.force_login(person)
    return client


def shown(client: Client, address: str) -> str:
    return client.get(address).text.replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")


def forecast(town: Town, *lines: str) -> list[tuple[str, int]]:
    """Bring in forecasts, and return the bridge of the whole between its ends."""
    page = shown(reader(town, *lines), "/simo/poikkeamat/")
    bridge = page.split('class="barred bridge"')[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?(-?[\d ]+)</(?:a|span)></td>', bridge)
    told = [(re.sub("<[^>]+>", "", words).strip(), int(amount)) for words, amount in rows]
    return told[1:-1]


def test_units_without_a_forecast_are_named(town: Town) -> None:
    assert forecast(town, "11;Toimintakulut;2023;-120") == [
        ("10 Toimintakulut", -20),
    ]


def test_a_forecast_of_a_margin_is_a_part_and_its_rows_lack_none(town: Town) -> None:
    told = forecast(town, "11;Toimintakate;2023;-120", "20;Toimintakulut;2023;-310")
    assert told == [
        ("10 Toimintakate", -20),
        ("20 Toimintakulut", -10),
    ]


def test_a_forecast_of_the_whole_is_told_as_given_on_it(town: Town) -> None:
    assert forecast(town, "1;Toimintakulut;2023;-420", "1;Toimintatuotot;2023;50") == [
        ("1 Toimintakulut, annettu kokonaisuudelle, ei sen osille", -20)
    ]


ONE_OF_TWO = "11;Toimintakulut;2023;-120"
WORSE = "Toimintakatteen ennuste on 20 € muutettua talousarviota heikompi"
LACKING = "Ennuste puuttuu: 20. "
LEFT_OUT = "Puuttuvan osan muutettu talousarvio, 250 €, ei ole mukana poikkeamassa."
IN_TABLES = "Taulukoiden ennusteissa sitä ei ole mukana."


def test_the_finding_is_drawn_from_what_was_forecast_and_names_what_was_not(town: Town) -> None:
    client = reader(town, ONE_OF_TWO)
    page = shown(client, "/simo/")
    assert f"<h1>{WORSE}</h1>" in page
    assert LACKING + LEFT_OUT in page
    assert "osin ilman ennustetta" in page
    page = shown(client, "/simo/talous/?row=operating_expenses")
    assert "<h1>Toimintakulut: ennuste on 20 € muutettua talousarviota heikompi</h1>" in page
    assert LACKING + IN_TABLES in page


def test_the_report_draws_the_same_finding(town: Town) -> None:
    reader(town, ONE_OF_TWO)
    report = compose(town.owner, Period(2023, 6), "fi")
    assert report.finding.replace(NO_BREAK_SPACE, " ") == WORSE
    assert LACKING + IN_TABLES in report.lead.replace(NO_BREAK_SPACE, " ")


def test_a_whole_forecast_says_nothing_of_gaps(town: Town) -> None:
    lines = (ONE_OF_TWO, "20;Toimintakulut;2023;-300", "20;Toimintatuotot;2023;50")
    client = reader(town, *lines)
    for address in ("/simo/", "/simo/talous/"):
        page = shown(client, address)
        assert "Ennuste puuttuu" not in page
        assert "osin ilman ennustetta" not in page
    assert WORSE in shown(client, "/simo/")


def test_a_report_without_a_forecast_tells_the_pace_and_has_no_columns_of_it(town: Town) -> None:
    report = compose(town.owner, Period(2023, 6), "fi")
    pace = "Toimintakatteesta on toteutunut 3 %; tasainen kertymä on 50 %"
    assert report.finding.replace(NO_BREAK_SPACE, " ") == pace
    assert report.lead == "Toimintakatteelle ei ole annettu ennustetta."
    blocks = [block for each in report.sections for block in each.blocks]
    tables = [block for block in blocks if isinstance(block, ReportTable)]
    assert tables
    assert not {column.id for table in tables for column in table.columns} & {
        "forecast_2023",
        "deviation",
        "deviation_2023",
    }


def test_without_a_budget_the_finding_is_what_has_been_realized(town: Town) -> None:
    town.post("11;4000;1.6.2022;-2500000,00;1;Palkka")
    report = compose(town.owner, Period(2022, 6), "fi")
    told = report.finding.replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")
    assert told == "Toimintakate 1–6/2022 on -2,50 milj. €"


def test_deviations_name_what_lacks_a_forecast(town: Town) -> None:
    page = shown(reader(town, ONE_OF_TWO), "/simo/poikkeamat/")
    assert LACKING + LEFT_OUT in page


PART = "Osalta puuttuu ennuste: summassa ovat vain annetut ennusteet."
OF_WHOLE = "Osalta puuttuu ennuste: poikkeama on laskettu koko muutetusta talousarviosta."


def test_tables_mark_forecasts_of_a_part_and_their_deviations_and_tell_each_once(
    town: Town,
) -> None:
    page = shown(reader(town, ONE_OF_TWO), "/simo/talous/?row=operating_expenses")
    marked = re.findall(r'<td role="cell" class="(\w+)"[^>]*>(?:(?!</td>).)*aria-label', page)
    assert marked == ["forecast", "deviation"]  # of the whole; the unit that forecast has all
    assert page.count(PART) == page.count(OF_WHOLE) == 1


def test_a_note_on_a_forecast_of_a_part_tells_both(town: Town) -> None:
    client = reader(town, ONE_OF_TWO)
    key = CellKey("1", "operating_expenses", "forecast_2023")
    give_note(
        municipality=town.owner,
        period=Period(2023, 6),
        items=Items.ALL,
        key=key,
        text="Arvio.",
        person=User.objects.get(),
    )
    page = shown(client, "/simo/talous/?row=operating_expenses")
    assert f"TP-ennuste 2023: Arvio. {PART}" in page


def test_the_tables_of_the_report_mark_it_as_the_screen_does(town: Town) -> None:
    reader(town, ONE_OF_TWO)
    tables = compose(town.owner, Period(2023, 6), "fi").tables
    table = next(each for each in tables if each.id == "income_statement")
    marked = {
        (row.id, column.id)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.mark
    }
    assert ("operating_expenses", "forecast_2023") in marked
    assert {column for _row, column in marked} == {"forecast_2023"}
    assert table.notes == (PART,)


def test_a_figure_of_a_part_says_what_it_is_without(town: Town) -> None:
    client = reader(town, ONE_OF_TWO)
    place = "/simo/luku/?unit=1&row=operating_expenses&period=2023-06&column="
    page = shown(client, f"{place}forecast_2023")
    assert "Ennuste puuttuu: 20. Tässä ennusteessa sitä ei ole mukana." in page
    page = shown(client, f"{place}deviation_2023")
    assert "Ennuste puuttuu: 20. Ilman puuttuvaa osaa poikkeama on -20,00 €." in page
    assert "Ennuste puuttuu" not in shown(client, f"{place}budget_2023")


def test_a_forecast_below_what_is_realized_already_is_told_of(town: Town) -> None:
    town.post("20;4000;1.6.2023;-500000,00;2;Palkka")
    lines = ("11;Toimintakulut;2023;-120", "20;Toimintakulut;2023;-400000,00")
    page = shown(reader(town, *lines), "/simo/poikkeamat/?level=unit")
    said = "Toteuma on jo 0,50 milj. €, enemmän kuin koko vuoden ennuste."
    assert [said in row for row in page.split("<tr>") if ">20</a>" in row].count(True) == 1


def test_the_chart_of_the_report_draws_what_the_finding_tells(town: Town) -> None:
    reader(town, ONE_OF_TWO)
    report = compose(town.owner, Period(2023, 6), "fi")
    blocks = [block for each in report.sections for block in each.blocks]
    charts = [each for each in blocks if isinstance(each, ReportTable) and each.chart_description]
    total = charts[0].groups[0].rows[-1].cells[0]
    assert (total.value, total.key) == (Decimal(-20), None)
    assert charts[0].groups[0].rows[-1].label == "Yhteensä (osin ilman ennustetta)"


def test_the_bridge_begins_from_the_budget_of_what_has_a_forecast_and_names_the_rest(
    town: Town,
) -> None:
    lines = "12;4000;;2023;-40\n"
    town.bring_in(Kind.BUDGET, BUDGET + lines, source="toinen", name="lisä.csv")
    page = shown(reader(town, ONE_OF_TWO), "/simo/poikkeamat/")
    bridge = page.split('class="barred bridge"')[1].split("</table>")[0]
    words = [re.sub("<[^>]+>", " ", each).split() for each in bridge.split("<tr")[2:]]
    assert [" ".join(each[1:]) for each in words] == [
        "Muutettu TA 2023 ilman osia, joilla ei ole ennustetta: 20, 12 -100",
        "10 Toimintakulut -20",
        "TP-ennuste 2023 -120",
    ]
