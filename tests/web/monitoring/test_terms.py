"""Two terms of a strategy on its pages: each for its own years, a goal with the one before."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katsaus.cli import demo
from katsaus.core.names import Names
from katsaus.core.terms import Part, Term
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.use_cases.terms import continue_strategy
from web.cast import sign_in
from web.monitoring.seen import bring_in, text

PAGE = "/kemijarvi/strategia/"
GOAL = "tavoite/oikein_mitoitetut_palvelut"


@pytest.fixture
def reader(kemi: Municipality, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader of Kemijärvi, whose strategy goes on from 2024 to 2027, on a day of 2026."""
    for module in ("rounds", "strategies"):
        monkeypatch.setattr(f"katsaus.web.monitoring.{module}.localdate", lambda: date(2026, 7, 15))
    demo.load_third()
    kemijarvi = Municipality.objects.get(slug="kemijarvi")
    bring_in(
        kemijarvi,
        "reports: action; period; state\n"
        "  palvelutarve; 2022-06; under_way\n  palvelutarve; 2023; done\n",
    )
    continue_strategy(
        municipality=kemijarvi,
        code="kemijarvi_2021_2023",
        term=Term("kemijarvi_2024_2027", Names("Toimenpideohjelma 2024–2027"), 2024, 2027),
        ends=frozenset({(Part.GOAL, "henkilosto")}),
    )
    return sign_in("daavid", kemijarvi)


@pytest.mark.parametrize(
    ("query", "name", "day"),
    [
        ("", "Toimenpideohjelma 2024–2027", "30 Jun 2026"),
        ("?period=2023-12", "Action programme 2021–2023", "31 Dec 2023"),
        ("?period=2024-06", "Toimenpideohjelma 2024–2027", "30 Jun 2024"),
        ("?strategy=kemijarvi_2021_2023", "Action programme 2021–2023", "31 Dec 2023"),
        ("?strategy=kemijarvi_2024_2027", "Toimenpideohjelma 2024–2027", "30 Jun 2026"),
    ],
)
def test_a_period_is_looked_at_in_the_strategy_of_its_year(
    reader: Client, query: str, name: str, day: str
) -> None:
    found = text(reader, PAGE + query)
    assert f"{name}, the situation on {day}" in found


def test_the_periods_of_a_chosen_strategy_are_those_of_its_years(reader: Client) -> None:
    page = reader.get(f"{PAGE}?strategy=kemijarvi_2024_2027").content.decode()
    assert "period=2024-06" in page
    assert "period=2023-12" not in page
    every = reader.get(PAGE).content.decode()
    assert "period=2024-06" in every
    assert "period=2021-06" in every


def test_the_map_is_of_the_strategy_in_force(reader: Client) -> None:
    assert "Toimenpideohjelma 2024–2027" in text(reader, f"{PAGE}kartta/")
    assert "Action programme 2021–2023" in text(
        reader, f"{PAGE}kartta/?strategy=kemijarvi_2021_2023"
    )


def test_a_goal_leads_to_the_one_before_it_and_back(reader: Client) -> None:
    new = reader.get(f"{PAGE}{GOAL}_2024/").content.decode()
    assert f'href="{PAGE}{GOAL}/"' in new
    old = reader.get(f"{PAGE}{GOAL}/").content.decode()
    assert f'href="{PAGE}{GOAL}_2024/"' in old
    assert "Goes on in 2024–2027 as" in text(reader, f"{PAGE}{GOAL}/")
    ended = text(reader, f"{PAGE}tavoite/henkilosto/")
    assert "Goes on" not in ended


def test_an_action_tells_how_it_was_left_in_the_earlier_term(reader: Client) -> None:
    found = text(reader, f"{PAGE}{GOAL}_2024/")
    assert "In 2021–2023 this was" in found
    assert "2021–2023 : Palvelut vastaamaan asukasmäärää ja palvelutarvetta ✓ Done" in found
    assert "Nothing has been told of the period." in found
    page = reader.get(f"{PAGE}{GOAL}_2024/").content.decode()
    assert f'href="{PAGE}{GOAL}/#a-palvelutarve"' in page


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}{GOAL}_2024/", f"{PAGE}{GOAL}/"])
def test_the_pages_ask_at_most_fifteen_times(reader: Client, address: str) -> None:
    shelves.empty()
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 200
    assert len(queries) <= 15
