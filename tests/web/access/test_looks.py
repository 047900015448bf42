"""Whatever shows single postings to an auditor is written down: every address is tried."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.imports import queries as imports
from katsaus.web.organization.models import Account, Municipality
from katsaus.web.users.models import User
from web.access.test_matrix import ADDRESSES
from web.cast import enrol

FIGURE = "64321000 operating_expenses actual_2023_06 2023-06"
UNIT, ROW, COLUMN, PERIOD = FIGURE.split()
# One address shows what it has with these, whatever it is.
QUERY = {"unit": UNIT, "row": ROW, "column": COLUMN, "period": PERIOD}
VOUCHER = re.compile(r"OL23\d{7}")  # a posting of the example is shown with its own
SHOWING = {"figure", "figure_note", "figure_csv", "search"}


@pytest.fixture
def auditor(kemi: Municipality) -> Client:
    """Return the browser of an auditor with other roles besides, to whom every door opens."""
    user = User.objects.create_user("moniroolinen", first_name="Tarkastaja")
    for role in (Role.AUDITOR, Role.CONTROLLER, Role.ADMINISTRATOR):
        Membership.objects.create(user=user, municipality=kemi, role=role)
    enrol(user)
    client = Client()
    client.force_login(user)
    return client


def paths(kemi: Municipality) -> dict[str, str]:
    """Return a path of each address, with things that are there."""
    numbers = {
        "batch": imports.kept(kemi, Kind.POSTINGS).latest("pk").pk,
        "account": Account.objects.create(municipality=kemi, number="K1", name_fi="Koetili").pk,
        "person": User.objects.get(username="moniroolinen").pk,
    }
    unit = kemi.units.get(code=UNIT).pk
    given = {
        "slug": "kemi",
        "period": PERIOD,
        "file_format": "csv",
        "kind": "postings",
        "number": 4,
        "code": "vihrea_kemi",
        "table": "goals",
        "key": "vihrea_kemi",
    }
    found = {}
    for name, pattern in ADDRESSES.items():
        values = {**given, "pk": numbers.get(name, unit)}
        needed = pattern.pattern.regex.groupindex
        found[name] = reverse(name, kwargs={key: values[key] for key in needed})
    return found


def content(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    read = answer.getvalue() if answer.streaming else answer.content
    return unescape(read.decode("utf-8", errors="replace"))


def looks() -> list[tuple[str, str, object]]:
    found = Event.objects.filter(action__startswith="postings.").order_by("pk")
    return list(found.values_list("action", "subject", "after"))


@pytest.mark.parametrize("word", ["OL2300", "Ateriapalvelu"])
@pytest.mark.parametrize("part", [False, True], ids=["page", "part of a page"])
def test_every_address_that_shows_postings_writes_it_down(
    auditor: Client, kemi: Municipality, word: str, part: bool
) -> None:
    headers = {"hx-request": "true"} if part else {}
    showing = set()
    for name, path in paths(kemi).items():
        before = len(looks())
        shown = content(auditor, f"{path}?{urlencode({**QUERY, 'q': word})}", **headers)
        if VOUCHER.search(shown):
            showing.add(name)
            assert len(looks()) == before + 1, f"{name} shows postings unwritten"
        else:
            assert len(looks()) == before, f"{name} writes down what it does not show"
    assert showing == SHOWING


def test_it_is_told_what_was_looked_at_and_by_which_search(auditor: Client) -> None:
    search = {**QUERY, "q": "Ateriapalvelu"}
    for query in (QUERY, search):
        auditor.get("/kemi/luku/", query)
        auditor.get("/kemi/luku.csv", query)
    auditor.get("/kemi/haku/", {"q": "Ateriapalvelu"})
    assert looks() == [
        ("postings.viewed", FIGURE, None),
        ("postings.downloaded", FIGURE, None),
        ("postings.viewed", FIGURE, {"search": "Ateriapalvelu"}),
        ("postings.downloaded", FIGURE, {"search": "Ateriapalvelu"}),
        ("postings.searched", "Ateriapalvelu", {"postings": 50}),
    ]


def test_a_search_that_shows_no_posting_is_no_look(auditor: Client) -> None:
    for word in ("", "xyzzy"):
        auditor.get("/kemi/haku/", {"q": word})
    assert looks() == []
