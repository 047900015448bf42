"""A goal added, mended and removed in a real browser, by keyboard alone, in Finnish."""

from collections.abc import Callable

from playwright.sync_api import Page

from browser.test_following_a_figure import go_by_keyboard

FOCUSED = "document.activeElement.name"
NAME = "Kokeilu: palvelut lähelle"


def tab_to(page: Page, field: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(60):
        if page.evaluate(FOCUSED) == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(field)


def test_a_goal_is_added_with_its_fault_mended_and_removed(
    bertta: Page, address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    bertta.goto(f"{address}/kemi/strategia/")
    for word in ("Muokkaa", "Tavoitteet", "Lisää"):
        go_by_keyboard(bertta, word)

    tab_to(bertta, "theme")
    bertta.keyboard.type("Hyvinvoiva")
    go_by_keyboard(bertta, "Tallenna")
    assert "Nimi: Kohta on tyhjä" in bertta.inner_text("[role=alert]")
    assert "Koodi" not in bertta.inner_text("[role=alert]")
    assert faults_of(bertta) == []

    tab_to(bertta, "name_fi")
    bertta.keyboard.type(NAME)
    go_by_keyboard(bertta, "Tallenna")
    assert bertta.inner_text("[role=status]") == "Tallennettu."
    bertta.goto(f"{address}/kemi/strategia/")
    assert NAME in bertta.inner_text("main")

    go_by_keyboard(bertta, NAME)
    for word in ("Muuta tavoitetta", "Poista…", "Poista"):
        go_by_keyboard(bertta, word)
    bertta.goto(f"{address}/kemi/strategia/")
    assert NAME not in bertta.inner_text("main")
