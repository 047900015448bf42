"""From a second factor to a colleague's first sign-in, in a real browser and for everyone."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

import installations
from browser.conftest import serving
from browser.test_on_a_phone import SIDEWAYS
from web.users.authenticator import code

PASSWORD = "kolme-kuusta-ja-suo"
OWN = "neljä-mäntyä-ja-ranta"
PEOPLE = "/kemi/hallinta/henkilot/"
FIRST_ADMINISTRATOR = f"""
import django
django.setup()
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.use_cases import create_person
kemi = ensure_municipality(slug_or_number="kemi")
person = create_person(by=None, username="hallinta", name="Ylläpitäjä", password="{PASSWORD}")
give_role(by=None, person=person, municipality=kemi, role="administrator", unit=None)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an installation that has one administrator and nothing else."""
    data = tmp_path_factory.mktemp("installation")
    installations.prepare(data)
    environment = installations.environment(data, DJANGO_SETTINGS_MODULE="katsaus.web.settings")
    command = [sys.executable, "-c", FIRST_ADMINISTRATOR]
    subprocess.run(command, env=environment, check=True)
    with serving(data) as served:
        yield served


def sign_in(page: Page, name: str, password: str) -> None:
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def test_an_administrator_takes_a_second_factor_and_lets_a_colleague_in(
    page: Page, address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    page.goto(address + PEOPLE)
    sign_in(page, "hallinta", PASSWORD)
    assert faults_of(page) == []
    page.click("main a[href='/accounts/2fa/']")
    page.click("a[href='/accounts/2fa/totp/activate/']")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.fill("[name=code]", code(page.inner_text("code.key")))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    page.click("a[href='/accounts/2fa/taken/']")
    page.wait_for_url(f"**{PEOPLE}")
    found = faults_of(page)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("main .scroll").evaluate_all(SIDEWAYS) == 0
    page.click(f"a[href='{PEOPLE}uusi/']")
    page.press("[name=username]", "Enter")
    assert page.get_attribute(".wanting a >> nth=0", "href") == "#id_username"
    found += faults_of(page)
    page.fill("[name=username]", "eeva")
    page.fill("[name=name]", "Sihteeri")
    page.select_option("[name=role]", "reader")
    page.press("[name=name]", "Enter")
    given = page.inner_text("code.secret")
    found += faults_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copies]")
    page.wait_for_function("document.querySelector('[data-copies]+*').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == given
    page.click("header.head a >> nth=-1")
    for summary in page.locator("details.how summary").all():
        summary.click()
    found += faults_of(page)
    page.goto(f"{address}{PEOPLE}tuonti/")
    rows = b"username;role\naino;x\n"
    page.set_input_files("[name=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": rows})
    page.click("[value=check]")
    assert page.locator("ol.faults li").count() == 1
    assert found + faults_of(page) == []

    page.click("details.person summary")
    page.click("details.person a[href='/accounts/logout/']")
    page.click("main button")
    page.goto(f"{address}/accounts/login/")
    sign_in(page, "eeva", given)
    page.wait_for_url("**/password/change/")
    page.fill("[name=oldpassword]", given)
    page.fill("[name=password1]", OWN)
    page.fill("[name=password2]", OWN)
    page.press("[name=password2]", "Enter")
    page.wait_for_url(re.compile(r"^[^?]*/kemi/$"))
    assert page.locator("main [role=status]").count() == 1
    assert faults_of(page) == []
    page.goto(f"{address}/accounts/2fa/")
    page.click("details.person summary")
    assert faults_of(page) == []
