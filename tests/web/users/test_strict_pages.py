"""No script or style stands inside a page of sign-in, and the header would not run it."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from katsaus.web.users.models import User
from web.users.authenticator import code

FOR_ALL = ["login/", "signup/", "inactive/", "3rdparty/login/error/", "3rdparty/login/cancelled/"]
FOR_PERSON = [
    "logout/",
    "password/change/",
    "reauthenticate/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


class Strictness(HTMLParser):
    """Collects what a Content-Security-Policy without inline script refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.refused.append(tag)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.refused.append(tag)


def faults(client: Client, address: str) -> list[str]:
    """Return what a page does that a strict page does not."""
    answer = client.get(f"/accounts/{address}")
    policy, text = answer["Content-Security-Policy"], answer.content.decode()
    page = Strictness()
    page.feed(text)
    kept = {
        f"answers {answer.status_code}": answer.status_code == (401 if "error" in address else 200),
        "lets others in": "default-src 'self'" in policy,
        "lets inline code run": "unsafe" not in policy,
        "has not one heading": len(re.findall("<h1>", text)) == 1,
    }
    return [*page.refused, *(fault for fault, is_kept in kept.items() if not is_kept)]


@pytest.mark.parametrize("address", FOR_ALL)
def test_a_page_for_all_is_strict(db: None, client: Client, address: str) -> None:
    assert faults(client, address) == []


@pytest.mark.parametrize("address", FOR_PERSON)
def test_a_page_for_a_person_is_strict(confirmed: Client, address: str) -> None:
    assert faults(confirmed, address) == []


@pytest.mark.parametrize("address", ["generate/", ""])
def test_the_pages_of_recovery_codes_are_strict(confirmed: Client, address: str) -> None:
    secret = str(confirmed.get("/accounts/2fa/totp/activate/").context["form"].secret)
    confirmed.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    for page in (f"recovery-codes/{address}", "totp/deactivate/", "reauthenticate/"):
        assert faults(confirmed, f"2fa/{page}") == []


@pytest.mark.parametrize("address", [each for each in FOR_PERSON if each != "logout/"])
def test_a_page_for_a_person_asks_others_to_sign_in(db: None, client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}")["Location"].startswith("/accounts/login/")


def test_a_fault_is_told_above_the_form_and_leads_to_its_field(aino: User, client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "aino", "password": ""}).content.decode()
    assert '<a href="#id_password">' in page
    assert 'id="id_password"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_password_error"' in page
    assert 'id="id_password_error"' in page


def test_the_browser_is_told_what_the_fields_are(db: None, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page
