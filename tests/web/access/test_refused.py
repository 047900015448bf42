"""Pages that are not there or not one's own: the way on stays, and no municipality is revealed."""

from urllib.parse import urlencode

import pytest

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from web.cast import sign_in

MENU, SEARCH, PEOPLE = '<nav class="main"', 'role="search"', 'href="/kemi/hallinta/henkilot/"'
NOT_THERE = ("/kemi/ei-ole/", "/kemi/hallinta/henkilot/4000000/", "/kemi/raportit/x")


@pytest.mark.parametrize("address", NOT_THERE)
def test_the_bar_and_the_menu_stay_where_there_is_no_page(kemi: Municipality, address: str) -> None:
    answer = sign_in("hallinta", kemi).get(address)
    assert answer.status_code == 404
    assert MENU in answer.text
    assert kemi.name_fi in answer.text


@pytest.mark.parametrize(
    ("address", "above", "word"),
    [
        ("hallinta/toimielimet/4000000/", "hallinta/toimielimet/", "Toimielimet"),
        ("hallinta/hierarkiat/4000000/poisto/", "hallinta/hierarkiat/", "Hierarkiat"),
        ("hallinta/tilit/4000000/", "hallinta/tilit/", "Tilit"),
        ("hallinta/yksikot/4000000/", "hallinta/yksikot/", "Yksiköt"),
        ("tuonnit/4000000/", "tuonnit/", "Tuonnit"),
        ("strategia/2022-2025/tavoite/ei-ole/", "strategia/", "Strategia"),
        ("hallinta/ei-ole/", "hallinta/", "Hallinta"),
    ],
)
def test_what_was_removed_leads_to_its_list_and_to_the_audit_log(
    kemi: Municipality, address: str, above: str, word: str
) -> None:
    answer = sign_in("bertta", kemi).get(f"/kemi/{address}")
    assert answer.status_code == 404
    main = answer.text.partition("<main")[2]
    assert f'<a href="/kemi/{above}">{word}</a> · <a href="/">Etusivu</a>' in main
    assert 'href="/kemi/hallinta/loki/"' in main


def test_nobody_is_led_to_what_is_not_theirs(kemi: Municipality) -> None:
    main = sign_in("daavid", kemi).get("/kemi/tuonnit/x/").text.partition("<main")[2]
    assert "voi olla kirjoitusvirhe" in main
    assert main.count("<a ") == 1
    assert '<a href="/">Etusivu</a>' in main


@pytest.mark.parametrize(
    ("name", "address", "has_search"),
    [("daavid", "/kemi/tuonnit/", True), ("hallinta", "/kemi/talous/", False)],
)
def test_the_bar_and_the_menu_stay_where_the_page_is_not_ones_own(
    kemi: Municipality, name: str, address: str, has_search: bool
) -> None:
    answer = sign_in(name, kemi).get(address)
    assert answer.status_code == 403
    assert MENU in answer.text
    assert (SEARCH in answer.text) is has_search


def test_only_those_who_do_not_give_roles_are_sent_to_ask_for_one(kemi: Municipality) -> None:
    english = {"accept-language": "en"}
    reader = sign_in("daavid", kemi).get("/kemi/tuonnit/", headers=english).text
    administrator = sign_in("hallinta", kemi).get("/kemi/talous/", headers=english).text
    asks = "Ask the administrator"
    assert (asks in reader, asks in administrator) == (True, False)
    assert (PEOPLE in reader, PEOPLE in administrator) == (False, True)


@pytest.mark.parametrize("name", ["simo.talous", "nobody"])
def test_a_municipality_that_is_not_ones_own_looks_as_one_that_is_not(
    kemi: Municipality, name: str
) -> None:
    ensure_municipality(slug_or_number="simo")
    client = sign_in(name, kemi)
    pages = [client.get(f"/{slug}/ei-ole/") for slug in ("kemi", "mikään")]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].text == pages[1].text
    assert MENU not in pages[0].text


def test_the_bar_is_that_of_the_municipality_in_the_address(kemi: Municipality) -> None:
    ensure_municipality(slug_or_number="simo")
    client = sign_in("simo.talous", kemi)
    assert 'href="/simo/talous/"' in client.get("/simo/ei-ole/").text
    assert MENU not in client.get("/ei-ole/").text


@pytest.mark.parametrize(("keeps", "status"), [(True, 403), (False, 404)])
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/kemi/strategia/lisaa/explanations/", "cause"),
        ("/kemi/luku/huomautus/?unit=64320000&row=result&column=forecast_2023", "text"),
    ],
)
def test_what_was_written_is_given_back_where_a_role_was_taken_meanwhile(
    kemi: Municipality, keeps: bool, status: int, address: str, field: str
) -> None:
    aino = sign_in("aino", kemi)
    Membership.objects.filter(user__username="aino").delete()
    if keeps:
        person = User.objects.get(username="aino")
        give_role(by=None, person=person, municipality=kemi, role=Role.READER, unit=None)
    form = urlencode({field: "Sijaisten palkat <b>kesällä</b>", "unit": "64320000"})
    answer = aino.post(address, form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert "Mitä olit kirjoittanut" in answer.text
    assert ">Sijaisten palkat &lt;b&gt;kesällä&lt;/b&gt;</textarea>" in answer.text
    assert "Mitään ei tallennettu." in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert "kirjoittanut" not in aino.get(address).text
