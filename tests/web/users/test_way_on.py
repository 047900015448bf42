"""Whoever a page asked for a second factor is led back to it when they have taken one in use."""

import pytest
from django.test import Client

from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.users.authenticator import code

PEOPLE = "/kemi/hallinta/henkilot/uusi/?from=loki"
ON, ACCOUNT, APP = "/accounts/2fa/taken/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"


@pytest.fixture
def administrator(confirmed: Client, aino: User, kemi: Municipality) -> Client:
    give_role(by=None, person=aino, municipality=kemi, role=Role.ADMINISTRATOR, unit=None)
    return confirmed


def take(client: Client) -> str:
    """Take an app in use, and return the page that comes next."""
    secret = str(client.get(APP).context["form"].secret)
    return client.post(APP, {"code": code(secret)}, follow=True).text


def test_the_page_that_asked_comes_after_the_recovery_codes(administrator: Client) -> None:
    assert administrator.get(PEOPLE).status_code == 403
    assert f'href="{ON}"' not in administrator.get(ACCOUNT).text, "there is no second factor yet"
    assert f'href="{ON}"' in take(administrator)
    assert f'href="{ON}"' in administrator.get(ACCOUNT).text
    assert administrator.get(ON)["Location"] == PEOPLE
    assert administrator.get(PEOPLE).status_code == 200
    assert administrator.get(ON)["Location"] == ACCOUNT, "it is led to once"
    assert f'href="{ON}"' not in administrator.get(ACCOUNT).text


def test_without_a_page_that_asked_one_comes_to_the_account(administrator: Client) -> None:
    take(administrator)
    assert administrator.get(ON)["Location"] == ACCOUNT


@pytest.mark.parametrize("given", ["?next=https://example.com/", "?next=//example.com/"])
def test_no_address_that_is_given_is_led_to(administrator: Client, given: str) -> None:
    administrator.get(PEOPLE)
    take(administrator)
    assert administrator.get(ON + given)["Location"] == PEOPLE
    assert administrator.get(ON + given)["Location"] == ACCOUNT


def test_nobody_is_led_anywhere_but_to_sign_in(client: Client, db: None) -> None:
    assert client.get(ON)["Location"].startswith("/accounts/login/")
