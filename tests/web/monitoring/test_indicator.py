"""The page of an indicator: its values and target, its chart, its definition, where it stands."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/mittari/yopymiset/"
SERIES = """
indicators: code; name_fi; kind; polarity; aggregation; owner; deputy; source; part_of
  suuri; Suuri; number; up; last; johtaja; sijainen; Tilastokeskus;
  osa; Osa; number; up; last;;;; suuri
indicator_links: indicator; to; code
  suuri; goal; vihrea_kemi
  suuri; action; sertifiointi
values: indicator; scenario; period; value; place
  suuri; baseline; 2021; 10;
  suuri; actual; 2022; 12;
  suuri; actual; 2023-06; 25;
  suuri; target; 2023; 20;
  suuri; forecast; 2023; 26;
  suuri; actual; 2023-06; 7; Syväkangas
  osa; actual; 2023-06; 5;
"""
MISSING = """
indicators: code; name_fi; kind; polarity; aggregation; computed
  osuus; Osuus; percent; up; last; ratio:tehdyt/kaikki
  tehdyt; Tehdyt; number; up; last;
  kaikki; Kaikki; number; up; last;
values: indicator; scenario; period; value
  tehdyt; actual; 2023-06; 3
"""


def test_who_may_see_an_indicator(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_an_indicator_that_is_not_there_is_not_found(kemi: Municipality) -> None:
    assert sign_in("bertta", kemi).get("/kemi/strategia/mittari/ei/").status_code == 404


def test_the_first_words_are_the_value_and_whether_the_target_is_achieved(
    kemi: Municipality,
) -> None:
    bring_in(kemi, SERIES)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/suuri/?period=2023-06")
    assert "Suuri 25, Syväkangas: 7 1–6/2023 ✓ Target achieved" in found


def test_values_stand_by_period_and_place_beside_their_target(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/suuri/?period=2023-06")
    table = found.split("Values Period Baseline Actual Target Forecast")[1]
    assert table.split("Of which")[0].split("2021")[1].strip() == (
        "10 – – – 2022 – 12 – – 1–6/2023 – 25 – – 1–6/2023, Syväkangas – 7 – – 2023 – – 20 26"
    )


def test_the_chart_is_told_in_words(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    client = sign_in("daavid", kemi)
    address = "/kemi/strategia/mittari/suuri/?period=2023-06"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert 'role="img" aria-label="Suuri, 1–6/2023: 25, target 2023: 20"' in page
    assert page.count('<circle class="actual"') == 2


def test_parts_stand_under_their_whole_with_what_they_leave(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/suuri/?period=2023-06")
    assert "Osa 5 Others 20" in found


def test_the_definition_says_whose_it_is_and_what_it_does_not_say(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/suuri/")
    assert "Direction more is better" in found
    assert "Source Tilastokeskus Owner johtaja Deputy sijainen Not told: method." in found


def test_an_indicator_in_two_places_is_entered_once(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    client = sign_in("daavid", kemi)
    found = text(client, "/kemi/strategia/mittari/suuri/")
    assert "In 2 places, entered once." in found
    assert "kestävän kehityksen koordinaattori" in found
    assert (
        "/tavoite/vihrea_kemi/?period=2023-06#a-sertifiointi"
        in client.get("/kemi/strategia/mittari/suuri/").content.decode()
    )


def test_an_earlier_version_of_the_definition_is_kept(kemi: Municipality) -> None:
    bring_in(kemi, SERIES)
    bring_in(kemi, "indicators: code; name_fi\n  suuri; Suurempi\n")
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/suuri/")
    assert "Definition version 2" in found
    assert "Earlier versions 1 Suuri" in found


def test_a_computed_value_is_written_out(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/auditoidut_paivakodit_osuus/")
    assert "Audited day-care centres 4 kpl ÷ Day-care centres in all 7 kpl = 57%" in found
    assert "57% 1–6/2023 ○ Target not yet achieved" in found


def test_a_computed_value_names_the_input_that_is_missing(kemi: Municipality) -> None:
    bring_in(kemi, MISSING)
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/osuus/?period=2023-06")
    assert "1–6/2023 no value ! missing Kaikki" in found


def test_a_cost_per_inhabitant_is_of_the_ledger(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
indicators: code; name_fi; kind; polarity; aggregation; decimals; computed
  asukkaat; Asukkaat; number; none; last; 0;
  hinta; Kulut asukasta kohti; money; down; last; 0; row:operating_expenses/asukkaat
values: indicator; scenario; period; value
  asukkaat; actual; 2023-06; 20000
""",
    )
    found = text(sign_in("daavid", kemi), "/kemi/strategia/mittari/hinta/?period=2023-06")
    # The ledger has -37 805 630.49; a cost, of which less is better, is told without its minus.
    told = "Operating expenses €37,805,630.49 ÷ Asukkaat 20,000 = €1,890"
    assert told in found


def test_kemijarvis_cost_per_inhabitant_names_the_inhabitants(kemi: Municipality) -> None:
    demo.load_third()
    kemijarvi = Municipality.objects.get(slug="kemijarvi")
    found = text(sign_in("bertta", kemijarvi), "/kemijarvi/strategia/mittari/kustannus_asukas/")
    assert "missing Inhabitants" in found


def test_the_page_of_an_indicator_asks_at_most_fifteen_times(kemi: Municipality) -> None:
    client = sign_in("daavid", kemi)
    address = "/kemi/strategia/mittari/auditoidut_paivakodit_osuus/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 15
