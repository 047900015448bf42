"""The page of one Sustainable Development Goal: all that serves it, and how far that is."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katsaus.web.monitoring import sdg
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/sdg/12/"


def test_who_may_see_what_serves_a_goal(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_page_asks_the_database_15_times_at_most(
    kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid", kemi)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_a_goal_is_told_with_its_targets_and_those_that_the_municipality_set(
    kemi: Municipality,
) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "12.1, 12.2, 12.3, 12.4, 12.5" in found
    assert "Example: every unit is environmentally certified" in found


def test_an_indicator_that_serves_a_goal_is_told_with_its_last_value(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "Share of audited day-care centres example data 57%, 1–6/2023 12.6" in found


def test_an_action_that_serves_a_goal_is_told_with_its_unit_and_state(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
sdg_links: kind; code; sdg
  action; jarjestotyollistaminen; 14.1
""",
    )
    found = text(sign_in("daavid", kemi), "/kemi/strategia/sdg/14/")
    assert "Actions (1)" in found
    assert "järjestötyöllistämisen kehittäminen 14.1 Vitality Division ◐ Under way" in found


@pytest.mark.parametrize("number", [0, 18, 1_000_000])
def test_there_are_seventeen_goals(kemi: Municipality, number: int) -> None:
    assert sign_in("daavid", kemi).get(f"/kemi/strategia/sdg/{number}/").status_code == 404


def test_nothing_that_serves_a_goal_is_said_so(kemi: Municipality) -> None:
    assert "Nothing serves this goal." in text(sign_in("daavid", kemi), "/kemi/strategia/sdg/14/")


def test_what_serves_a_goal_is_on_pages_that_together_hold_it_all(
    kemi: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("daavid", kemi)
    whole = [row for group in client.get(PAGE).context["groups"] for row in group.rows]
    monkeypatch.setattr(sdg, "ON_PAGE", 2)
    pages = [client.get(f"{PAGE}?page={page}") for page in range(1, len(whole) // 2 + 2)]
    parts = [row for each in pages for group in each.context["groups"] for row in group.rows]
    assert parts[: len(whole)] == whole
    assert f"Page 2 of {(len(whole) + 1) // 2}" in text(client, f"{PAGE}?page=2")
