"""The first page of a municipality without figures: steps for those who bring files in."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.imports import template_files
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from web.finance.conftest import SignIn
from web.imports.small_town import Town

PAGE = "/posio/"


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    return Town(ensure_municipality(slug_or_number="posio"), tmp_path)


def person(town: Town, role: Role, name: str = "Talousjohtaja") -> Client:
    user = User.objects.create_user(f"{role}", first_name=name)
    Membership.objects.create(user=user, municipality=town.owner, role=role)
    client = Client()
    client.force_login(user)
    return client


def bring_in(town: Town, *kinds: Kind) -> None:
    for kind in kinds:
        town.bring_in(kind, template_files.content(kind, "fi"))


def newest(town: Town) -> int:
    return Batch.objects.filter(municipality=town.owner).latest("pk").pk


def following(client: Client) -> str | None:
    """Return the kind of the step that the page calls the next one."""
    steps = client.get(PAGE).context["steps"]
    return next((step.kind for step in steps if step.is_next), None)


def test_the_steps_are_done_one_after_another_until_the_figures_are_there(town: Town) -> None:
    controller = person(town, Role.CONTROLLER)
    for kind in (Kind.ORGANIZATION, Kind.BUDGET, Kind.POSTINGS):
        assert following(controller) == kind
        assert f"/posio/tuonnit/?kind={kind}" in controller.get(PAGE).text
        assert f"/posio/tuonnit/malli/{kind}.csv" in controller.get(PAGE).text
        bring_in(town, kind)  # the model files need no accounts of one's own
    assert "front" in controller.get(PAGE).context


def test_the_page_of_a_kept_file_leads_to_the_next_step(town: Town) -> None:
    controller = person(town, Role.CONTROLLER)
    onward = []
    for kind in (Kind.ORGANIZATION, Kind.ACCOUNTS, Kind.BUDGET, Kind.POSTINGS):
        bring_in(town, kind)
        page = controller.get(f"/posio/tuonnit/era/{newest(town)}/").text
        onward.append(page.split('class="onward"')[1].split('href="')[1].split('"')[0])
    ask = "/posio/tuonnit/?kind="
    assert onward == [f"{ask}budget", f"{ask}budget", f"{ask}postings", "/posio/"]


def test_the_front_page_without_a_forecast_leads_to_bringing_it_in(town: Town) -> None:
    bring_in(town, Kind.ORGANIZATION, Kind.ACCOUNTS, Kind.BUDGET, Kind.POSTINGS)
    asking = "/posio/tuonnit/?kind=forecasts"
    assert asking in person(town, Role.CONTROLLER).get(PAGE).text
    assert asking not in person(town, Role.READER).get(PAGE).text


def test_own_accounts_are_not_needed(town: Town) -> None:
    controller = person(town, Role.CONTROLLER)
    bring_in(town, Kind.ORGANIZATION)
    [optional] = [each for each in controller.get(PAGE).context["steps"] if each.is_optional]
    assert (optional.kind, optional.is_next, optional.rows) == (Kind.ACCOUNTS, False, "")


def test_a_ledger_without_a_budget_can_be_looked_at_already(town: Town) -> None:
    controller = person(town, Role.CONTROLLER)
    bring_in(town, Kind.ORGANIZATION, Kind.ACCOUNTS, Kind.POSTINGS)
    assert following(controller) == Kind.BUDGET
    assert 'href="/posio/talous/"' in controller.get(PAGE).text.partition("<main")[2]
    assert controller.get("/posio/talous/").status_code == 200


def test_whoever_may_not_bring_files_in_is_told_whom_to_ask(town: Town) -> None:
    reader = person(town, Role.READER, "Valtuutettu")
    assert "Talousjohtaja" not in reader.get(PAGE).text
    person(town, Role.CONTROLLER)
    page = reader.get(PAGE).text.partition("<main")[2]
    assert "Talousjohtaja" in page
    assert "/posio/tuonnit/" not in page


def test_a_reader_sees_the_figures_though_the_budget_is_missing(town: Town) -> None:
    bring_in(town, Kind.ORGANIZATION, Kind.ACCOUNTS, Kind.POSTINGS)
    assert "front" in person(town, Role.READER).get(PAGE).context


def test_others_do_not_come_in(sign_in: SignIn, town: Town, kemi: Municipality) -> None:
    assert sign_in("bertta").get(PAGE).status_code == 404
    assert person(town, Role.ADMINISTRATOR).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_the_pages_take_few_queries(
    sign_in: SignIn, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    controller = person(town, Role.CONTROLLER)
    with django_assert_max_num_queries(15):
        controller.get(PAGE)
    bertta = sign_in("bertta")
    with django_assert_max_num_queries(15):
        bertta.get("/kemi/")
