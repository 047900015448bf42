"""The page of the next term: who may, what is ticked, what is seen is what is kept."""

import html
import re
from typing import Protocol

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katsaus.cli import demo
from katsaus.web.audit import shelves
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.records import tables
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import bring_in

PAGE = "/kemi/strategia/seuraava-kausi/"
OURS = "/kemijarvi/strategia/seuraava-kausi/"
SAID = {
    "name_fi": "Toimenpideohjelma 2024–2027",
    "name_sv": "",
    "name_en": "",
    "first_year": "2024",
    "last_year": "2027",
    "code": "kemijarvi_2024_2027",
}
ENDS = ("goal:henkilosto", "action:digitalisaatio", "programme:viestintaohjelma")
TICK = re.compile(r'name="goes_on" value="([^"]+)"( checked)?')


class Answer(Protocol):
    """What the server answered."""

    status_code: int

    @property
    def content(self) -> bytes: ...

    def __getitem__(self, header: str, /) -> str: ...


@pytest.fixture
def kemijarvi(kemi: Municipality) -> Municipality:
    demo.load_third()
    return Municipality.objects.get(slug="kemijarvi")


@pytest.fixture
def bertta(kemijarvi: Municipality) -> Client:
    return sign_in("bertta", kemijarvi)


def body(response: Answer) -> str:
    return html.unescape(response.content.decode())


def hidden(response: Answer) -> dict[str, str]:
    text = response.content.decode()
    found = {}
    for tag in re.findall(r"<input [^>]*>", text):
        if 'type="hidden"' in tag:
            name = re.search(r'name="([^"]*)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name:
                found[name[1]] = html.unescape(value[1]) if value else ""
    found.pop("csrfmiddlewaretoken")
    return found


def look(client: Client, *ends: str, **others: str) -> Answer:
    """Untick what ends and ask what that would do."""
    page = client.get(OURS)
    ticked = [value for value, _on in TICK.findall(body(page)) if value not in ends]
    posted = {**hidden(page), **SAID, **others, "goes_on": ticked, "action": "look"}
    return client.post(OURS, posted, headers={"accept-language": "en"})


def keep(client: Client, shown: Answer, **others: str) -> Answer:
    """Keep what was seen: what the browser sends of the page."""
    posted = {**hidden(shown), **others, "action": "keep"}
    return client.post(OURS, posted, headers={"accept-language": "en"})


def test_who_may_copy_the_strategy_forward(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed("bertta")


def test_everything_is_ticked_and_the_next_years_are_proposed(bertta: Client) -> None:
    page = body(bertta.get(OURS))
    ticks = TICK.findall(page)
    assert len(ticks) == 3 + 15 + 40 + 3
    assert all(on for _value, on in ticks)
    for name, value in (("first_year", 2024), ("last_year", 2026), ("code", "kemijarvi_2024_2026")):
        assert re.search(rf'name="{name}" value="{value}"', page)
    assert 'value="Åtgärdsprogram 2024–2026"' in page


def test_what_happens_is_told_first_and_nothing_is_kept(
    kemijarvi: Municipality, bertta: Client
) -> None:
    before, events = tables(kemijarvi), Event.objects.count()
    page = body(look(bertta, *ENDS))
    assert "<h1>14 goals go on, 1 ends</h1>" in page
    assert "Hyvinvoiva ja osaava henkilöstö" not in page.split("Goes on</h2>")[1]
    ends = " ".join(re.sub(r"<[^>]+>", " ", page.split("Ends</h2>")[1].split("</ul>")[0]).split())
    assert "goal, and its 4 actions" in ends
    assert "Digitalisaation hyödyntäminen action" in ends
    assert "programme, is not tied to the new term" in ends
    assert "(1 ends)" in page
    assert (tables(kemijarvi), Event.objects.count()) == (before, events)


def test_what_was_seen_is_kept_and_the_old_strategy_stays(
    kemijarvi: Municipality, bertta: Client
) -> None:
    before = tables(kemijarvi)
    answer = keep(bertta, look(bertta, *ENDS))
    assert answer.status_code == 302
    assert answer["Location"] == "/kemijarvi/strategia/?strategy=kemijarvi_2024_2027"
    after = tables(kemijarvi)
    assert all(row in after[name] for name, rows in before.items() for row in rows)
    new = {each["code"] for each in after["actions"]} - {each["code"] for each in before["actions"]}
    assert len(new) == 40 - 4 - 1
    assert "digitalisaatio_2024" not in new
    assert not [
        each
        for each in after["programme_parts"]
        if each["programme"] == "viestintaohjelma" and each["code"].endswith("_2024")
    ]
    page = bertta.get(answer["Location"], headers={"accept-language": "en"})
    assert "Toimenpideohjelma 2024–2027 was made." in body(page)
    event = Event.objects.filter(municipality="kemijarvi")[0]
    assert (event.action, event.person_name) == ("strategy.continued", "bertta")


def test_choices_are_changed_without_loss(bertta: Client) -> None:
    seen = look(bertta, *ENDS, name_fi="Oma nimi")
    page = body(bertta.post(OURS, {**hidden(seen), "action": "change"}))
    off = {value for value, on in TICK.findall(page) if not on}
    assert off == set(ENDS)
    assert 'value="Oma nimi"' in page


def test_the_second_time_is_refused_at_the_code(kemijarvi: Municipality, bertta: Client) -> None:
    seen = look(bertta)
    assert keep(bertta, seen).status_code == 302
    count = models.Goal.objects.filter(municipality=kemijarvi).count()
    again = keep(bertta, seen)
    assert again.status_code == 422
    assert "Check what goes on" in body(again) or "already" in body(again)
    assert models.Goal.objects.filter(municipality=kemijarvi).count() == count


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"first_year": "2023"}, "first_year", "in force to the end of 2023"),
        ({"last_year": "2020"}, "last_year", "The last year is before the first"),
        ({"code": "kemijarvi_2021_2023"}, "code", "Nothing is copied twice"),
        ({"code": "a b"}, "code", "“a b” is not a code"),
        ({"name_fi": ""}, "name_fi", "required"),
        ({"first_year": "pian"}, "first_year", "whole number"),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    bertta: Client, said: dict[str, str], field: str, told: str
) -> None:
    answer = look(bertta, *ENDS, **said)
    assert answer.status_code == 422
    page = body(answer)
    assert told in page.split(f'for="id_{field}"')[1].split("</div>")[0]
    assert {value for value, on in TICK.findall(page) if not on} == set(ENDS)


def test_what_was_changed_meanwhile_is_looked_at_again(
    kemijarvi: Municipality, bertta: Client
) -> None:
    seen = look(bertta, *ENDS)
    bring_in(kemijarvi, "actions: code; goal; name; responsible\n"
             "  palvelutarve; oikein_mitoitetut_palvelut; Toinen nimi; johtaja\n")  # fmt: skip
    before = tables(kemijarvi)
    answer = keep(bertta, seen)
    assert answer.status_code == 422
    assert "Something was changed meanwhile" in body(answer)
    assert tables(kemijarvi) == before


@pytest.mark.parametrize("seen", ["", "x", "x:y"])
def test_what_nobody_was_shown_is_not_kept(
    kemijarvi: Municipality, bertta: Client, seen: str
) -> None:
    before = tables(kemijarvi)
    assert keep(bertta, look(bertta), seen=seen).status_code == 422
    assert tables(kemijarvi) == before


def test_ends_that_were_altered_are_not_those_that_were_seen(
    kemijarvi: Municipality, bertta: Client
) -> None:
    before = tables(kemijarvi)
    assert keep(bertta, look(bertta), ends="goal:henkilosto").status_code == 422
    assert keep(bertta, look(bertta), ends="goal:muualla nonsense:x").status_code == 422
    assert tables(kemijarvi) == before


def test_a_goal_that_came_meanwhile_does_not_end_unseen(
    kemijarvi: Municipality, bertta: Client
) -> None:
    page = bertta.get(OURS)
    ticked = [value for value, _on in TICK.findall(body(page))]
    bring_in(kemijarvi, "goals: code; theme; name_fi\n  uusi; hyvinvointi; Uusi tavoite\n")
    posted = {**hidden(page), **SAID, "goes_on": ticked, "action": "look"}
    answer = bertta.post(OURS, posted, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "The strategy was changed since the page was opened" in body(answer)


def test_a_strategy_that_is_not_there_is_not_found(bertta: Client) -> None:
    assert bertta.get(f"{OURS}?strategy=muu").status_code == 404
    assert bertta.post(f"{OURS}?strategy=kemi_2021_2025", SAID).status_code == 404


def test_a_municipality_without_a_strategy_is_told_how_to_begin(kemi: Municipality) -> None:
    client = sign_in("simo.talous", kemi)
    page = client.get("/simo/strategia/seuraava-kausi/", headers={"accept-language": "en"})
    assert "There is no strategy yet" in body(page)


def test_a_strategy_of_five_thousand_actions_is_continued_in_fifteen_questions(
    kemi: Municipality,
) -> None:
    town = Municipality.objects.create(slug="koeniemi", number="999", name_fi="Koeniemi")
    town.units.create(code="10", name_fi="Palvelut", level="division")
    themes = "".join(f"  t{i}; s; Teema {i}\n" for i in range(5))
    goals = "".join(f"  g{i}; t{i % 5}; Tavoite {i}; 10\n" for i in range(500))
    actions = "".join(f"  a{i}; g{i % 500}; 10; Toimi {i}\n" for i in range(5000))
    bring_in(
        town,
        "strategies: code; name_fi; valid_from; valid_to\n  s; Strategia; 2021; 2023\n"
        f"themes: code; strategy; name_fi\n{themes}"
        f"goals: code; theme; name_fi; units\n{goals}"
        f"actions: code; goal; unit; name\n{actions}",
    )
    client = sign_in("bertta", town)
    address = "/koeniemi/strategia/seuraava-kausi/"
    shelves.empty()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert len(queries) <= 15
    ticked = [value for value, _on in TICK.findall(body(page)) if value != "goal:g7"]
    assert len(ticked) == 5 + 499 + 5000
    posted = {**hidden(page), **SAID, "goes_on": ticked, "action": "look"}
    with CaptureQueriesContext(connection) as queries:
        seen = client.post(address, posted, headers={"accept-language": "en"})
    assert len(queries) <= 15
    assert "499 goals go on, 1 ends" in body(seen)
    answer = client.post(address, {**hidden(seen), "action": "keep"})
    assert answer.status_code == 302
    assert models.Action.objects.filter(municipality=town).count() == 5000 + 4990
