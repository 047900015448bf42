"""The form that explains a deviation: what it refuses at its fields, and what it says was kept."""

import re
from html import unescape

import pytest
from django.test import Client

from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import DeviationItem
from web.cast import sign_in
from web.strategy.sent_forms import AT, faults, form_of, send
from web.strategy.test_editing import EXPLANATION

NEW = f"{AT}lisaa/explanations/?unit=64320000&period=2023-06"


@pytest.fixture
def aino(kemi: Municipality) -> Client:
    return sign_in("aino", kemi)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"unit": ""}, "unit", "Täytä"),
        ({"unit": "64330000"}, "unit", "64330000"),
        ({"unit": "64320000", "euros": "0"}, "euros", "0 euroa"),
        ({"euros": "0,00 €"}, "euros", "0 euroa"),
        ({"period": "2023"}, "period", "2023"),
        ({"period": "2031-06"}, "period", "2031-06"),
        ({"period": ""}, "period", "Täytä"),
        ({"euros": "-320 t€"}, "euros", "Kirjoita se kuten -320 000."),
    ],
)
def test_a_fault_is_said_at_its_field_and_what_was_written_stays(
    aino: Client, changes: dict[str, str], field: str, says: str
) -> None:
    answer = send(aino, NEW, **{**EXPLANATION, **changes})
    assert answer.status_code == 422
    assert says in faults(answer)[field]
    assert "sarak" not in faults(answer)[field]
    assert form_of(answer.content)["cause"] == ["Sijaiset"]
    assert not DeviationItem.objects.filter(cause="Sijaiset").exists()


def test_a_unit_that_is_typed_and_not_ones_own_is_refused_at_its_field(
    aino: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("katsaus.web.strategy.desks.MOST_OPTIONS", 0)
    answer = send(aino, NEW, **EXPLANATION | {"unit": "64330000"})
    assert answer.status_code == 422
    assert "muokattavissasi" in faults(answer)["unit"]
    assert form_of(answer.content)["cause"] == ["Sijaiset"]
    assert not DeviationItem.objects.filter(cause="Sijaiset").exists()


def test_a_december_is_chosen_by_its_months(aino: Client) -> None:
    address = NEW.replace("2023-06", "2022-12")
    form = form_of(aino.get(address).content)
    assert form["period"] == ["2022"]
    assert '<option value="2022" selected>1–12/2022</option>' in aino.get(address).text
    assert send(aino, address, **EXPLANATION | {"period": "2022"}).status_code == 302
    item = DeviationItem.objects.get(cause="Sijaiset")
    assert (item.year, item.month) == (2022, 12)


def test_a_period_that_an_item_already_has_can_stay(kemi: Municipality, aino: Client) -> None:
    unit = kemi.units.get(code="64320000")
    item = DeviationItem.objects.create(
        municipality=kemi,
        year=2031,
        month=12,
        unit=unit,
        row="operating_expenses",
        cause="Vanha",
        euros=5,
    )
    address = f"{AT}muuta/explanations/{item.pk}/"
    assert form_of(aino.get(address).content)["period"] == ["2031"]
    assert send(aino, address, euros="6").status_code == 302


def test_what_was_kept_says_its_unit_and_period(aino: Client) -> None:
    page = aino.get("/kemi/poikkeamat/", {"unit": "64320000"}).text
    address = unescape(re.findall(r'href="([^"]*lisaa/explanations/[^"]*)"', page)[0])
    sent = send(aino, address, **EXPLANATION | {"period": "2023-05"})
    told = aino.get(sent.location).text
    assert re.search(r"Tallennettu: [^<]+, 1–5/2023\.", told)
