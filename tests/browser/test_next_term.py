"""A strategy copied forward to its next term in a real browser, by the keyboard alone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page

import installations
from browser.conftest import serving

TERM = "/kemijarvi/strategia/seuraava-kausi/"
FILES = "/kemijarvi/strategia/tiedostot/"
GOALS = "code;name_fi;theme\nviihtyisa_elinymparisto;Vihreä elinympäristö;hyvinvointi\n"
FAULTY = "code;name_fi;theme\nuusi;;olematon\n"


@pytest.fixture(scope="module")
def own_address(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with an example of this module's own, to be changed."""
    data = tmp_path_factory.mktemp("term") / "data"
    installations.copy(loaded, data)
    with serving(data) as served:
        yield served


@pytest.fixture(scope="module")
def controller(chromium: Browser, own_address: str, loaded: Path) -> Iterator[Page]:
    """The browser of Kemijärvi's controller, signed in."""
    people = json.loads((loaded / "demo-users.json").read_text("utf-8"))
    name = "kemijarvi.talous"
    password = next(each["password"] for each in people if each["username"] == name)
    context = chromium.new_context(locale="fi-FI")
    page = context.new_page()
    page.goto(f"{own_address}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/kemijarvi/")
    yield page
    context.close()


def tab_to(page: Page, target: Locator) -> None:
    """Move the focus forward until it is on the target."""
    for _ in range(120):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(target)


def test_the_choice_is_for_all_at_every_width(
    controller: Page, own_address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    controller.goto(own_address + TERM)
    controller.locator(".going details").first.evaluate("it => { it.open = true }")
    controller.get_by_label("Hyvinvoiva ja osaava henkilöstö").uncheck()
    assert faults_of(controller) == []
    controller.get_by_role("button", name="Katso, mitä tehdään").click()
    assert faults_of(controller) == []


def test_kemijarvis_strategy_goes_on_to_2027_without_one_goal(
    controller: Page, own_address: str
) -> None:
    controller.set_viewport_size({"width": 1280, "height": 800})
    controller.goto(f"{own_address}/kemijarvi/strategia/")
    tab_to(controller, controller.get_by_role("link", name="Kopioi seuraavalle kaudelle"))
    controller.keyboard.press("Enter")
    controller.wait_for_url("**/seuraava-kausi/**")
    assert controller.inner_text("h1") == "Toimenpideohjelma 2021–2023: mikä jatkuu?"
    for name, text in (
        ("name_fi", "Toimenpideohjelma 2024–2027"),
        ("last_year", "2027"),
        ("code", "kemijarvi_2024_2027"),
    ):
        tab_to(controller, controller.locator(f"[name={name}]"))
        controller.keyboard.press("Control+A")
        controller.keyboard.type(text)
    tab_to(controller, controller.get_by_label("Hyvinvoiva ja osaava henkilöstö"))
    controller.keyboard.press("Space")
    tab_to(controller, controller.get_by_role("button", name="Katso, mitä tehdään"))
    controller.keyboard.press("Enter")
    controller.wait_for_selector("text=14 tavoitetta jatkuu, 1 päättyy")
    assert "Hyvinvoiva ja osaava henkilöstö" in controller.inner_text(".points")
    tab_to(controller, controller.get_by_role("button", name="Tee uusi kausi"))
    controller.keyboard.press("Enter")
    controller.wait_for_url("**/strategia/?strategy=kemijarvi_2024_2027")
    main = controller.inner_text("main")
    assert "Toimenpideohjelma 2024–2027 on tehty." in main
    assert "Viihtyisä elinympäristö" in main
    assert "Hyvinvoiva ja osaava henkilöstö" not in main
    controller.get_by_role("link", name="Viihtyisä elinympäristö").click()
    controller.locator("main p a", has_text="Viihtyisä elinympäristö").click()
    assert "Jatkuu kaudella 2024–2027" in controller.inner_text("main")


def test_the_second_time_is_refused(controller: Page, own_address: str) -> None:
    controller.goto(f"{own_address}{TERM}?strategy=kemijarvi_2021_2023")
    controller.fill("[name=code]", "kemijarvi_2024_2027")
    controller.get_by_role("button", name="Katso, mitä tehdään").click()
    controller.click(".faults a")
    assert controller.evaluate("document.activeElement.name") == "code"
    assert "Mitään ei kopioida kahdesti" in controller.inner_text(".faults")


def test_a_file_is_mended_looked_at_and_kept(
    controller: Page, own_address: str, faults_of: Callable[[Page], list[str]]
) -> None:
    controller.goto(own_address + FILES)
    assert faults_of(controller) == []
    give(controller, FAULTY)
    assert controller.inner_text("h1") == "Tiedostossa on virheitä: mitään ei tallennettu"
    assert "Tavoitteet, rivi 2, nimi" in controller.inner_text("main")
    assert faults_of(controller) == []
    give(controller, GOALS)
    assert controller.inner_text("h1") == "1 rivi muuttuu"
    assert "Viihtyisä elinympäristö → Vihreä elinympäristö" in controller.inner_text("main")
    assert faults_of(controller) == []
    waits = controller.url
    controller.goto(own_address + FILES)
    controller.get_by_role("link", name="goals.csv").click()
    assert controller.url == waits
    controller.get_by_role("button", name="Tallenna").click()
    controller.goto(f"{own_address}/kemijarvi/strategia/?strategy=kemijarvi_2021_2023")
    assert "Vihreä elinympäristö" in controller.inner_text("main")


def give(page: Page, content: str) -> None:
    file = FilePayload(name="goals.csv", mimeType="text/csv", buffer=content.encode())
    page.set_input_files("input[type=file]", files=[file])
    page.get_by_role("button", name="Katso, mikä muuttuisi").click()
    page.wait_for_load_state()
