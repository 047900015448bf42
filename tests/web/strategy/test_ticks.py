"""Fields that hold several things: tick boxes, and codes where there is too much to tick."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from katsaus.definitions.tables import strategy_table
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.records import records_of, rows
from katsaus.web.strategy.forms import RowForm
from web.strategy.sent_forms import AT, form_of, send

GOAL = f"{AT}muuta/goals/asuinalueet/"


def test_of_several_things_each_is_ticked_and_the_chosen_come_first(
    kemi: Municipality, bertta: Client
) -> None:
    goal = models.Goal.objects.filter(municipality=kemi, units__isnull=False).distinct()[0]
    page = bertta.get(f"{AT}muuta/goals/{goal.code}/").content.decode()
    assert "<select multiple" not in page
    assert "Ctrl" not in page
    ticks = re.findall(r'name="units" value="(\w+)"( checked)?', page)
    assert len(dict(ticks)) == len(ticks) > 20
    chosen = [code for code, checked in ticks if checked]
    assert [code for code, _ in ticks][: len(chosen)] == chosen
    assert set(chosen) == set(goal.units.values_list("code", flat=True))
    send(bertta, f"{AT}muuta/goals/{goal.code}/", units=[*chosen, "64320000"])
    assert set(goal.units.values_list("code", flat=True)) == {*chosen, "64320000"}


def test_a_unit_that_is_in_no_hierarchy_stays_where_it_was_chosen(
    kemi: Municipality, bertta: Client
) -> None:
    goal = models.Goal.objects.get(municipality=kemi, code="asuinalueet")
    goal.units.set([kemi.units.create(code="muinainen", name_fi="Muinainen", level="division")])
    assert send(bertta, GOAL, name_fi="Asuinalueet").status_code == 302
    assert [each.code for each in goal.units.all()] == ["muinainen"]


def test_what_there_is_too_much_of_to_tick_is_given_by_its_codes(
    kemi: Municipality, bertta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("katsaus.web.strategy.desks.MOST_TICKS", 3)
    goal = models.Goal.objects.filter(municipality=kemi, units__isnull=False).distinct()[0]
    before = sorted(goal.units.values_list("code", flat=True))
    address = f"{AT}muuta/goals/{goal.code}/"
    given = form_of(bertta.get(address).content)["units"]
    assert sorted(given[0].split()) == before
    assert send(bertta, address, units="\n".join([*before, "64320000"])).status_code == 302
    assert sorted(goal.units.values_list("code", flat=True)) == sorted({*before, "64320000"})


def test_two_thousand_units_make_a_page_that_can_be_sent(kemi: Municipality) -> None:
    units = [(f"{number:08}", f"Toimintayksikkö {number}") for number in range(2_000)]
    record = records_of(strategy_table("goals"), rows(kemi, strategy_table("goals"))[:1]).popitem()
    form = RowForm(None, strategy_table("goals"), {"units": units}, record[1], {})
    page = render_to_string("strategy/field.html", {"field": form["units"]})
    assert page.count("<input") >= 2_000
    assert len(page) < 400_000
