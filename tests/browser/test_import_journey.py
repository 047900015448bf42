"""The controller's way in Chromium: a file with faults is mended, kept, found again and undone."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import installations
from browser.conftest import environment, serving
from cli.conftest import Katsaus, written

PASSWORD = "kolme-kuusta-ja-suo"
UNITS = "Koodi;Nimi;Ylempi yksikkö;Taso\n1;Kemi;;kunta\n10;Hyvinvointi;1;toimiala\n"
HEADER = "Yksikkö;Tili;Pvm;Summa;Selite\n"
FAULTY = HEADER + "10;4000;37.1.2023;-100,00;Palkat\n77;4000;2.1.2023;-50,00;Ruoka\n"
MENDED = HEADER + "10;4000;31.1.2023;-1 100,00;Palkat\n10;3300;2.1.2023;250,00;Tuki\n"
STRANGE = "Paikka|Tili|Pvm|Luku\nYhteensä|||1.234\n10|4000|3.2.2023|1.234\n"
BEGIN = """
import django
django.setup()
from katsaus.web.access.rules import Role
from katsaus.web.imports.models import Upload
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.queries import municipality
from katsaus.web.users.use_cases import create_person
"""
MAKE_PERSON = f"""
person = create_person(by=None, username="bertta", name="Talousjohtaja", password="{PASSWORD}")
kemi = municipality("kemi")
give_role(by=None, person=person, municipality=kemi, role=Role.CONTROLLER, unit=None)
"""
Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a municipality of two units whose controller can sign in."""
    folder = tmp_path_factory.mktemp("journey")
    command = Katsaus(folder / "data")
    installations.prepare(command.data)
    assert command.bring_in("organization", written(folder / "units.csv", UNITS)).code == 0
    run(MAKE_PERSON, folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Serve the municipality."""
    with serving(data) as served:
        yield served


def run(program: str, data: Path) -> None:
    """Do something in the installation, past its pages."""
    settings = {"DJANGO_SETTINGS_MODULE": "katsaus.web.settings", **environment(data)}
    subprocess.run([sys.executable, "-c", BEGIN + program], env=settings, check=True)


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/?next=/kemi/tuonnit/")
    page.fill("[name=login]", "bertta")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def follow(page: Page, selector: str) -> None:
    """Press Enter on a link or a button and wait for the page that it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".busy")).to_have_count(0, timeout=20_000)


def give(page: Page, file: Path) -> None:
    """Choose a file with the keyboard and have it checked."""
    with page.expect_file_chooser() as chooser:
        tab_to(page, "[name=file]")
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    follow(page, "form.give button.main")


def test_a_file_with_faults_is_mended_kept_and_undone_by_keyboard_alone(
    page: Page, address: str, faults_of: Axe, tmp_path: Path
) -> None:
    sign_in(page, address)
    give(page, written(tmp_path / "tammikuu.csv", FAULTY))
    expect(page.locator("h1")).to_contain_text("virheitä")
    told = page.locator(".faults li").all_inner_texts()
    assert [("rivi 2, päivämäärä" in told[0], "37.1.2023" in told[0])] == [(True, True)]
    assert [("rivi 3, yksikkö" in told[1], "77" in told[1])] == [(True, True)]
    assert page.locator("button[value=keep]").count() == 0
    found = faults_of(page)

    follow(page, ".path a")
    give(page, written(tmp_path / "tammikuu.csv", MENDED))
    totals = page.locator("table.totals tbody tr").all_inner_texts()
    assert [" ".join(line.replace("\N{NO-BREAK SPACE}", " ").split()) for line in totals] == [
        "ennen 0 –",
        "tiedosto 2 −850,00 €",
        "jälkeen 2 −850,00 €",
    ]
    found += faults_of(page)
    follow(page, "button[value=keep]")
    page.wait_for_url("**/tuonnit/era/*/", timeout=20_000)
    found += faults_of(page)

    follow(page, ".path a")
    expect(page.locator(".history tbody tr").first).to_contain_text("voimassa")
    found += faults_of(page)
    follow(page, ".history tbody th a")
    follow(page, ".discard a")
    expect(page.locator("h1")).to_contain_text("Perutaanko")
    asked = page.locator("table.totals tbody tr").all_inner_texts()
    assert [" ".join(line.replace("\N{NO-BREAK SPACE}", " ").split()) for line in asked] == [
        "ennen 2 −850,00 €",
        "ei enää voimassa: tammikuu.csv −2 850,00 €",
        "jälkeen 0 0,00 €",
    ]
    found += faults_of(page)
    follow(page, "form.keep button.main")
    expect(page.locator("[role=status]")).to_contain_text("peruttu")
    page.goto(f"{address}/kemi/tuonnit/")
    expect(page.locator(".history tbody tr").first).to_contain_text("peruttu")
    assert found == []


def test_what_came_of_the_reading_has_the_focus_and_the_title(
    page: Page, address: str, data: Path, tmp_path: Path
) -> None:
    """The page changes by itself: a screen reader is told, and the button is near."""
    sign_in(page, address)
    give(page, written(tmp_path / "helmikuu.csv", MENDED))
    run("Upload.objects.filter(state='read').update(state='reading')", data)
    page.reload()
    expect(page.locator(".busy")).to_be_visible()
    assert page.title().startswith("Tiedostoa luetaan · helmikuu.csv")
    run("Upload.objects.filter(state='reading').update(state='read')", data)
    expect(page.locator(".busy")).to_have_count(0, timeout=20_000)
    heading = page.inner_text("h1")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.title().startswith(f"{heading} · helmikuu.csv")
    presses = 0
    while not page.evaluate("document.activeElement.matches('button[value=keep]')"):
        page.keyboard.press("Tab")
        presses += 1
        assert presses < 6


def test_what_the_reading_asks_is_answered_in_the_form_by_keyboard(
    page: Page, address: str, faults_of: Axe, tmp_path: Path
) -> None:
    sign_in(page, address)
    give(page, written(tmp_path / "outo.csv", STRANGE))
    expect(page.locator("h1")).to_contain_text("Mitä tiedosto")
    tab_to(page, "[name=kind]")
    page.keyboard.type("viennit")
    follow(page, "form.reading button[value=read]")
    expect(page.locator(".faults")).to_be_visible(timeout=20_000)
    answers = {
        "column_unit": "Paikka",
        "column_amount": "Luku",
        "decimal": "pilkku",
        "skip_column_0": "Yksi",
    }
    for name, choice in answers.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(choice)
    tab_to(page, "[name=skip_text_0]")
    page.keyboard.insert_text("yhteensä")
    found = faults_of(page)
    follow(page, "form.reading button[value=read]")
    expect(page.locator("table.totals")).to_contain_text("1", timeout=20_000)
    assert "1 234,00 €" in page.inner_text("table.totals").replace("\N{NO-BREAK SPACE}", " ")
    assert found == []
