"""Sign-in in a real browser: by keyboard alone, with an app, with a passkey, for everyone."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

import installations
from browser.conftest import serving
from web.users.authenticator import code

# Not the sign-in page, whose address ends with the same words.
OWN_PAGE = re.compile(r"^[^?]*/accounts/2fa/$")
PASSWORD = "kolme-kuusta-ja-suo"
MAKE_PERSON = """
import django
django.setup()
from katsaus.web.users.use_cases import create_person
for name in ("aino", "bertta", "cecilia", "daavid"):
    create_person(by=None, username=name, name="Palvelualueen päällikkö", password="%s")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an installation that has four people and no municipality yet."""
    data = tmp_path_factory.mktemp("installation")
    installations.prepare(data)
    environment = installations.environment(data, DJANGO_SETTINGS_MODULE="katsaus.web.settings")
    subprocess.run([sys.executable, "-c", MAKE_PERSON % PASSWORD], env=environment, check=True)
    with serving(data) as served:
        yield served


def sign_in(page: Page, address: str, name: str, way_on: str = "/accounts/2fa/") -> None:
    page.goto(f"{address}/accounts/login/?next={way_on}")
    page.fill("[name=login]", name)
    confirm(page)


def confirm(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    send(page, "[name=password]")


def send(page: Page, field: str) -> None:
    """Send the form of a field, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.press(field, "Enter")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.className"))


def test_the_keyboard_alone_suffices(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/?next=/accounts/2fa/")
    for _ in range(10):
        page.keyboard.press("Tab")
        if focused(page) == "login":
            break
    page.keyboard.type("aino")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert focused(page) == "remember"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(OWN_PAGE)


def test_a_fault_is_followed_to_its_field(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.press("[name=login]", "Enter")
    page.click(".faults a >> nth=1")
    assert focused(page) == "password"


def test_no_page_has_faults_that_axe_finds(
    page: Page, address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    found = []
    page.goto(f"{address}/accounts/login/")
    found += faults_of(page)
    send(page, "[name=login]")
    found += faults_of(page)
    sign_in(page, address, "bertta")
    for place in ("2fa/", "logout/", "password/change/", "reauthenticate/", "2fa/webauthn/"):
        page.goto(f"{address}/accounts/{place}")
        found += faults_of(page)
    page.goto(f"{address}/accounts/2fa/totp/activate/")
    confirm(page)
    found += faults_of(page)
    page.goto(f"{address}/accounts/2fa/webauthn/add/")
    found += faults_of(page)
    assert found == []


def test_an_app_is_taken_in_use_and_asked_for(
    page: Page, address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    sign_in(page, address, "cecilia", "/accounts/2fa/totp/activate/")
    confirm(page)
    secret = page.inner_text("code.key")
    assert page.locator(".code-picture path").bounding_box() is not None
    page.fill("[name=code]", code(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    assert faults_of(page) == []
    page.context.clear_cookies()
    sign_in(page, address, "cecilia")
    page.wait_for_url("**/2fa/authenticate/")
    assert faults_of(page) == []
    page.fill("[name=code]", code(secret, later=1))
    page.press("[name=code]", "Enter")
    page.wait_for_url(OWN_PAGE)


def test_a_passkey_opens_without_a_password_and_is_a_second_factor_after_one(
    page: Page, address: str
) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, address, "daavid", "/accounts/2fa/webauthn/add/")
    confirm(page)
    page.check("[name=passwordless]")
    page.click("[data-passkey=add] button")
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    page.goto(f"{address}/accounts/login/?next=/accounts/2fa/")
    page.click("[data-passkey=sign-in] button")
    page.wait_for_url(OWN_PAGE)
    assert page.locator(".ways dt").count() == 5
    page.context.clear_cookies()
    sign_in(page, address, "daavid")
    page.wait_for_url("**/2fa/authenticate/")
    assert page.is_visible("[data-passkey=confirm] button")


def test_the_password_suffices_without_javascript(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    sign_in(plain, address, "aino")
    plain.wait_for_url(OWN_PAGE)
    assert not plain.is_visible("[data-passkey]")
    context.close()
