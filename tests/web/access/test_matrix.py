"""Every address against every role: who comes in, who is refused, who learns nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from katsaus.core.periods import Period
from katsaus.web.access.doors import DOORS
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import RIGHTS, Right, Role
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.use_cases import withdraw
from katsaus.web.users.models import User
from web.cast import enrol
from web.imports.small_town import Town

# Those of sign-in are allauth's and are tried in tests/web/users.
OWN = [
    "front",
    "reports",
    "report",
    "download",
    "home",
    "statement",
    "statement_xlsx",
    "figure",
    "figure_note",
    "figure_csv",
    "deviations",
    "search",
    "strategy",
    "strategy_map",
    "strategy_map_file",
    "goal",
    "action_report",
    "indicator",
    "indicator_value",
    "performance_figures",
    "programmes",
    "programme",
    "measure",
    "sdgs",
    "sdg",
    "projects",
    "decisions",
    "budget_goals",
    "next_term",
    "strategy_files",
    "strategy_upload",
    "strategy_export_file",
    "tables",
    "table",
    "row_new",
    "row",
    "row_remove",
    "imports",
    "upload",
    "upload_faults",
    "batch",
    "batch_undo",
    "administration",
    "units",
    "units_csv",
    "unit_new",
    "unit",
    "unit_move",
    "unit_end",
    "unit_remove",
    "unit_merge",
    "hierarchies",
    "hierarchy",
    "hierarchy_remove",
    "bodies",
    "body",
    "body_remove",
    "setup",
    "template_file",
    "limits",
    "accounts",
    "accounts_csv",
    "account",
    "account_remove",
    "account_new",
    "official_accounts",
    "audit",
    "audit_csv",
    "people",
    "people_csv",
    "people_import",
    "person",
    "person_new",
]


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if "accounts/" not in str(each.pattern):
                yield from patterns(each)
        else:
            yield each


def right_of(pattern: URLPattern) -> Right | None:
    view = pattern.callback
    return DOORS[f"{view.__module__}.{view.__qualname__}"]


ADDRESSES = {str(each.name): each for each in patterns(get_resolver())}
GUARDED = sorted(name for name, each in ADDRESSES.items() if right_of(each) is not None)


def path_of(name: str, slug: str = "kemi") -> str:
    needed = ADDRESSES[name].pattern.regex.groupindex
    given = {
        "slug": slug,
        "period": "2023-06",
        "file_format": "json",
        "pk": 4_000_000,
        "kind": "budget",
        "number": 13,
        "code": "x",
        "table": "explanations",
        "key": "x",
    }
    return reverse(name, kwargs={key: given[key] for key in needed})


def person(owner: Municipality, role: Role | None, *, enrolled: bool = True) -> Client:
    user = User.objects.create_user("person", password=None)
    if enrolled:
        enrol(user)
    if role is not None:
        Membership.objects.create(user=user, municipality=owner, role=role)
    client = Client()
    client.force_login(user)
    return client


def test_the_addresses_are_those_that_are_known_here() -> None:
    assert sorted(ADDRESSES) == sorted(OWN)


def is_met(name: str, role: Role, status: int) -> bool:
    """Whether an answer is what a role should get at an address."""
    if right_of(ADDRESSES[name]) in RIGHTS[role]:
        # 400 is for an address without its parameters, 404 for a batch that is not there.
        return status in (200, 400, 404)
    return status == 403


@pytest.mark.parametrize("role", Role)
def test_a_role_comes_in_where_it_has_the_right(kemi: Municipality, role: Role) -> None:
    client = person(kemi, role)
    answers = {name: client.get(path_of(name)).status_code for name in GUARDED}
    assert {name: each for name, each in answers.items() if not is_met(name, role, each)} == {}


@pytest.mark.parametrize("role", [each for each in Role if Right.USERS in RIGHTS[each]])
def test_only_the_doors_of_people_ask_for_a_second_factor(kemi: Municipality, role: Role) -> None:
    client = person(kemi, role, enrolled=False)
    led = {name for name in GUARDED if is_led_to_enrol(client, name)}
    assert led == {name for name in GUARDED if right_of(ADDRESSES[name]) is Right.USERS}


def is_led_to_enrol(client: Client, name: str) -> bool:
    response = client.get(path_of(name))
    content = response.getvalue() if response.streaming else response.content
    is_led = b'href="/accounts/2fa/"' in content.partition(b"<main")[2]
    assert not is_led or response.status_code == 403
    return is_led


def test_nobody_is_sent_to_sign_in(kemi: Municipality) -> None:
    ways = {name: Client().get(path_of(name)) for name in GUARDED}
    assert {each.status_code for each in ways.values()} == {302}
    places = [each["Location"] for each in ways.values()]
    assert all(each.startswith("/accounts/login/?next=") for each in places)


def test_another_municipalitys_controller_learns_nothing(
    kemi: Municipality, tmp_path: Path
) -> None:
    client = person(Town.found("posio", tmp_path).owner, Role.CONTROLLER)
    answers = {name: client.get(path_of(name)).status_code for name in GUARDED}
    assert {name: each for name, each in answers.items() if each != 404} == {}


@pytest.mark.parametrize("name", ["report", "download"])
def test_a_published_report_is_for_all_and_a_preview_for_its_own(
    kemi: Municipality, tmp_path: Path, name: str
) -> None:
    assert Client().get(path_of(name)).status_code == 200
    withdraw(municipality=kemi, period=Period(2023, 6))
    assert Client().get(path_of(name)).status_code == 302
    other = Town.found("posio", tmp_path).owner
    client = person(other, Role.CONTROLLER)
    assert client.get(path_of(name)).status_code == 404
    Membership.objects.create(
        user=User.objects.get(username="person"), municipality=kemi, role=Role.READER
    )
    assert client.get(path_of(name)).status_code == 200


def test_an_administrator_sees_no_figures(kemi: Municipality) -> None:
    withdraw(municipality=kemi, period=Period(2023, 6))
    client = person(kemi, Role.ADMINISTRATOR)
    assert client.get(path_of("report")).status_code == 404
    assert client.get("/")["Location"] == "/kemi/hallinta/"
