"""Units and accounts that fit their file but not what is there already: told on the file's page."""

import pytest
from django.test import Client

from katsaus.ledger.importers import Kind
from katsaus.web.imports import queries
from katsaus.web.imports.models import State
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import act, address, give


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


@pytest.mark.parametrize(
    ("kind", "content", "named", "unnamed"),
    [
        (Kind.ACCOUNTS, "Tili;Nimi\n9001;Ruoka\n4521;Leipä\n", "9001", "4521"),
        (Kind.ORGANIZATION, "Koodi;Nimi;Taso\n99;Toinen kunta;kunta\n", "99", "98"),
    ],
)
def test_the_page_says_which_of_them_do_not_fit_and_nothing_is_kept(
    kemi: Municipality, bertta: Client, kind: Kind, content: str, named: str, unnamed: str
) -> None:
    before = queries.sums(kemi, kind)
    upload = act(bertta, give(bertta, content, kind=kind), "keep")
    assert upload.state == State.READ
    page = bertta.get(address(upload))
    assert page.context["is_blocked"]
    [fault] = page.context["faults"]
    assert named in fault.text
    assert unnamed not in fault.text
    assert queries.sums(kemi, kind) == before


def test_of_many_only_the_first_are_named(bertta: Client) -> None:
    numbers = [f"9{number:03}" for number in range(100)]
    content = "Tili;Nimi\n" + "".join(f"{number};Nimi\n" for number in numbers)
    upload = act(bertta, give(bertta, content, kind=Kind.ACCOUNTS), "keep")
    [fault] = bertta.get(address(upload)).context["faults"]
    assert numbers[0] in fault.text
    assert numbers[50] not in fault.text
