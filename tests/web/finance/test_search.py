"""Search over units, accounts, vouchers and texts, as far as each may see."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.core.accounts import Account
from katsaus.core.names import Names
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import keep_accounts
from katsaus.web.users.models import User
from web.finance.conftest import SignIn
from web.imports.small_town import Town

PAGE = "/kemi/haku/"
PERSONAL = "Kokouspalkkiot"  # the text of postings on pay


def text(sign_in: SignIn, name: str, word: str) -> str:
    response = sign_in(name).get(PAGE, {"q": word})
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    ("name", "status"),
    [("bertta", 200), ("daavid", 200), ("administrator", 403), ("outsider", 404), ("nobody", 302)],
)
def test_who_may_search(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(PAGE, {"q": "talvi"}).status_code == status


def test_a_unit_is_found_by_its_name_and_by_its_code(sign_in: SignIn) -> None:
    assert "64520200" in text(sign_in, "daavid", "talvikunnos")
    assert "Talvikunnossapito" in text(sign_in, "daavid", "645202")


def test_an_account_is_found_by_its_number(sign_in: SignIn) -> None:
    assert "row=sales_revenue.300510" in text(sign_in, "daavid", "300510")


def test_an_own_account_is_found_on_the_row_of_its_official_one(
    sign_in: SignIn, kemi: Municipality
) -> None:
    mapped = Account("400020", Names("Sijaisten palkat"), "4110")
    keep_accounts(municipality=kemi, accounts=[mapped])
    page = text(sign_in, "bertta", "PA230011433")
    assert "row=pension_expenses.400020&column=actual_2023_06" in page
    assert "row=pension_expenses.400020" in text(sign_in, "bertta", "400020")


def test_a_voucher_is_found_by_its_beginning(sign_in: SignIn) -> None:
    page = text(sign_in, "bertta", "pa23000000")
    assert "PA230000001" in page
    assert 'class="entries cards"' in page


def test_a_reader_finds_no_postings(sign_in: SignIn) -> None:
    assert 'class="entries cards"' not in text(sign_in, "daavid", "PA230000001")


@pytest.mark.parametrize(("name", "has_vouchers"), [("daavid", False), ("bertta", True)])
def test_the_search_names_what_the_person_may_search(
    sign_in: SignIn, name: str, has_vouchers: bool
) -> None:
    page = text(sign_in, name, "")
    assert ("tositteita" in page) is has_vouchers
    assert ("Hae yksiköitä ja tilejä" in page) is not has_vouchers


def test_a_unit_head_finds_the_postings_of_the_own_unit_only(sign_in: SignIn) -> None:
    page = text(sign_in, "aino", "Ateriapalvelu")
    assert 'class="entries cards"' in page
    assert "unit=6432" in page.split('class="entries cards"')[1]
    assert "unit=6433" not in page.split('class="entries cards"')[1]


def test_personal_texts_are_found_by_the_controller_and_the_auditor_only(sign_in: SignIn) -> None:
    assert PERSONAL in text(sign_in, "bertta", PERSONAL).split('class="entries cards"')[1]
    assert PERSONAL in text(sign_in, "auditor", PERSONAL).split('class="entries cards"')[1]
    # Aino may look at pay postings, but neither reads nor finds their texts.
    pay = "Sijaisten palkat"
    assert pay in text(sign_in, "bertta", pay).split('class="entries cards"')[1]
    assert 'class="entries cards"' not in text(sign_in, "aino", pay)


def test_a_text_that_is_not_shown_is_said_to_be_so_as_on_the_page_of_a_figure(
    sign_in: SignIn,
) -> None:
    """Aino may look at the pay of the own unit, whose vouchers she finds and whose texts not."""
    said = "ei näytetä: voi sisältää henkilötietoja"
    figure = "/kemi/luku/?unit=64321000&row=wages_and_salaries&column=actual_2023_06&period=2023-06"
    page = unescape(sign_in("aino").get(figure).content.decode())
    voucher = re.search(r">(\w{2}23\d{7})<", page)
    assert voucher
    assert said in page
    assert said in text(sign_in, "aino", voucher[1]).split('class="entries cards"')[1]
    assert said not in text(sign_in, "bertta", voucher[1])


def test_an_auditors_search_is_written_down(sign_in: SignIn) -> None:
    text(sign_in, "auditor", "PA230000001")
    assert Event.objects.filter(action="postings.searched", subject="PA230000001").exists()


def test_a_text_that_is_nowhere_is_said_to_be(sign_in: SignIn) -> None:
    page = text(sign_in, "bertta", "<b>xyzzy'\"%_")
    assert "<b>xyzzy" in page.split("<h1>")[1]
    assert 'class="entries cards"' not in page


def test_a_long_search_is_refused_and_an_empty_one_asks(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    assert client.get(PAGE, {"q": "x" * 101}).status_code == 400
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(("role", "leads"), [(Role.CONTROLLER, True), (Role.READER, False)])
def test_units_and_accounts_are_found_before_there_is_a_ledger(
    db: None, tmp_path: Path, role: Role, leads: bool
) -> None:
    """They lead to where they are kept, for those who may go there: there are no figures yet."""
    town = Town.found("posio", tmp_path)
    keep_accounts(municipality=town.owner, accounts=[Account("400077", Names("Sijaiset"), "4000")])
    user = User.objects.create_user("talous")
    Membership.objects.create(user=user, municipality=town.owner, role=role)
    client = Client(headers={"accept-language": "fi"})
    client.force_login(user)
    for word, name, href in (
        ("12", "12", f"/posio/hallinta/yksikot/{town.owner.units.get(code='12').pk}/"),
        ("sijais", "Sijaiset", "/posio/hallinta/tilit/?q=400077"),
        ("4110", "4110", "/posio/hallinta/tilit/viralliset/?year="),
    ):
        page = unescape(client.get("/posio/haku/", {"q": word}).text)
        assert f">{name}</" in page or f">{name} <" in page, word
        assert (f'href="{href}' in page) is leads
        assert "Vientejä ei ole vielä tuotu" in page
        assert not leads or client.get(re.findall(f'href="({re.escape(href)}[^"]*)"', page)[0])


def test_the_page_takes_few_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("auditor")
    with django_assert_max_num_queries(15):
        client.get(PAGE, {"q": "PA23"})
