"""Rows that change places with those above and below them."""

import re

import pytest
from django.test import Client

from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.records import tables
from web.cast import sign_in
from web.strategy.sent_forms import AT, Answer


def order_of(table: str, kemi: Municipality, **group: str) -> list[str]:
    """Return the codes of a table's rows, of those of a group, in their order."""
    found = tables(kemi, [table])[table]
    return [each["code"] for each in found if group.items() <= each.items()]


def test_a_goal_moves_in_its_theme_and_the_strategy_is_shown_in_that_order(
    kemi: Municipality, bertta: Client
) -> None:
    first, second, *others = order_of("goals", kemi, theme="arki")
    list_of = f"{AT}taulukot/goals/"
    sent = Answer.of(bertta, list_of, {"down": first})
    assert sent.location == f"{list_of}?page=1#r-{first}"
    assert order_of("goals", kemi, theme="arki") == [second, first, *others]
    shown = bertta.get("/kemi/strategia/").content.decode()
    assert shown.index(f"/tavoite/{second}/") < shown.index(f"/tavoite/{first}/")
    event = Event.objects.filter(municipality="kemi")[0]
    assert (event.action, event.subject) == ("row.moved", f"goals: {first}")
    assert Answer.of(bertta, list_of, {"up": first}).status_code == 302
    assert order_of("goals", kemi, theme="arki") == [first, second, *others]


def test_a_row_does_not_move_out_of_its_group(kemi: Municipality, bertta: Client) -> None:
    before = tables(kemi)
    list_of = f"{AT}taulukot/goals/"
    first, last = (order_of("goals", kemi, theme="arki")[each] for each in (0, -1))
    page = bertta.get(list_of).content.decode()
    for way, key in (("up", first), ("down", last), ("up", "ei_ole"), ("down", "")):
        assert f'name="{way}" value="{key}"' not in page
        assert Answer.of(bertta, list_of, {way: key}).status_code == 302
    assert tables(kemi) == before
    assert not Event.objects.filter(action="row.moved").exists()


@pytest.mark.parametrize("name", ["actions", "indicators", "indicator_links", "decisions"])
def test_a_row_moves_down_and_up_again(kemi: Municipality, bertta: Client, name: str) -> None:
    before, list_of = tables(kemi, [name])[name], f"{AT}taulukot/{name}/"
    key = re.findall(r'name="down" value="([^"]+)"', bertta.get(list_of).content.decode())[0]
    sent = Answer.of(bertta, list_of, {"down": key})
    after = tables(kemi, [name])[name]
    assert after != before
    assert sorted(map(str, after)) == sorted(map(str, before))
    assert Answer.of(bertta, sent.location, {"up": key}).status_code == 302
    assert tables(kemi, [name])[name] == before


def test_a_button_says_which_row_it_moves(bertta: Client) -> None:
    page = bertta.get(f"{AT}taulukot/goals/").content.decode()
    buttons = re.findall(r"<button name=\"(?:up|down)\".*?</button>", page)
    names = [re.sub("<[^>]+>", "", each) for each in buttons]
    assert len(set(names)) == len(names) > 10
    assert "Ylemmäs: " in " ".join(names)
    assert 'name="down"' not in bertta.get(f"{AT}taulukot/values/").content.decode()
    searched = bertta.get(f"{AT}taulukot/goals/", {"q": "kemi"}).content.decode()
    assert 'name="down"' not in searched


@pytest.mark.parametrize("person", ["aino", "cecilia", "daavid", "tarkastaja"])
def test_only_who_edits_the_strategy_moves_its_rows(kemi: Municipality, person: str) -> None:
    code = order_of("goals", kemi)[0]
    sent = sign_in(person, kemi).post(f"{AT}taulukot/goals/", {"down": code})
    assert sent.status_code == 403
