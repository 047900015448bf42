"""The page of a strategy: who sees it, what its matrix says, how it stacks and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/"
SMALL = """
strategies: code; name_fi; valid_from; valid_to; mission
  pieni; Pieni strategia; 2027; 2030; Palvelemme.
themes: code; strategy; name_fi
  teema; pieni; Teema
goals: code; theme; name_fi; units; is_binding
  sitova; teema; Sitova tavoite; 64100000 | 64200000; yes
  vapaa; teema; Vapaa tavoite;; no
actions: code; goal; unit; name
  yksi; sitova; 64100000; Yksi
  kaksi; sitova; 64320000; Kaksi
  kolme; vapaa;; Kolme
reports: action; period; state; reason
  yksi; 2027-06; done;
  kaksi; 2027-06; behind;
  kaksi; 2027-12; under_way;
"""


def test_who_may_see_the_strategy(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_the_first_words_say_how_far_the_actions_are(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "Of 70 actions 3 are done, 44 are under way, 13 are continuous, 0 are behind" in found
    assert "behind, 10 are without a state" in found
    assert "No state reported 10" in found
    assert "One question to a division is unanswered." in found


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("fi", "0 on jäljessä, 1 on muussa tilassa, 2 on vailla tilaa"),
        ("sv", "0 släpar efter, 1 har ett annat läge, 2 saknar läge"),
        ("en", "0 are behind, 1 is in another state, 2 are without a state"),
    ],
)
def test_the_first_words_tell_every_action(kemi: Municipality, language: str, says: str) -> None:
    other = SMALL.replace("  kaksi; 2027-06; behind;\n", "").replace("06; done", "06; not_done")
    bring_in(kemi, other)
    address = f"{PAGE}?strategy=pieni&period=2027-06"
    client = sign_in("daavid", kemi)
    assert says in client.get(address, headers={"accept-language": language}).text


def test_a_cell_leads_to_the_goal_at_its_division(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get(PAGE).content.decode()
    assert "/kemi/strategia/tavoite/vihrea_kemi/?period=2023-06#u-64300000" in page


def test_not_asked_and_unanswered_are_told_apart(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert found.count("– not asked") == 1
    assert found.count("! Not answered") == 1


def test_a_strategy_is_chosen_and_looked_at_as_of_a_period(kemi: Municipality) -> None:
    bring_in(kemi, SMALL)
    client = sign_in("daavid", kemi)
    june = text(client, f"{PAGE}?strategy=pieni&period=2027-06")
    assert "Palvelemme." in june
    assert "Of 3 actions 1 is done, 0 are under way, 1 is behind, 1 is without a state" in june
    december = text(client, f"{PAGE}?strategy=pieni&period=2027-12")
    assert "Of 3 actions 1 is done, 1 is under way, 0 are behind, 1 is without a state" in december
    assert "binding" in december


def test_a_unit_answers_for_its_division_and_no_unit_has_a_column(kemi: Municipality) -> None:
    bring_in(kemi, SMALL)
    found = text(sign_in("daavid", kemi), f"{PAGE}?strategy=pieni&period=2027-06")
    row = found.split("Sitova tavoite")[1]
    assert "No unit named" in found
    told = "binding ✓ Done 1 action ! Not answered ▼ Behind 1 action – not asked"
    assert row.split("Vapaa")[0].strip() == told


def test_goals_without_divisions_have_their_counts(kemi: Municipality) -> None:
    demo.load_third()
    kemijarvi = Municipality.objects.get(slug="kemijarvi")
    found = text(sign_in("bertta", kemijarvi), "/kemijarvi/strategia/")
    assert "The state of none of the 40 actions has been told" in found
    assert "Building in wood · No state reported 1 1" in found


def test_the_situation_of_a_strategy_that_ended_is_that_of_its_end(kemi: Municipality) -> None:
    demo.load_third()
    kemijarvi = Municipality.objects.get(slug="kemijarvi")
    found = text(sign_in("bertta", kemijarvi), "/kemijarvi/strategia/")
    assert "the situation on 31 Dec 2023" in found


def test_what_there_is_not_is_told(kemi: Municipality) -> None:
    client = sign_in("daavid", kemi)
    for query, told in (("period=joulukuu", "joulukuu"), ("strategy=muu", "muu")):
        response = client.get(f"{PAGE}?{query}", headers={"accept-language": "en"})
        assert response.status_code == 400
        assert told in response.content.decode()


def test_a_time_without_follow_up_shows_the_nearest_and_is_kept_for_the_pages_of_finance(
    kemi: Municipality,
) -> None:
    client, address = sign_in("daavid", kemi), f"{PAGE}?period=2023-01"
    assert "Nothing was followed up of 1/2023: this is 1–6/2023." in text(client, address)
    assert 'href="/kemi/talous/?period=2023-01"' in client.get(address).text


def test_a_round_that_the_ledger_has_not_is_not_asked_of_the_pages_of_finance(
    kemi: Municipality,
) -> None:
    client, address = sign_in("daavid", kemi), f"{PAGE}?period=2024-12"
    assert "the situation on 31 Dec 2024" in text(client, address)
    assert 'href="/kemi/talous/"' in client.get(address).text


def test_a_municipality_without_a_strategy_is_told_how_to_begin(kemi: Municipality) -> None:
    simo = Municipality.objects.filter(slug="simo").first() or Municipality.objects.create(
        slug="simo", number="751", name_fi="Simo"
    )
    found = text(sign_in("simo.talous", simo), "/simo/strategia/")
    assert "There is no strategy yet" in found


def test_the_page_asks_as_much_of_few_goals_as_of_many(kemi: Municipality) -> None:
    goals = "".join(f"  g{i}; teema; Tavoite {i}; 64100000 | 64200000; no\n" for i in range(60))
    actions = "".join(f"  a{i}; g{i % 60}; 64100000; Toimi {i}\n" for i in range(300))
    bring_in(kemi, SMALL)
    bring_in(
        kemi,
        f"goals: code; theme; name_fi; units; is_binding\n{goals}"
        f"actions: code; goal; unit; name\n{actions}",
    )
    client = sign_in("daavid", kemi)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{PAGE}?strategy=pieni").status_code == 200
    assert len(queries) <= 15
