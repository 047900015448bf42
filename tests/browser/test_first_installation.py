"""From an empty installation to the first statement: in Finnish, by keyboard alone."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.conftest import environment, free_port, wait_for
from cli.conftest import COMMAND
from katsaus.core.formats import DASH, MINUS, NO_BREAK_SPACE

PASSWORD = "kolme-kuusta-ja-suo"
MOST_TABS = 60
FOCUSED = "expected => document.activeElement.matches(expected)"

FILES = {
    "organization": (
        "Koodi;Nimi;Ylempi yksikkö;Taso\n"
        "1;Posion kunta;;kunta\n"
        "10;Sivistystoimiala;1;toimiala\n"
        "11;Keskuskoulu;10;kustannuspaikka\n"
        "20;Tekninen toimiala;1;toimiala\n"
        "21;Kadut;20;kustannuspaikka\n"
    ),
    "budget": (
        "Yksikkö;Tili;Vuosi;Summa\n"
        "11;3300;2025;40000,00\n"
        "11;4000;2025;-1040000,00\n"
        "21;4510;2025;-200000,00\n"
    ),
    "postings": (
        "Yksikkö;Tili;Tositepäivä;Summa;Tosite;Selite\n"
        "11;3300;15.3.2025;12500,00;ML1;Valtionavustus\n"
        "11;4000;31.1.2025;-250000,00;PA1;Palkat\n"
        "11;4000;30.6.2025;-280000,00;PA2;Palkat\n"
        "21;4510;30.6.2025;-82500,00;OL1;Hiekka\n"
    ),
}
# The operating margin by division, in euros: the budget, January to June, and their ratio.
STATEMENT = {
    "Sivistystoimiala": ["-1 000 000", "-517 500", "52 %"],
    "Tekninen toimiala": ["-200 000", "-82 500", "41 %"],
    "Posion kunta": ["-1 200 000", "-600 000", "50 %"],
}


@pytest.fixture
def printed(tmp_path: Path) -> Iterator[str]:
    """Serve an installation with nothing in it; return the address that the server printed."""
    port, said = free_port(), tmp_path / "said"
    command: list[str | Path] = [COMMAND, "serve", "--port", str(port)]
    with said.open("wb") as out:
        server = subprocess.Popen(command, env=environment(tmp_path / "data"), stdout=out)
    try:
        wait_for(server, port)
        [address] = re.findall(r"http://\S+koodi=\S+", said.read_text())
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until what the selector names has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def follow(page: Page, selector: str, way: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(way))


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def bring_in(page: Page, file: Path, *, looked_at: Callable[[], None]) -> None:
    """Follow the step that is the next one: give its file, look at it, keep it, go home."""
    follow(page, "li[aria-current] a", f"kind={file.stem}$")
    looked_at()
    tab_to(page, "[name=file]")
    with page.expect_file_chooser(timeout=5_000) as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)
    follow(page, "form.give button.main", r"/tuonnit/\d+/$")
    page.wait_for_selector("button[value=keep]", timeout=20_000)
    looked_at()
    tab_to(page, "button[value=keep]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tuonnit/era/\d+/$"), timeout=20_000)
    looked_at()
    follow(page, "nav.main a[href='/posio/']", "/posio/$")


def rows(page: Page) -> dict[str, list[str]]:
    """Return the figures of the page's table by the names of their rows, dashes left out."""
    found = {}
    for row in page.locator("table.figures tbody tr").all():
        name = re.sub(r"^\W+|\s*\d+$", "", row.locator("th").inner_text().strip())
        cells = [plain(cell.inner_text()) for cell in row.locator("td").all()]
        found[name] = [cell for cell in cells if cell != DASH]
    return found


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ").replace(MINUS, "-").strip()


def test_the_first_person_comes_from_nothing_to_the_first_statement(
    page: Page, printed: str, tmp_path: Path, faults_of: Callable[[Page], list[str]]
) -> None:
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page))
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(printed.partition("/kayttoonotto/")[0])
    assert page.get_attribute("html", "lang") == "fi"
    assert "katsaus serve" in page.inner_text("main")
    look()
    page.goto(printed)
    look()
    for field in ("name", "username"):
        write(page, f"[name={field}]", "talousjohtaja")
    for field in ("password1", "password2"):
        write(page, f"[name={field}]", PASSWORD)
    write(page, "[name=municipality]", "Posio")
    follow(page, "button.main", "/posio/$")
    look()
    for place, (kind, content) in enumerate(FILES.items()):
        file = tmp_path / f"{kind}.csv"
        file.write_text(content, "utf-8")
        bring_in(page, file, looked_at=look if place == 0 else lambda: None)
    assert page.locator(".steps").count() == 0, "nothing is missing any more"
    look()
    follow(page, "nav.main a[href='/posio/talous/']", "/talous/")
    assert rows(page) == STATEMENT
    look()
    assert faults == []
