"""The page of the Sustainable Development Goals: counts, money, what is example data."""

from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.sdgs import sdg_summary
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/sdg/"


def test_who_may_see_the_sdgs(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_page_asks_the_database_15_times_at_most(
    kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid", kemi)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_every_goal_has_its_line_with_counts_and_the_official_name(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "The strategy serves 11 of the 17 goals." in found
    assert "1 No Poverty" in found
    assert "17 Partnerships for the Goals" in found
    assert "13 Climate Action Targets 13.2 1 1 1 – – – –" in found


def test_links_that_are_example_data_are_told_as_such(kemi: Municipality) -> None:
    client = sign_in("daavid", kemi)
    assert "All the links are example data" in text(client, PAGE)
    models.SdgLink.objects.filter(municipality=kemi, sdg="13").update(is_example=False)
    shelves.empty()
    found = text(client, PAGE)
    assert "of 48 links are example data" in found
    assert "Climate Action example data" not in found
    assert "Quality Education example data" in found


def test_a_projects_money_counts_once_though_it_serves_in_two_ways(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
projects: code; name_fi; total; actions
  p; Hanke; 1000; jarjestotyollistaminen
sdg_links: kind; code; sdg
  project; p; 14
  project; p; 14.2
  action; jarjestotyollistaminen; 14.1
""",
    )
    line = sdg_summary(kemi)[13]
    assert (line.projects, line.actions, line.euros) == (1, 1, Decimal(1000))
    assert line.targets == ("14.1", "14.2")


def test_a_measure_is_told_with_its_decided_effect(kemi: Municipality) -> None:
    assert sdg_summary(kemi)[6].effect == 50_000 + 90_000 + 120_000
    assert sdg_summary(kemi)[3].effect is None


def test_the_page_says_which_money_counts(kemi: Municipality) -> None:
    assert "An action has no money of its own" in text(sign_in("daavid", kemi), PAGE)
