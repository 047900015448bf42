"""The bridge where only some units, or some rows, have a forecast."""

import re
from pathlib import Path

import pytest
from django.test import Client

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.users.models import User
from web.imports.small_town import BUDGET, FORECASTS, Town


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    town = Town.found("simo", tmp_path)
    town.post("11;4000;1.6.2023;-10,00;1;Palkka")
    lines = "11;4000;;2023;-100\n20;4000;;2023;-300\n20;3300;;2023;50\n"
    town.bring_in(Kind.BUDGET, BUDGET + lines)
    return town


def forecast(town: Town, *lines: str) -> list[tuple[str, int]]:
    """Bring in forecasts, and return the bridge of the whole between its ends."""
    content = FORECASTS + "".join(f"{line};30.6.2023;johtaja;syy\n" for line in lines)
    town.bring_in(Kind.FORECASTS, content, period="2023-06")
    reader = User.objects.create_user("lukija")
    Membership.objects.create(user=reader, municipality=town.owner, role=Role.READER)
    client = Client()
    client.force_login(reader)
    page = client.get("/simo/poikkeamat/").text.replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")
    bridge = page.split('class="barred bridge"')[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?(-?[\d ]+)</(?:a|span)></td>', bridge)
    told = [(re.sub("<[^>]+>", "", words).strip(), int(amount)) for words, amount in rows]
    return told[1:-1]


def test_units_without_a_forecast_are_named(town: Town) -> None:
    assert forecast(town, "11;Toimintakulut;2023;-120") == [
        ("10 Toimintakulut", -20),
        ("1 Toimintakulut, ei ennustetta: 20", 300),
        ("Ei rivien ennusteissa", -50),
    ]


def test_a_forecast_of_the_whole_is_told_as_given_on_it(town: Town) -> None:
    assert forecast(town, "1;Toimintakulut;2023;-420", "1;Toimintatuotot;2023;50") == [
        ("1 Toimintakulut, annettu kokonaisuudelle, ei sen osille", -20)
    ]
