"""The page of people: who may open it, and what it tells of each."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.cast import ROLES, allowed, answers, enrol, sign_in

PAGE = "/kemi/hallinta/henkilot/"
NEW, IMPORT, FILE = f"{PAGE}uusi/", f"{PAGE}tuonti/", "/kemi/hallinta/henkilot.csv"


def row(page: str, name: str) -> str:
    """Return the row of the table that names a person."""
    return next(each for each in page.split("<tr") if f'<span class="code">{name}' in each)


@pytest.mark.parametrize("address", [PAGE, NEW, IMPORT, FILE])
def test_only_the_administrator_opens_it(kemi: Municipality, address: str) -> None:
    assert answers(address, kemi) == allowed("hallinta")


def test_the_administrator_is_led_to_it(administrator: Client) -> None:
    assert PAGE in administrator.get("/kemi/hallinta/").text


def test_each_person_stands_with_roles_and_units(administrator: Client, aino: User) -> None:
    User.objects.filter(pk=aino.pk).update(email="aino@example.fi")
    line = row(administrator.get(PAGE, headers={"accept-language": "en"}).text, "aino")
    assert "unit head" in line
    assert ">64320000 " in line
    assert "aino@example.fi" in line
    assert f"{PAGE}{aino.pk}/" in line


def test_a_second_factor_and_a_person_out_of_use_are_told(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    english = {"accept-language": "en"}
    assert "in use" not in row(administrator.get(PAGE, headers=english).text, "aino")
    enrol(aino)
    assert "in use" in row(administrator.get(PAGE, headers=english).text, "aino")
    sign_in("bertta", kemi)
    User.objects.filter(username="bertta").update(is_active=False)
    page = administrator.get(PAGE, headers=english).text
    assert "out of use" in row(page, "bertta")
    assert page.index(">hallinta<") < page.index(">bertta<"), "those out of use are not last"


def test_other_municipalities_people_and_roles_are_not_told(
    administrator: Client, outsider: Client, aino: User, simo: Municipality
) -> None:
    Membership.objects.create(user=aino, municipality=simo, role=Role.AUDITOR)
    for address in (PAGE, FILE, f"{PAGE}{aino.pk}/"):
        page = administrator.get(address, headers={"accept-language": "en"}).content.decode()
        assert "simo.hallinta" not in page
        assert "auditor" not in page.partition("<option")[0]


def test_the_page_takes_few_queries_however_many_people(
    kemi: Municipality,
    administrator: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for name in ROLES:
        sign_in(name, kemi)
    for address in (PAGE, FILE, NEW):
        with django_assert_max_num_queries(10):
            administrator.get(address)


def test_names_are_text_and_not_html(administrator: Client, aino: User) -> None:
    User.objects.filter(pk=aino.pk).update(first_name="<script>alert(1)</script>")
    for address in (PAGE, f"{PAGE}{aino.pk}/"):
        assert "<script>alert" not in administrator.get(address).text
