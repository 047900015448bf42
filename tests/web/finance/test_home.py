"""The front page: where the municipality stands, which units depart most, what came in last."""

import re
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.finance.conftest import SignIn

PAGE = "/kemi/"


def text(sign_in: SignIn, address: str = PAGE) -> str:
    response = sign_in("daavid").get(address)
    assert response.status_code == 200
    return response.content.decode().replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bertta", 200),
        ("aino", 200),
        ("daavid", 200),
        ("auditor", 200),
        ("administrator", 403),
        ("outsider", 404),
        ("nobody", 302),
    ],
)
def test_who_may_see_the_front_page(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(PAGE).status_code == status


def test_the_heading_says_where_the_municipality_stands(sign_in: SignIn) -> None:
    heading = text(sign_in).split("<h1>")[1].split("</h1>")[0]
    assert "1,55" in heading


def test_the_divisions_have_the_deviations_of_the_printed_report(sign_in: SignIn) -> None:
    page = text(sign_in)
    for shown in ("355 774", "-498 626", "-1 239 959", "-170 001", "-1 552 812"):
        assert f">{shown}</a>" in page
    assert page.count("<rect class=") >= 5


def test_the_unit_that_departs_most_comes_first(sign_in: SignIn) -> None:
    units = text(sign_in).split('<tbody role="rowgroup">')[1]
    assert units.index("64320000") < units.index("64230000") < units.index("64120000")


def test_without_a_forecast_the_pace_says_where_the_units_stand(sign_in: SignIn) -> None:
    page = text(sign_in, PAGE + "?period=2023-03")
    assert "Toteuma verrattuna tasaiseen kertymään" in page
    units = page.split("<caption>Tasaisesta kertymästä eniten poikkeavat yksiköt")[1]
    assert len(re.findall(r"<tr role", units)) > 3
    assert "TP-ennuste" not in units


def test_the_newest_file_comes_first(sign_in: SignIn) -> None:
    arrivals = text(sign_in).split('class="arrivals"')[1]
    assert arrivals.index("postings-2023.csv") < arrivals.index("postings-2022.csv")
    assert "30 004 riviä" in arrivals


def test_what_came_after_midnight_came_that_day(sign_in: SignIn, kemi: Municipality) -> None:
    late = datetime(2023, 7, 3, 22, 30, tzinfo=UTC)  # half past one in Finland
    Batch.objects.filter(municipality=kemi).update(imported_at=late)
    arrivals = text(sign_in).split('class="arrivals"')[1]
    assert "4.7.2023" in arrivals
    assert "3.7.2023" not in arrivals


def test_a_period_that_there_is_not_is_refused(sign_in: SignIn) -> None:
    assert sign_in("daavid").get(PAGE + "?period=2000-01").status_code == 400


def test_a_municipality_without_figures_is_told_what_comes_first(sign_in: SignIn) -> None:
    client = sign_in("outsider")
    for page in ("", "talous/", "luku/", "poikkeamat/", "haku/"):
        response = client.get(f"/muualla/{page}")
        assert response.status_code == 200
        assert "<h1>" in response.content.decode()


def test_one_person_may_look_at_two_municipalities(sign_in: SignIn, kemi: Municipality) -> None:
    client = sign_in("outsider")
    user = User.objects.get(username="outsider")
    Membership.objects.create(user=user, municipality=kemi, role=Role.READER)
    assert client.get(PAGE).status_code == 200


def test_the_page_takes_few_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid")
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_who_works_with_a_unit_has_it_first(sign_in: SignIn) -> None:
    page = sign_in("aino").get(PAGE).text
    own = page.split("<caption>Omat yksiköt")[1].split("</table>")[0]
    assert "Lasten ja nuorten palvelut" in own
    assert '/kemi/poikkeamat/?unit=64320000&amp;period=2023-06"' in own
    assert page.index("Omat yksiköt") < page.index('class="barred"')


@pytest.mark.parametrize("name", ["bertta", "daavid"])
def test_who_works_with_all_units_has_none_of_their_own(sign_in: SignIn, name: str) -> None:
    assert "Omat yksiköt" not in sign_in(name).get(PAGE).text
