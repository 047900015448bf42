"""What opens over a page: it closes as one expects, and nothing under it moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

OPEN = "details[open]:is(.opens, .columns)"
FOCUSED = "document.activeElement.matches('summary') && document.activeElement.innerText.trim()"

IN_THE_BAR = "document.activeElement.closest('.top') !== null"
# The line of the bar and the place on it; a line is 40 px high at least.
PLACE = """() => {
  const {left, top, bottom} = document.activeElement.getBoundingClientRect();
  return [Math.floor((top + bottom) / 2 / 40), left];
}"""


@pytest.fixture
def statement(bertta: Page, address: str) -> Iterator[Page]:
    """The page of the finances on a phone, with nothing open."""
    bertta.set_viewport_size({"width": 390, "height": 800})
    bertta.goto(f"{address}/kemi/talous/")
    yield bertta
    bertta.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("menu", ["#bar-period", ".menu", ".person"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_a_menu_moves_nothing_and_is_whole_on_the_screen(
    statement: Page, menu: str, width: int
) -> None:
    statement.set_viewport_size({"width": width, "height": 800})
    summary = statement.locator(f"{menu} > summary")
    if not summary.is_visible():
        assert (menu, width) == (".menu", 1440)
        return
    height = "document.querySelector('.top').getBoundingClientRect().height"
    before = statement.evaluate(height)
    summary.click()
    box = statement.locator(f"{menu} > ul").bounding_box()
    assert box
    assert statement.evaluate(height) == before
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert statement.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360, 390])
def test_the_choices_of_columns_are_whole_on_a_phone(statement: Page, width: int) -> None:
    statement.set_viewport_size({"width": width, "height": 800})
    statement.click(".columns > summary")
    rights = "all => all.map(each => each.getBoundingClientRect().right)"
    assert max(statement.locator(".columns label").evaluate_all(rights)) <= width
    assert statement.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("menu", ["#bar-period", ".menu", ".person", ".columns"])
def test_esc_closes_a_menu_and_goes_back_to_its_button(statement: Page, menu: str) -> None:
    statement.focus(f"{menu} > summary")
    word = statement.evaluate(FOCUSED)
    statement.keyboard.press("Enter")
    statement.keyboard.press("Tab")
    assert statement.locator(OPEN).count() == 1
    assert not statement.evaluate(FOCUSED)
    statement.keyboard.press("Escape")
    assert statement.locator(OPEN).count() == 0
    assert statement.evaluate(FOCUSED) == word


@pytest.mark.parametrize("width", [390, 1440])
def test_the_focus_goes_through_the_bar_as_it_is_seen(statement: Page, width: int) -> None:
    statement.set_viewport_size({"width": width, "height": 800})
    statement.focus(".mark")
    places = []
    while statement.evaluate(IN_THE_BAR):
        places.append(statement.evaluate(PLACE))
        statement.keyboard.press("Tab")
    assert len(places) > 4
    assert places == sorted(places)


def test_a_press_elsewhere_and_another_menu_close_one(statement: Page) -> None:
    statement.click(".person > summary")
    statement.click(".menu > summary")
    assert statement.locator(OPEN).evaluate_all("all => all.map(each => each.className)") == [
        "opens menu"
    ]
    statement.mouse.click(380, 780)
    assert statement.locator(OPEN).count() == 0


def test_the_focus_that_goes_on_leaves_no_menu_open_over_it(statement: Page) -> None:
    statement.click("#bar-period > summary")
    for _ in range(60):
        statement.keyboard.press("Tab")
        if not statement.evaluate("document.activeElement.closest('#bar-period') !== null"):
            break
    assert statement.locator(OPEN).count() == 0


def test_without_javascript_a_menu_opens_and_closes(chromium: Browser, statement: Page) -> None:
    kept = statement.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=kept)
    page = context.new_page()
    page.goto(statement.url)
    for count in (1, 0):
        page.click(".person > summary")
        assert page.locator(OPEN).count() == count
    context.close()
