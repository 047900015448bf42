"""From the front page to every page by its links: how many presses, how many database queries."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.access.test_matrix import ADDRESSES
from web.cast import enrol

MOST_QUERIES = 15
MOST_PRESSES = 3
LINK = re.compile(r'<(?:a|form) [^>]*(?:href|action)="([^"]+)"')
OF_EACH = 6  # addresses of one view that are looked at
# Files are no pages; the rest is before there is a municipality, or after a file has been given,
# or of what can be removed.
NO_PAGES = {
    "download",
    "front",
    "setup",
    "template_file",
    "account_remove",
    "body_remove",
    "hierarchy_remove",
    "unit_remove",
    "strategy_upload",
    "upload",
    "upload_faults",
}
PAGES = {name for name in ADDRESSES if not name.endswith(("_csv", "_xlsx", "_file"))} - NO_PAGES


@dataclass(frozen=True)
class Stop:
    """A page on the way: how many presses from the front page, and what it asked."""

    address: str
    presses: int
    queries: int


def name_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def links(content: str, address: str) -> Iterator[str]:
    for found in LINK.findall(content):
        yield urljoin(address, unescape(found)).partition("#")[0]


def tour(client: Client, start: str) -> dict[str, list[Stop]]:
    """Follow the links of each page, some of each view, breadth first."""
    stops: dict[str, list[Stop]] = defaultdict(list)
    waiting, seen = [(start, 0)], {start}
    while waiting:
        address, presses = waiting.pop(0)
        name = name_of(address)
        if name not in PAGES or len(stops[name]) == OF_EACH:
            continue
        shelves.empty()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, address
        stops[name].append(Stop(address, presses, len(queries)))
        found = [each for each in links(response.content.decode(), address) if each not in seen]
        seen.update(found)
        waiting += [(each, presses + 1) for each in found]
    return stops


@pytest.fixture
def stops(kemi: Municipality) -> dict[str, list[Stop]]:
    """The tour of somebody who may open every page."""
    user = User.objects.create_user("everything", password=None)
    enrol(user)
    for role in (Role.CONTROLLER, Role.ADMINISTRATOR):
        Membership.objects.create(user=user, municipality=kemi, role=role)
    client = Client()
    client.force_login(user)
    return tour(client, "/kemi/")


def test_every_page_is_three_presses_away_and_asks_at_most_fifteen_times(
    stops: dict[str, list[Stop]],
) -> None:
    far = {name: min(each.presses for each in found) for name, found in stops.items()}
    assert sorted(PAGES - set(far)) == []
    asking = [each for found in stops.values() for each in found if each.queries > MOST_QUERIES]
    assert asking == []
    assert {name: presses for name, presses in far.items() if presses > MOST_PRESSES} == {}
