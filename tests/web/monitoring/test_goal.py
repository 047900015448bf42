"""The page of a goal: its divisions and actions, the rule's arithmetic, what was said before."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/tavoite/vihrea_kemi/"
# A way from 10 on 31.12.2022 to 20 on 31.12.2024; halfway there in time, a tenth in number.
MEASURED = """
goals: code; theme; name_fi; units
  uusi; vetovoima; Uusi tavoite; 64100000
actions: code; goal; unit; name; responsible; schedule; decisions
  toimi; uusi; 64100000; Toimi; koordinaattori | johtaja; 2023-2024; kv_2021_05_03_45
indicators: code; name_fi; kind; polarity; aggregation; unit_of_measure
  maara; Määrä; number; up; last; kpl
indicator_links: indicator; to; code
  maara; action; toimi
values: indicator; scenario; period; value
  maara; baseline; 2022; 10
  maara; target; 2024; 20
  maara; actual; 2023; 11
reports: action; period; state; reason; text
  toimi; 2023-06; under_way;; Aloitettu.
  toimi; 2023; under_way; Kone on tilattu.; Odotetaan.
"""


def test_who_may_see_a_goal(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_goal_that_is_not_there_is_not_found(kemi: Municipality) -> None:
    assert sign_in("bertta", kemi).get("/kemi/strategia/tavoite/ei/").status_code == 404


def test_each_division_has_its_actions_and_who_is_responsible(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    division = found.split("Central Administration")[1].split("Division")[0]
    assert "Responsible kestävän kehityksen koordinaattori" in division
    assert "Schedule Continuous" in division
    assert "Sertifikaatti kattaa nyt myös varhaiskasvatusta." in division


def test_a_division_that_has_not_answered_says_so(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), "/kemi/strategia/tavoite/vapaa_aika/")
    assert "The division has not answered this goal." in found


def test_a_state_that_differs_from_the_rule_stands_beside_its_arithmetic(
    kemi: Municipality,
) -> None:
    bring_in(kemi, MEASURED)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/tavoite/uusi/?period=2023-12")
    assert "The rule proposes ▼ Behind" in found
    assert (
        "Määrä: 50% of the time is gone, 10% of the way to the target (11 kpl / 20 kpl); "
        "under 45% → behind"
    ) in found
    assert "Reason: Kone on tilattu." in found


def test_a_goal_tells_its_indicators_with_targets_and_decisions(kemi: Municipality) -> None:
    bring_in(kemi, MEASURED)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/tavoite/uusi/?period=2023-12")
    assert "Määrä 11 kpl target 20 kpl (2024) ○ Target not yet achieved" in found
    assert "Kaupunginvaltuusto 3.5.2021 § 45" in found


def test_a_computed_indicator_is_computed_where_it_stands(kemi: Municipality) -> None:
    assert "Share of audited day-care centres 57%" in text(sign_in("daavid", kemi), PAGE)


def test_history_keeps_what_was_said_at_each_round(kemi: Municipality) -> None:
    bring_in(kemi, MEASURED)
    client = sign_in("daavid", kemi)
    december = text(client, "/kemi/strategia/tavoite/uusi/?period=2023-12")
    assert "History, 2 entries" in december
    assert "Aloitettu." in december.split("History")[1]
    june = text(client, "/kemi/strategia/tavoite/uusi/?period=2023-06")
    assert "Aloitettu." in june.split("History")[0]
    assert "Odotetaan." not in june.split("History")[0]


def test_those_who_answer_for_a_unit_are_asked_for_the_state(kemi: Municipality) -> None:
    asked = {
        name: sign_in(name, kemi).get(PAGE).content.decode().count('class="tell"')
        for name in ("aino", "bertta", "cecilia", "daavid")
    }
    assert asked == {"aino": 0, "bertta": 4, "cecilia": 1, "daavid": 0}


def test_the_page_of_a_goal_asks_at_most_fifteen_times(kemi: Municipality) -> None:
    client = sign_in("daavid", kemi)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert len(queries) <= 15


def test_the_sdgs_of_a_goal_lead_to_what_else_serves_them(kemi: Municipality) -> None:
    found = sign_in("daavid", kemi).get(PAGE).content.decode()
    assert '<a href="/kemi/strategia/sdg/13/">13</a>' in found
    assert '<a href="/kemi/strategia/sdg/13/">13.2</a>' in found
