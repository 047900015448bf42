"""A figure followed to its postings in a real browser, by keyboard alone, in Finnish."""

import re

from playwright.sync_api import Page

FOCUSED = "document.activeElement.matches('a, button') && document.activeElement.innerText.trim()"
MOST_PRESSES = 200
VOUCHER = re.compile(r"^[A-Z]{2}23\d{7}$")


def go_by_keyboard(page: Page, word: str) -> None:
    """Press Tab until a link of the word has the focus, and press it."""
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == word:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{page.url}: Tab does not come to {word!r}")


def test_a_figure_is_followed_to_its_postings(bertta: Page, address: str) -> None:
    bertta.goto(f"{address}/kemi/")
    for word in (
        "Talous",
        "Ympäristötoimiala",
        "Toimintatuotot",
        "Viranomaistoiminta ja luvitus",
        "Toimintatuotot",
        "Rakennusvalvonta",
        "94\u00a0031",
    ):
        go_by_keyboard(bertta, word)
    assert bertta.inner_text("h1").endswith("94\u00a0030,79\u00a0€")
    vouchers = [
        text for text in bertta.locator("tbody td").all_inner_texts() if VOUCHER.match(text)
    ]
    assert len(vouchers) > 10


def test_another_period_is_of_the_unit_that_was_chosen_without_leaving_the_page(
    bertta: Page, address: str
) -> None:
    """The bar's periods follow what is chosen above the table; the menu takes the period along."""
    bertta.goto(f"{address}/kemi/talous/")
    with bertta.expect_response("**/talous/?**"):
        bertta.select_option("[name=unit]", "64500000")
    bertta.wait_for_selector(".path >> text=Kemin kaupunki")
    bertta.click("#bar-period summary")
    bertta.click("#bar-period >> text=1–3/2023")
    assert "unit=64500000" in bertta.url
    assert "period=2023-03" in bertta.url
    bertta.click("nav.main >> text=Poikkeamat")
    assert bertta.url.endswith("/poikkeamat/?period=2023-03")
    assert bertta.inner_text("#bar-period summary").endswith("1–3/2023")
