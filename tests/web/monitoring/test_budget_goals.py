"""The goals decided with a year's budget, their situation in June and December, person-years."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

KEMI = "/kemi/strategia/talousarviotavoitteet/"
PAGE = "/kemijarvi/strategia/talousarviotavoitteet/"


@pytest.fixture
def client(kemi: Municipality) -> Client:
    """A reader's browser in Kemijärvi, whose budget has goals."""
    demo.load_third()
    return sign_in("bertta", Municipality.objects.get(slug="kemijarvi"))


def test_who_may_see_the_budgets_goals(kemi: Municipality) -> None:
    assert answers(KEMI, kemi) == allowed(*READERS)


def test_a_municipality_without_such_goals_says_so(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), KEMI)
    assert "No goals have been decided with a budget yet." in found


def test_a_page_asks_the_database_15_times_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_a_goal_has_its_target_and_its_situation_in_june_and_december(client: Client) -> None:
    found = text(client, PAGE)
    assert "3 goals, 2 of them binding." in found
    assert "Example: less food is wasted binding" in found
    assert "Example: share of prepared food that is wasted 8.0% 8.9% 8.3%" in found
    assert "Example: a day-care place is found in time not binding" in found


def test_person_years_are_told_by_funding_with_their_sums(client: Client) -> None:
    found = text(client, PAGE).split("Person-years by funding")[1]
    assert "Premises 31 0.5 2 33.5 30 1 2 33" in found
    assert "Catering 24 – – 24 23 – – 23" in found
    assert "In all 117 2.5 2 121.5 114 4 2 120" in found


def test_another_year_is_chosen_by_its_address(client: Client) -> None:
    bring_in(
        Municipality.objects.get(slug="kemijarvi"),
        """
goals: code; name_fi; year; units
  uusi; Uusi tavoite; 2024; kemijarvi-31
""",
    )
    assert "Goals of the budget 2024" in text(client, PAGE)
    found = text(client, f"{PAGE}?year=2023")
    assert "Goals of the budget 2023" in found
    assert "Uusi tavoite" not in found
