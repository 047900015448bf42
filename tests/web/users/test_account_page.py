"""A person's own account: the way to it, and the language of one's pages."""

import pytest
from django.test import Client

from katsaus.web.users.models import User

ACCOUNT = "/accounts/2fa/"


def language(client: Client) -> str:
    return client.get(ACCOUNT, headers={"accept-language": "fi"})["Content-Language"]


def choose(client: Client, code: str) -> int:
    return client.post("/accounts/language/", {"language": code}).status_code


def test_the_name_at_the_top_leads_to_the_account_and_out(signed_in: Client) -> None:
    menu = (
        signed_in.get(ACCOUNT)
        .text.partition('<details class="person opens">')[2]
        .partition("<main")[0]
    )
    assert f'href="{ACCOUNT}"' in menu
    assert 'href="/accounts/logout/"' in menu


def test_the_chosen_language_holds_in_this_browser_and_the_next(
    signed_in: Client, aino: User
) -> None:
    assert language(signed_in) == "fi"
    assert choose(signed_in, "sv") == 302
    assert language(signed_in) == "sv"
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "aino", "password": "kolme-kuusta-ja-suo"})
    assert language(elsewhere) == "sv"


@pytest.mark.parametrize("code", ["de", "", "../x", "fi\r\nSet-Cookie: a=b"])
def test_a_language_that_is_not_ours_changes_nothing(
    signed_in: Client, aino: User, code: str
) -> None:
    choose(signed_in, code)
    aino.refresh_from_db()
    assert aino.language == ""
    assert language(signed_in) == "fi"


def test_the_language_is_chosen_with_a_button_and_by_a_person(client: Client, db: None) -> None:
    assert client.get("/accounts/language/").status_code == 405
    assert client.post("/accounts/language/")["Location"].startswith("/accounts/login/")


def test_a_number_for_an_address_leads_to_the_name_that_passkeys_need(db: None) -> None:
    for host, is_led in (("127.0.0.1:8000", True), ("localhost:8000", False)):
        client = Client()
        address = "/accounts/login/?next=/kemi/"
        page = client.get(address, HTTP_HOST=host, SERVER_PORT="8000").text
        assert (f'href="http://localhost:8000{address}"' in page) is is_led
        assert page.count("localhost") == int(is_led), "more than a link is said of it"
        assert ('data-passkey="sign-in"' in page) is not is_led
