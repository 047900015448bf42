"""Own accounts under the official ones: who sees and changes them, and what is refused in words."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Account, Municipality
from web.cast import allowed, answers, sign_in
from web.imports.small_town import Town

PAGE = "/kemi/hallinta/tilit/"
CSV = "/kemi/hallinta/tilit.csv"
NEW = f"{PAGE}uusi/"


@pytest.fixture
def controller(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def own(kemi: Municipality, number: str = "300530") -> Account:
    return kemi.accounts.get(number=number)


def said(**other: str) -> dict[str, str]:
    names = {"name_fi": "Koulukuljetukset", "name_sv": "Skolskjuts", "name_en": ""}
    return {"number": "90010", "official": "4440", **names, **other}


def change(client: Client, account: Account, **other: str) -> int:
    return client.post(f"{PAGE}{account.pk}/", said(**other)).status_code


def test_controller_and_administrator_see_them(kemi: Municipality) -> None:
    for page in (PAGE, CSV, NEW, f"{PAGE}viralliset/", f"{PAGE}{own(kemi).pk}/"):
        assert answers(page, kemi) == allowed("bertta", "hallinta"), page


@pytest.mark.parametrize("name", ["aino", "cecilia", "daavid", "tarkastaja", "nobody"])
def test_others_change_nothing(kemi: Municipality, name: str) -> None:
    client = sign_in(name, kemi)
    assert client.post(NEW, said()).status_code in (302, 403)
    assert change(client, own(kemi)) in (302, 403)
    assert not kemi.accounts.filter(number="90010").exists()
    assert own(kemi).official == "3005"


def test_another_municipalitys_account_is_not_found(kemi: Municipality) -> None:
    outsider = sign_in("simo.talous", kemi)
    address = f"/simo/hallinta/tilit/{own(kemi).pk}/"
    assert outsider.get(address).status_code == 404
    assert outsider.post(address, said()).status_code == 404
    assert own(kemi).name_fi == "Lumen vastaanoton maksut"


def test_an_account_shows_its_official_one_and_its_row(controller: Client) -> None:
    page = controller.get(PAGE, {"q": "lumen"}, headers={"Accept-Language": "fi"})
    [line] = page.context["found"].object_list
    assert (line.saved.number, line.saved.official, line.row, line.fault) == (
        "300530",
        "3005",
        "Myyntituotot",
        "",
    )


def test_those_that_need_a_hand_come_first_then_those_without_an_official_one(
    kemi: Municipality, controller: Client
) -> None:
    for number, official in (("99", ""), ("409999", ""), ("98", "9876"), ("1234", "")):
        Account.objects.create(
            municipality=kemi, number=number, official=official, name_fi="Koetili"
        )
    lines = controller.get(PAGE, {"q": "koetili"}).context["found"].object_list
    assert [(each.saved.number, bool(each.fault)) for each in lines] == [
        ("99", True),
        ("98", True),
        ("1234", False),
        ("409999", False),
    ]
    first = controller.get(PAGE).context["found"].object_list[:4]
    assert [each.saved.name_fi for each in first] == ["Koetili"] * 4


def test_the_official_account_is_changed_and_the_change_is_in_the_audit_trail(
    kemi: Municipality, controller: Client
) -> None:
    assert change(controller, own(kemi), official="3300", number="1") == 200
    assert own(kemi).official == "3005"
    answer = controller.post(f"{PAGE}{own(kemi).pk}/", said(official="3300"))
    form = answer.context["form"]
    amounts = [re.sub(r"\s", " ", each) for each in form.effects]
    assert amounts[0] == (
        "Vuodelta 2023 riviltä ”Myyntituotot” siirtyy riville ”Tuet ja avustukset” "
        "toteumaa 40 912,39 € ja talousarviota –."
    )
    assert amounts[1].startswith("Vuodelta 2022 ")
    assert amounts[-1] == "Myös julkaistut katsaukset muuttuvat: 1–6/2023."
    assert change(controller, own(kemi), official="3300", told=form.told) == 302
    changed = own(kemi)
    assert (changed.official, changed.name_fi, changed.name_sv, changed.name_en) == (
        "3300",
        "Koulukuljetukset",
        "Skolskjuts",
        "",
    )
    event = Event.objects.filter(action="accounts.changed").latest("id")
    assert (event.subject, event.person_name) == ("300530", "bertta")
    states = [(event.before or {}).get("300530"), (event.after or {}).get("300530")]
    assert [state["official"] for state in states if state] == ["3005", "3300"]


def test_an_account_is_added(kemi: Municipality, controller: Client) -> None:
    answer = controller.post(NEW, said(), follow=True)
    assert "90010 Koulukuljetukset" in answer.text
    assert own(kemi, "90010").official == "4440"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "300530"),
        ("number", "4000-4999"),
        ("number", "4000 5"),
        ("official", "9999"),
        ("official", ""),
        ("name_fi", ""),
        ("name_fi", "x" * 201),
    ],
    ids=[
        "no number",
        "taken",
        "a range",
        "a blank",
        "no such",
        "on no row",
        "no name",
        "long name",
    ],
)
def test_a_fault_is_told_at_its_field_and_the_rest_is_kept(
    kemi: Municipality, controller: Client, field: str, value: str
) -> None:
    before = kemi.accounts.count()
    answer = controller.post(NEW, said(**{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert f'href="#id_{field}"' in answer.text
    assert 'value="Skolskjuts"' in answer.text
    assert kemi.accounts.count() == before


def test_an_account_is_not_moved_to_where_it_would_be_on_no_row(
    kemi: Municipality, controller: Client
) -> None:
    lost = Account.objects.create(
        municipality=kemi, number="90020", official="4000", name_fi="Palkat"
    )
    assert change(controller, lost, official="") == 422
    lost.refresh_from_db()
    assert lost.official == "4000"


def test_an_account_of_the_balance_sheet_needs_no_official_one(
    kemi: Municipality, controller: Client
) -> None:
    assert controller.post(NEW, said(number="1799", official="")).status_code == 302
    for number in ("12", "2", "1A7"):  # too short to stand under an account of the official chart
        assert controller.post(NEW, said(number=number, official="")).status_code == 422


@pytest.mark.parametrize("number", ["12", "abc", "MYYNTI"])
def test_a_number_that_is_hardly_an_account_is_asked_about(
    kemi: Municipality, controller: Client, number: str
) -> None:
    form = controller.post(NEW, said(number=number)).context["form"]
    assert [number in each for each in form.effects] == [True]
    assert not kemi.accounts.filter(number=number).exists()
    assert controller.post(NEW, said(number=number, told=form.told)).status_code == 302
    assert own(kemi, number).official == "4440"


@pytest.mark.parametrize("number", ["40001", "P4000", "4000.10", "90010"])
def test_numbers_with_letters_and_dots_are_taken_at_once(
    kemi: Municipality, controller: Client, number: str
) -> None:
    assert controller.post(NEW, said(number=number)).status_code == 302
    assert own(kemi, number).official == "4440"


def test_the_file_comes_back_as_it_went(db: None, tmp_path: Path, kemi: Municipality) -> None:
    town = Town.found("simo", tmp_path)
    names = ("=1+1", "-alennus", "@koti", 'Lainaus "a;b"', "Uusi\N{NO-BREAK SPACE}tili", "'omat")
    for place, name in enumerate(names):
        Account.objects.create(
            municipality=town.owner, number=f"400{place}1", name_fi=name, name_sv=name, official=""
        )
    Account.objects.create(
        municipality=town.owner,
        number="0042",
        name_fi="Etunollat",
        name_en="Zeros",
        official="4520",
    )
    client = sign_in("simo.talous", kemi)
    states = list(town.owner.accounts.order_by("number").values())
    for language in ("fi", "sv", "en"):
        headers = {"Accept-Language": language}
        sent = client.get("/simo/hallinta/tilit.csv", headers=headers).content
        assert b'"=' not in sent
        assert b";=" not in sent
        assert town.reading(Kind.ACCOUNTS, sent).problems == ()
        town.bring_in(Kind.ACCOUNTS, sent)
        assert list(town.owner.accounts.order_by("number").values()) == states
        assert client.get("/simo/hallinta/tilit.csv", headers=headers).content == sent


def test_the_official_chart_is_of_the_year_that_was_asked_for(controller: Client) -> None:
    def numbers(**asked: str) -> set[str]:
        page = controller.get(f"{PAGE}viralliset/", asked)
        assert page.status_code == 200
        return {line.number for line in page.context["lines"]}

    assert "3350" in numbers(year="2021")
    assert "3350" not in numbers(year="2023") == numbers() == numbers(year="kissa")
    assert numbers(year="2023", q="4000") == {"4000"}


def test_only_those_who_bring_files_in_are_led_there(
    kemi: Municipality, controller: Client
) -> None:
    link = "/kemi/tuonnit/?kind=accounts"
    assert link in controller.get(PAGE).text
    assert link not in sign_in("hallinta", kemi).get(PAGE).text


def test_the_pages_take_few_queries(
    kemi: Municipality,
    controller: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for page in (PAGE, CSV, NEW, f"{PAGE}{own(kemi).pk}/", f"{PAGE}viralliset/"):
        with django_assert_max_num_queries(15):
            controller.get(page)


def test_an_official_account_is_not_added_as_an_own_one(kemi: Municipality) -> None:
    bertta = sign_in("bertta", kemi)
    answer = bertta.post("/kemi/hallinta/tilit/uusi/", {"number": "4000", "name_fi": "x"})
    assert answer.status_code == 422
    assert "4000 on virallisen tililuettelon tili" in answer.text
