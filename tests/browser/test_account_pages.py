"""The pages of accounts in a real browser: nothing that axe finds, in light and dark, at 320 px."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page


def test_axe_finds_nothing_on_the_pages_of_accounts(
    page: Page, address: str, loaded: Path, faults_of: Callable[[Page], list[str]]
) -> None:
    people = json.loads((loaded / "demo-users.json").read_text("utf-8"))
    [bertta] = [each for each in people if each["username"] == "bertta"]
    page.goto(f"{address}/accounts/login/?next=/kemi/hallinta/tilit/")
    page.fill("[name=login]", bertta["username"])
    page.fill("[name=password]", bertta["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/hallinta/tilit/")
    found = faults_of(page)
    page.click("tbody a")
    found += faults_of(page)
    page.goto(f"{address}/kemi/hallinta/tilit/uusi/")
    page.press("[name=number]", "Enter")
    page.wait_for_selector("[role=alert]")
    found += faults_of(page)
    page.goto(f"{address}/kemi/hallinta/tilit/viralliset/")
    found += faults_of(page)
    assert found == []
