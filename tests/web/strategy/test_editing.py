"""The strategy edited row by row: who may, every table out and in unchanged, faults at fields."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from katsaus.definitions.tables import strategy_table
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.records import records_of, rows, tables
from katsaus.web.strategy.words import EDITED
from web.cast import allowed, answers, sign_in
from web.strategy.sent_forms import AT, Answer, faults, form_of, send

ANGLE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
GOAL = f"{AT}muuta/goals/asuinalueet/"
EXPLANATION = {
    "period": "2023-06",
    "unit": "64320000",
    "row": "operating_expenses",
    "cause": "Sijaiset",
    "euros": "-12 500,50 €",
    "duration": "one_off",
    "appropriation": "without",
}


@pytest.mark.parametrize("address", ["taulukot/", "taulukot/goals/"])
def test_who_may_see_the_tables(kemi: Municipality, address: str) -> None:
    assert answers(AT + address, kemi) == allowed("bertta")


@pytest.mark.parametrize(
    "address", ["muuta/goals/asuinalueet/", "poista/goals/asuinalueet/", "lisaa/goals/"]
)
def test_who_may_edit_a_goal(kemi: Municipality, address: str) -> None:
    assert answers(AT + address, kemi) == allowed("bertta")


@pytest.mark.parametrize(
    "address",
    [
        "muuta/goals/ei_ole/",
        "muuta/values/0/",
        "muuta/values/x/",
        "lisaa/units/",
        "taulukot/reports/",
    ],
)
def test_what_is_not_there_is_not_found(bertta: Client, address: str) -> None:
    assert bertta.get(AT + address).status_code == 404


def test_a_row_of_another_municipality_is_not_found(kemi: Municipality, bertta: Client) -> None:
    simo = ensure_municipality(slug_or_number="simo")
    goal = models.Goal.objects.create(municipality=simo, code="simon", name_fi="Simon tavoite")
    sdg = models.SdgLink.objects.create(municipality=simo, goal=goal, sdg="3")
    assert bertta.get(f"{AT}muuta/goals/simon/").status_code == 404
    assert bertta.get(f"{AT}muuta/sdg_links/{sdg.pk}/").status_code == 404
    assert bertta.post(f"{AT}poista/sdg_links/{sdg.pk}/").status_code == 404
    assert bertta.get("/simo/strategia/muuta/goals/simon/").status_code == 404
    assert b"Simon tavoite" not in bertta.get(f"{AT}taulukot/goals/").content
    assert models.SdgLink.objects.filter(pk=sdg.pk).exists()


@pytest.mark.parametrize("name", EDITED)
def test_every_table_goes_out_and_in_unchanged(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    """The first, the middle and the last row: looked at, sent as they are, nothing changes."""
    before, table = tables(kemi), strategy_table(name)
    all_rows = list(records_of(table, rows(kemi, table)))
    assert all_rows
    for pk in {all_rows[0], all_rows[len(all_rows) // 2], all_rows[-1]}:
        record = records_of(table, rows(kemi, table).filter(pk=pk))[pk]
        key = record["code"] if table.key == ("code",) else str(pk)
        with CaptureQueriesContext(connection) as queries:
            response = bertta.get(reverse("row", args=("kemi", name, key)))
        assert len(queries) <= 15
        address = reverse("row", args=("kemi", name, key))
        sent = Answer.of(bertta, address, form_of(response.content))
        assert (sent.status_code, faults(sent)) == (302, {})
    assert tables(kemi) == before


def test_keeping_a_row_reads_only_tables_that_it_refers_to(bertta: Client) -> None:
    """A strategy has thousands of indicators and values: a goal is kept without a look at them."""
    address = f"{AT}muuta/goals/vihrea_kemi/"
    form: dict[str, str | list[str]] = {**form_of(bertta.get(address).content), "name_fi": "Uusi"}
    with CaptureQueriesContext(connection) as queries:
        assert Answer.of(bertta, address, form).status_code == 302
    asked = " ".join(each["sql"] for each in queries.captured_queries)
    assert "planning_theme" in asked
    assert "planning_indicator" not in asked
    assert "planning_statereport" not in asked


@pytest.mark.parametrize("name", EDITED)
def test_every_list_finds_its_rows_with_few_questions(bertta: Client, name: str) -> None:
    address = reverse("table", args=("kemi", name))
    with CaptureQueriesContext(connection) as queries:
        page = bertta.get(address)
    assert len(queries) <= 15
    assert page.content.count(b"/strategia/muuta/") > 0
    assert b"/strategia/muuta/" not in bertta.get(address, {"q": "ei missään"}).content


def test_the_tables_are_counted_with_one_question(bertta: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = bertta.get(f"{AT}taulukot/").content.decode()
    assert len(queries) <= 6
    counted = re.findall(r'taulukot/(\w+)/">[^<]*</a> <span class="num quiet">(\d+)', page)
    assert dict(counted)["goals"] == "16"
    assert len(counted) == len(EDITED)


def test_a_long_list_is_paged(bertta: Client) -> None:
    first = bertta.get(f"{AT}taulukot/values/").content.decode()
    second = bertta.get(f"{AT}taulukot/values/", {"page": "2"}).content.decode()
    rows_of = [set(re.findall(r"muuta/values/(\d+)/", page)) for page in (first, second)]
    assert [len(each) for each in rows_of] == [50, 50]
    assert rows_of[0] & rows_of[1] == set()


def test_only_a_row_of_an_example_asks_whether_it_is_one(
    kemi: Municipality, bertta: Client
) -> None:
    box = 'name="is_example"'
    example = f"{AT}muuta/programmes/esimerkkiohjelma/"
    assert box in bertta.get(example).text
    own = models.Programme.objects.filter(municipality=kemi, is_example=False)[0]
    assert box not in bertta.get(f"{AT}muuta/programmes/{own.code}/").text
    assert box not in bertta.get(f"{AT}lisaa/projects/").text
    sent = send(bertta, f"{AT}lisaa/programmes/", name_fi="Oma ohjelma", kind="cross_cutting")
    assert (sent.status_code, faults(sent)) == (302, {})
    assert not models.Programme.objects.get(municipality=kemi, name_fi="Oma ohjelma").is_example
    form = form_of(bertta.get(example).content)
    del form["is_example"]
    assert Answer.of(bertta, example, form).status_code == 302
    assert box not in bertta.get(example).text


def test_a_goal_is_added_changed_and_removed(kemi: Municipality, bertta: Client) -> None:
    new = f"{AT}lisaa/goals/?theme=arki&next=/kemi/strategia/"
    sent = send(bertta, new, name_fi="Arki sujuu", units=["64100000", "64300000"], is_binding="on")
    assert (sent.status_code, sent.location) == (302, "/kemi/strategia/")
    goal = models.Goal.objects.get(municipality=kemi, code="arki_sujuu")
    after = Event.objects.filter(municipality="kemi")[0].after
    assert after
    assert after["changed"]["goals: arki_sujuu"]["units"] == "64100000 | 64300000"
    assert (goal.theme.code if goal.theme else "", goal.is_binding) == ("arki", True)
    assert set(goal.units.values_list("code", flat=True)) == {"64100000", "64300000"}
    assert "Arki sujuu" in bertta.get("/kemi/strategia/").content.decode()

    send(bertta, f"{AT}muuta/goals/arki_sujuu/", name_fi="Arki on sujuvaa")
    goal.refresh_from_db()
    assert goal.name_fi == "Arki on sujuvaa"
    event = Event.objects.filter(municipality="kemi")[0]
    assert event.before == {"changed": {"goals: arki_sujuu": {"name_fi": "Arki sujuu"}}}

    assert send(bertta, f"{AT}poista/goals/arki_sujuu/").status_code == 302
    assert not models.Goal.objects.filter(code="arki_sujuu").exists()
    event = Event.objects.filter(municipality="kemi")[0]
    assert (event.action, event.subject) == ("row.removed", "goals: arki_sujuu")


def test_a_code_is_made_of_the_name_and_is_no_one_elses(kemi: Municipality, bertta: Client) -> None:
    for _ in range(2):
        send(bertta, f"{AT}lisaa/goals/", name_fi="Äänekäs tavoite!")
    codes = models.Goal.objects.filter(name_fi="Äänekäs tavoite!").values_list("code", flat=True)
    assert set(codes) == {"aanekas_tavoite", "aanekas_tavoite_2"}
    again = send(bertta, f"{AT}lisaa/goals/", name_fi="Kolmas", code="asuinalueet")
    assert models.Goal.objects.get(municipality=kemi, code="asuinalueet").name_fi != "Kolmas"
    assert set(faults(again)) == {"code"}


@pytest.mark.parametrize(
    ("address", "changes", "field", "says"),
    [
        ("lisaa/goals/", {"name_fi": ""}, "name_fi", "tyhjä"),
        ("lisaa/goals/", {"name_fi": "x" * 301}, "name_fi", "300"),
        ("lisaa/goals/", {"name_fi": "x", "year": "23"}, "year", "vuosi"),
        (
            "lisaa/values/?scenario=target&indicator=pointin_kavijat",
            {"value": "5"},
            "period",
            "vuosi",
        ),
        ("lisaa/values/?scenario=actual&period=2023", {"value": "paljon"}, "value", "luku"),
        ("lisaa/actions/?goal=asuinalueet", {"name": "x", "unit": "64400000"}, "unit", "päättyi"),
        (
            "lisaa/actions/?goal=asuinalueet",
            {"name": "x", "schedule": "joskus"},
            "schedule",
            "aikataulu",
        ),
        ("lisaa/sdg_links/?kind=goal&code=asuinalueet", {"sdg": "99.9"}, "sdg", "99.9"),
        ("lisaa/decisions/", {"body": "KV", "decided_on": "31.2.2023"}, "decided_on", "päivä"),
        ("lisaa/decisions/", {"body": "KV", "link": "javascript:alert(1)"}, "link", "https"),
        ("lisaa/measures/", {"name": "x", "programme": ""}, "programme", "tyhjä"),
        ("lisaa/indicator_links/?to=goal&code=ei_ole", {}, "code", "ei_ole"),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_is_kept(
    kemi: Municipality,
    bertta: Client,
    address: str,
    changes: dict[str, str],
    field: str,
    says: str,
) -> None:
    before = tables(kemi)
    if "indicator=" not in address and ("values" in address or "links/?to" in address):
        changes = {**changes, "indicator": _any_number(kemi)}
    response = send(bertta, AT + address, **changes)
    assert response.status_code == 422
    assert says in faults(response)[field]
    for name, text in changes.items():
        if len(text) < 100:
            assert text in "".join(form_of(response.content)[name])
    assert tables(kemi) == before


def _any_number(kemi: Municipality) -> str:
    found = models.IndicatorDefinition.objects.filter(
        indicator__municipality=kemi, kind="number", is_current=True
    )
    return found[0].indicator.code


def test_a_value_of_the_wrong_kind_is_said_at_the_field(kemi: Municipality, bertta: Client) -> None:
    words = models.IndicatorDefinition.objects.filter(
        indicator__municipality=kemi, kind="text", is_current=True
    )[0]
    new = f"{AT}lisaa/values/?scenario=actual&period=2024&indicator={words.indicator.code}"
    assert set(faults(send(bertta, new, value="5"))) == {"value"}


def test_a_count_below_zero_and_a_part_above_its_whole_are_said_at_the_field(
    kemi: Municipality, bertta: Client
) -> None:
    of = "lisaa/values/?scenario=actual&period=2024&indicator=auditoidut_paivakodit"
    assert "9" in faults(send(bertta, AT + of, value="9", of="7"))["value"]
    assert "-5" in faults(send(bertta, AT + of, value="-5", on="20.9.2024"))["value"]
    given = f"{AT}mittari/auditoidut_paivakodit/arvo/"
    page = bertta.post(
        given, {"scenario": "actual", "period": "2024", "unit": "", "value": "9", "of": "7"}
    )
    assert page.status_code == 422
    assert "enemmän kuin kaikkiaan" in page.content.decode()
    assert not models.IndicatorValue.objects.filter(year=2024, number=9).exists()
    assert send(bertta, AT + of, value="-5").status_code == 302  # a change goes either way


def test_a_programme_does_not_contain_itself(kemi: Municipality, bertta: Client) -> None:
    first, second = models.Programme.objects.filter(municipality=kemi)[:2]
    new = f"{AT}lisaa/programme_parts/?kind=programme&relation=gathers"
    assert set(faults(send(bertta, new, programme=first.code, code=first.code))) == {"code"}
    assert send(bertta, new, programme=first.code, code=second.code).status_code == 302
    assert set(faults(send(bertta, new, programme=second.code, code=first.code))) == {"code"}


def test_an_owner_has_no_two_indicators_of_one_name(kemi: Municipality, bertta: Client) -> None:
    said = {"kind": "number", "polarity": "up", "aggregation": "sum", "owner": "rehtori"}
    new = f"{AT}lisaa/indicators/"
    assert send(bertta, new, name_fi="Oppilaita", **said).status_code == 302
    assert set(faults(send(bertta, new, name_fi="Oppilaita", **said))) == {"name_fi"}
    assert send(bertta, new, name_fi="Oppilaita", **{**said, "owner": "opo"}).status_code == 302


def test_what_others_stand_on_is_not_removed(kemi: Municipality, bertta: Client) -> None:
    before = tables(kemi)
    page = bertta.get(f"{AT}poista/goals/asuinalueet/").content.decode()
    assert "toimenpiteet: 4" in page
    assert bertta.post(f"{AT}poista/goals/asuinalueet/").status_code == 409
    told = models.StateReport.objects.filter(municipality=kemi, action__isnull=False)[0].action
    assert told
    assert "kerrotut tilat: 1" in bertta.get(f"{AT}poista/actions/{told.code}/").content.decode()
    assert bertta.post(f"{AT}poista/actions/{told.code}/").status_code == 409
    measured = models.IndicatorValue.objects.filter(indicator__municipality=kemi)[0].indicator
    assert bertta.post(f"{AT}poista/indicators/{measured.code}/").status_code == 409
    assert tables(kemi) == before


def test_what_is_only_a_part_goes_with_it_and_is_counted(
    kemi: Municipality, bertta: Client
) -> None:
    measure = models.Measure.objects.filter(municipality=kemi, effects__isnull=False)[0]
    page = bertta.get(f"{AT}poista/measures/{measure.code}/").content.decode()
    assert f"vaikutukset: {measure.effects.count()}" in page
    assert send(bertta, f"{AT}poista/measures/{measure.code}/").status_code == 302
    assert not models.MeasureEffect.objects.filter(measure=measure.pk).exists()


def test_an_indicator_goes_with_its_definitions(kemi: Municipality, bertta: Client) -> None:
    said = {"kind": "number", "polarity": "up", "aggregation": "sum"}
    send(bertta, f"{AT}lisaa/indicators/", name_fi="Uusi mittari", **said)
    assert send(bertta, f"{AT}poista/indicators/uusi_mittari/").status_code == 302
    assert not models.Indicator.objects.filter(code="uusi_mittari").exists()


def test_of_two_people_the_later_is_told_and_loses_nothing(bertta: Client) -> None:
    first, second = (form_of(bertta.get(GOAL).content) for _ in range(2))
    assert bertta.post(GOAL, {**first, "name_fi": "Ensimmäinen"}).status_code == 302
    late = Answer.of(bertta, GOAL, {**second, "name_fi": "Toinen"})
    assert late.status_code == 422
    assert "" in faults(late)
    again = form_of(late.content)
    assert again["name_fi"] == ["Toinen"]
    assert models.Goal.objects.get(code="asuinalueet").name_fi == "Ensimmäinen"
    assert bertta.post(GOAL, again).status_code == 302
    assert models.Goal.objects.get(code="asuinalueet").name_fi == "Toinen"


def test_a_row_that_is_known_by_other_things_is_still_one(
    kemi: Municipality, bertta: Client
) -> None:
    item = models.DeviationItem.objects.get(municipality=kemi, cause="Teatterin avustus")
    address = f"{AT}muuta/explanations/{item.pk}/"
    assert send(bertta, address, cause="Avustus teatterille", euros="-83000").status_code == 302
    found = models.DeviationItem.objects.filter(municipality=kemi, cause__icontains="teatteri")
    assert [each.cause for each in found] == ["Avustus teatterille"]
    assert found[0].euros == -83_000
    assert set(Event.objects.values_list("action", flat=True)[:2]) == {
        "explanation.removed",
        "explanation.kept",
    }


def test_a_unit_head_explains_the_deviations_of_the_own_unit(kemi: Municipality) -> None:
    aino = sign_in("aino", kemi)
    page = aino.get("/kemi/poikkeamat/", {"unit": "64320000"}).content.decode()
    address = unescape(re.findall(r'href="([^"]*lisaa/explanations/[^"]*)"', page)[0])
    sent = send(aino, address, **EXPLANATION)
    assert sent.status_code == 302
    assert sent.location.startswith("/kemi/poikkeamat/?unit=64320000")
    item = models.DeviationItem.objects.get(municipality=kemi, cause="Sijaiset")
    assert (str(item.euros), item.duration, item.appropriation) == (
        "-12500.50",
        "one_off",
        "without",
    )
    shown = aino.get("/kemi/poikkeamat/", {"unit": "64320000"}).content.decode()
    assert "Sijaiset" in shown
    assert f"/strategia/muuta/explanations/{item.pk}/" in shown
    assert send(aino, f"{AT}muuta/explanations/{item.pk}/", euros="-1").status_code == 302
    item = models.DeviationItem.objects.get(municipality=kemi, cause="Sijaiset")
    assert send(aino, f"{AT}poista/explanations/{item.pk}/").status_code == 302


def test_a_unit_head_explains_nothing_of_others(kemi: Municipality) -> None:
    aino = sign_in("aino", kemi)
    other = models.DeviationItem.objects.get(municipality=kemi, cause="Teatterin avustus")
    for address in (
        f"{AT}muuta/explanations/{other.pk}/",
        f"{AT}poista/explanations/{other.pk}/",
        f"{AT}lisaa/explanations/?unit=64330000",
        f"{AT}lisaa/goals/?unit=64320000",
    ):
        assert aino.get(address).status_code == 403, address
    own = f"{AT}lisaa/explanations/?unit=64320000"
    moved = aino.post(own, {**EXPLANATION, "unit": "64330000"})
    assert moved.status_code == 422  # not among the units to choose from
    assert not models.DeviationItem.objects.filter(cause="Sijaiset").exists()
    assert "lisaa/explanations" not in sign_in("daavid", kemi).get("/kemi/poikkeamat/").text


def test_an_address_leads_nowhere_else(bertta: Client) -> None:
    sent = send(bertta, f"{GOAL}?next=https://example.org/", name_fi="Asuinalueet")
    assert sent.location == "/kemi/strategia/taulukot/goals/"


def test_the_names_of_rows_are_text_and_not_html(bertta: Client) -> None:
    send(bertta, f"{AT}lisaa/goals/", name_fi="<script>alert(1)</script>", code="paha")
    for address in ("taulukot/goals/", "muuta/goals/paha/", "poista/goals/paha/"):
        assert "<script>alert" not in bertta.get(AT + address).content.decode()


def test_what_was_typed_of_a_row_that_is_gone_is_not_lost(bertta: Client) -> None:
    send(bertta, f"{AT}lisaa/goals/", name_fi="Koe")
    form = form_of(bertta.get(f"{AT}muuta/goals/koe/").content)
    assert send(bertta, f"{AT}poista/goals/koe/").status_code == 302
    late = Answer.of(bertta, f"{AT}muuta/goals/koe/", {**form, "name_fi": "Paljon tekstiä"})
    assert (late.status_code, set(faults(late))) == (422, {""})
    assert form_of(late.content)["name_fi"] == ["Paljon tekstiä"]
    address = unescape(re.findall(r'method="post" action="([^"]+)"', late.content.decode())[0])
    assert Answer.of(bertta, address, form_of(late.content)).status_code == 302
    assert models.Goal.objects.filter(name_fi="Paljon tekstiä").exists()


def test_after_removing_a_thing_there_is_a_page(bertta: Client) -> None:
    send(bertta, f"{AT}lisaa/goals/", name_fi="Koe")
    page = "/kemi/strategia/tavoite/koe/"
    sent = send(bertta, f"{AT}poista/goals/koe/?next={page}")
    assert bertta.get(sent.location).status_code == 200


def test_what_has_changed_since_it_was_asked_for_is_not_removed(bertta: Client) -> None:
    send(bertta, f"{AT}lisaa/goals/", name_fi="Koe")
    asked = form_of(bertta.get(f"{AT}poista/goals/koe/").content)
    send(bertta, f"{AT}muuta/goals/koe/", name_fi="Tärkeä tavoite")
    sent = Answer.of(bertta, f"{AT}poista/goals/koe/", asked)
    assert sent.location.endswith("poista/goals/koe/")
    assert "Sitä ei poistettu" in bertta.get(sent.location).content.decode()
    assert models.Goal.objects.filter(name_fi="Tärkeä tavoite").exists()


@pytest.mark.parametrize("name", EDITED)
def test_the_question_of_removal_asks_the_database_little(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    table = strategy_table(name)
    for pk, record in records_of(table, rows(kemi, table)[:2]).items():
        key = record["code"] if table.key == ("code",) else str(pk)
        with CaptureQueriesContext(connection) as queries:
            assert bertta.get(reverse("row_remove", args=("kemi", name, key))).status_code == 200
        assert len(queries) <= 15


def asked(client: Client, name: str, key: str) -> dict[str, str]:
    """Return what the question of removal says of a row, by the heads of the columns."""
    page = client.get(reverse("row_remove", args=("kemi", name, key))).text
    return {
        unescape(head): unescape(text)
        for head, text in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    }


def test_the_question_of_removal_tells_an_explanation_in_words(
    kemi: Municipality, bertta: Client
) -> None:
    send(bertta, f"{AT}lisaa/explanations/", **(EXPLANATION | {"euros": "-100000,5"}))
    row = models.DeviationItem.objects.get(cause="Sijaiset")
    assert asked(bertta, "explanations", str(row.pk)) == {
        "Kausi": "1–6/2023",
        "Yksikkö": kemi.units.get(code="64320000").name_fi,
        "Rivi": "Toimintakulut",
        "Syy": "Sijaiset",
        "Eurot": "−100\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}€",
        "Kesto": "kertaluonteinen",
        "Määräraha": "ei määrärahaa",
    }


@pytest.mark.parametrize("name", EDITED)
def test_the_question_of_removal_shows_no_code_but_the_rows_own(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    table = strategy_table(name)
    for pk, record in records_of(table, rows(kemi, table)[:2]).items():
        key = record["code"] if table.key == ("code",) else str(pk)
        told = asked(bertta, name, key)
        own = {record.get("code", ""), record.get("link", "")}
        assert told
        assert [text for text in told.values() if "_" in text and text not in own] == []


def test_a_row_that_is_known_by_other_things_keeps_its_place(
    kemi: Municipality, bertta: Client
) -> None:
    first, *others = models.IndicatorLink.objects.filter(unit__municipality=kemi).order_by(
        "position", "pk"
    )
    assert others
    address = f"{AT}muuta/indicator_links/{first.pk}/"
    assert send(bertta, address, group="Uusi ryhmä").status_code == 302
    again = models.IndicatorLink.objects.filter(unit__municipality=kemi).order_by("position", "pk")
    assert again[0].indicator == first.indicator


@pytest.mark.parametrize("address", ["muuta/goals/%00/", "poista/goals/%00/", "muuta/values/%00/"])
def test_a_key_that_no_row_has_is_not_found(bertta: Client, address: str) -> None:
    assert bertta.get(AT + address).status_code == 404
