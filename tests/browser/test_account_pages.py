"""The pages of accounts in a real browser: nothing that axe finds, in light and dark, at 320 px."""

from collections.abc import Callable

from playwright.sync_api import Page


def test_axe_finds_nothing_on_the_pages_of_accounts(
    bertta: Page, address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    page = bertta
    page.goto(f"{address}/kemi/hallinta/tilit/")
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
