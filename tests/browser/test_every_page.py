"""Every page of a municipality in a real browser, found by its links: a new page is found too."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.access.test_tour import PAGES, links, name_of

# Those of people ask for a second factor: tests/browser/test_people.py looks at them.
OF_EACH = 2  # addresses of a view that are followed: the uppermost unit has no way to move it
OF_PEOPLE = {"people", "people_import", "person", "person_new"}


@pytest.fixture(scope="module")
def addresses(bertta: Page, address: str) -> dict[str, str]:
    """One address of each view that the controller comes to by links."""
    found: dict[str, list[str]] = {}
    waiting = [f"{address}/kemi/"]
    while waiting:
        place = waiting.pop(0)
        name = name_of(place.removeprefix(address))
        seen = found.setdefault(name, [])
        if name not in PAGES or len(seen) == OF_EACH or place in seen:
            continue
        seen.append(place)
        waiting += links(bertta.request.get(place).text(), place)
    return {name: places[0] for name, places in found.items() if places}


def test_every_page_is_found(addresses: dict[str, str]) -> None:
    assert sorted(PAGES - OF_PEOPLE - set(addresses)) == []


@pytest.mark.parametrize("name", sorted(PAGES - OF_PEOPLE))
def test_a_page_is_for_all(
    bertta: Page, addresses: dict[str, str], faults_of: Callable[[Page], list[str]], name: str
) -> None:
    """Nothing that axe finds, one heading, nothing that the browser complains of."""
    said: list[str] = []

    def hear(message: object) -> None:
        said.append(str(message))

    bertta.on("console", hear)
    bertta.on("pageerror", hear)
    answer = bertta.goto(addresses[name])
    found = faults_of(bertta)
    bertta.remove_listener("console", hear)
    bertta.remove_listener("pageerror", hear)
    assert answer
    assert (answer.status, bertta.locator("h1").count()) == (200, 1)
    assert (found, said) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_menu_is_for_all(bertta: Page, address: str, scheme: str) -> None:
    """At 320 px the menu is behind a button, where axe does not look."""
    bertta.set_viewport_size({"width": 1440, "height": 900})
    bertta.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    bertta.goto(f"{address}/kemi/")
    assert bertta.locator("nav.main a").first.is_visible()
    found = Axe().run(bertta).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
