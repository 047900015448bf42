"""Where a page of a row is: its path, and its place in the menu."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from katsaus.definitions.tables import strategy_table
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.records import records_of, rows
from katsaus.web.strategy.words import EDITED
from web.strategy.sent_forms import AT

ANGLE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


@pytest.mark.parametrize("name", EDITED)
def test_each_row_is_called_by_something_and_no_path_has_an_empty_name(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    table = strategy_table(name)
    [(pk, record)] = records_of(table, rows(kemi, table)[:1]).items()
    key = record["code"] if table.key == ("code",) else str(pk)
    for address in (
        reverse("table", args=("kemi", name)),
        reverse("row", args=("kemi", name, key)),
        reverse("row_remove", args=("kemi", name, key)),
    ):
        page = bertta.get(address).content.decode()
        path = re.findall(r'<p class="path">(.*?)</p>', page)[0]
        assert all(re.sub("<[^>]+>", "", each).strip() for each in path.split(ANGLE)), address
    assert re.search(r"<h1>[^<]+</h1>", bertta.get(reverse("row", args=("kemi", name, key))).text)


def test_a_row_without_a_name_says_what_it_is(kemi: Municipality, bertta: Client) -> None:
    value = models.IndicatorValue.objects.get(
        indicator__code="auditoidut_paivakodit", scenario="actual", indicator__municipality=kemi
    )
    page = bertta.get(f"{AT}muuta/values/{value.pk}/").content.decode()
    assert re.findall(r"<h1>([^<]+)</h1>", page)[0].startswith("Auditoidut päiväkodit, ")


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("lisaa/explanations/", "Poikkeamat"),
        ("taulukot/explanations/", "Poikkeamat"),
        ("lisaa/goals/", "Strategia"),
    ],
)
def test_the_menu_stays_where_the_rows_are_shown(bertta: Client, address: str, here: str) -> None:
    page = bertta.get(AT + address).content.decode()
    assert set(re.findall(r'aria-current="page">([^<]+)</a>', page)) == {here}
