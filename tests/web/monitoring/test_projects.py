"""The page of projects: who funds them, how far they are, what they belong to."""

from pytest_django import DjangoAssertNumQueries

from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/hankkeet/"


def test_who_may_see_the_projects(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_page_asks_the_database_15_times_at_most(
    kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid", kemi)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_what_is_not_told_of_a_project_is_a_dash(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "2 planned, 1 applied for, 3 under way, 4 whose state is not told." in found
    assert "Master plan Kemi Promotion of Enterprise and Employment – 2021–2023 – – – –" in found
    assert "The money of 10 projects is not told." in found


def test_a_project_tells_its_money_years_and_what_it_is_part_of(kemi: Municipality) -> None:
    head = "projects: code; name_fi; funder; own_share; total; person_years; from; to; state; "
    row = "p; Uusi hanke; Euroopan unioni; 25000; 100000; 1.5; 2024; 2024; granted; "
    bring_in(
        kemi,
        f"{head}actions; cost_centers; is_example\n  {row}elinvoimaprosessi; 64220400; yes",
    )
    client = sign_in("daavid", kemi)
    found = text(client, PAGE)
    shown = "Uusi hanke example data granted 2024 Euroopan unioni €100,000 €25,000 1.5"
    assert shown in found
    page = client.get(PAGE).content.decode().split('id="p"')[1]
    assert 'href="/kemi/talous/?unit=64220400&amp;row="' in page
    assert "#a-elinvoimaprosessi" in page
