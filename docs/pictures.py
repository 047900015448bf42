"""Takes the pictures of README.md and the user guide from the example; run by scripts/screenshots.

A picture is at most 150 kB, so it is cut to what its page tells of.
"""

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from browser.conftest import environment, serving
from cli.conftest import COMMAND
from web.users.authenticator import code

DOCS = Path(__file__).parent
GUIDE = DOCS / "kayttoopas" / "kuvat"
LARGEST = 150_000  # bytes of a picture in the repository
WIDE, PHONE = 1440, 390
FAULTY = (
    "Yksikkö;Tili;Pvm;Summa;Selite\n"
    "64322000;4000;31.7.2023;-1 100,00;Palkat\n"
    "64322000;4000;37.7.2023;-100,00;Palkat\n"
    "99;4300;12.7.2023;-50,00;Ruoka\n"
    "64322000;9999;12.7.2023;12,3O;Tuki\n"
)
STRANGE = "Paikka|Tili|Pvm|Luku\n64322000|4000|31.7.2023|-1.100\n64322000|3300|2.7.2023|250\n"
GOALS = (
    "code;name_fi;theme\n"
    "asuinalueet;Asuinalueemme ovat houkuttelevia kaikenikäisille.;vetovoima\n"
    "kaverit;Jokaisella nuorella on kaveri.;hyvinvointi\n"
)


def keep(picture: Image.Image, target: Path) -> None:
    """Write a picture of few colours: pages are text, lines and one accent."""
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(64).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(DOCS)} {size // 1000} kB")
    if size > LARGEST:
        raise SystemExit(f"{target} is larger than {LARGEST // 1000} kB")


def take(page: Page, name: str, *, height: int = 800, begin: str = "body") -> None:
    """Keep what stands on the page from an element down, at most so many pixels of it."""
    page.wait_for_load_state("networkidle")
    top = page.locator(begin).first.evaluate("it => it.getBoundingClientRect().top + scrollY")
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    bottom = min(int(top) + height, whole.height)
    keep(whole.crop((0, int(top), whole.width, bottom)), GUIDE / f"{name}.png")


@contextmanager
def visiting(browser: Browser, address: str, width: int = WIDE) -> Iterator[Page]:
    """Open a browser of a person who reads Finnish."""
    context = browser.new_context(
        base_url=address,
        locale="fi-FI",
        color_scheme="light",
        viewport={"width": width, "height": 844},
    )
    yield context.new_page()
    context.close()


def password_of(username: str, data: Path) -> str:
    """Return the password of one of the example's people."""
    people = json.loads((data / "demo-users.json").read_text("utf-8"))
    [password] = [each["password"] for each in people if each["username"] == username]
    return str(password)


def sign_in(page: Page, username: str, data: Path) -> None:
    """Sign in as one of the example's people."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password_of(username, data))
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def follow_finances(page: Page) -> None:
    """Go from the front page to a unit's statement, a figure's postings and the deviations."""
    page.goto("/kemi/")
    take(page, "etusivu", height=780)
    page.goto("/kemi/talous/")
    page.click("table.figures a.opener >> nth=2")
    take(page, "laskelma", height=760)
    page.goto("/kemi/luku/?unit=64320000&row=operating_expenses&column=actual_2023_06")
    take(page, "luku")
    page.goto("/kemi/poikkeamat/")
    take(page, "poikkeamat")
    page.goto("/kemi/poikkeamat/?unit=64300000")
    take(page, "silta", begin=".sheet:has(.bridge)", height=700)


def follow_strategy(page: Page) -> None:
    """Go from the matrix to a goal and an indicator, to an adjustment programme, and to a form."""
    page.goto("/kemi/strategia/")
    take(page, "strategia", height=760)
    page.goto("/kemi/strategia/tavoite/vihrea_kemi/")
    take(page, "tavoite")
    page.goto("/kemi/strategia/mittari/kavijat_museo/")
    take(page, "mittari", height=760)
    page.goto("/kemi/strategia/ohjelmat/esimerkkiohjelma/")
    take(page, "sopeuttaminen", begin=".sheet:has(.bridge)", height=560)
    page.goto("/kemi/strategia/muuta/goals/vihrea_kemi/")
    take(page, "strategia-muokkaus", height=900)
    go_on_with_strategy(page)


def go_on_with_strategy(page: Page) -> None:
    """Take the choice of what goes on to the next term, and what a file would change."""
    page.goto("/kemi/strategia/seuraava-kausi/")
    page.locator(".going > li > ul > li > .tick input").nth(1).uncheck()
    take(page, "strategia-jatkuu", height=980)
    give(page, "goals.csv", GOALS, at="/kemi/strategia/tiedostot/")
    take(page, "strategia-tiedosto", height=660)


def bring_in(page: Page) -> None:
    """Take the list of imports, a file with faults, and one whose columns are asked for."""
    page.goto("/kemi/tuonnit/")
    take(page, "tuonnit", height=900)
    give(page, "heinakuu.csv", FAULTY)
    page.wait_for_selector(".faults")
    take(page, "tuonti-virheita", height=800)
    give(page, "palkat.csv", STRANGE)
    page.wait_for_selector("form.reading")
    page.select_option("[name=kind]", "postings")
    page.click("form.reading button.main")
    page.wait_for_selector("[name=column_unit]")
    take(page, "tuonti-lukuohje", begin=".sheet:has(.reading)", height=760)


def give(page: Page, name: str, content: str, *, at: str = "/kemi/tuonnit/") -> None:
    """Hand in a file and wait until it has been read."""
    page.goto(at)
    page.set_input_files(
        "[name=file]", {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    with page.expect_navigation():
        page.click("form[enctype] button.main")


def administer(page: Page) -> None:
    """Take the pages of what the figures rest on."""
    for name in ("yksikot", "tilit", "loki"):
        page.goto(f"/kemi/hallinta/{name}/")
        take(page, name, height=700)


def let_people_in(page: Page, data: Path) -> None:
    """Take a second factor, which the page of people asks for, and open the page."""
    sign_in(page, "hallinta", data)
    page.goto("/accounts/2fa/totp/activate/")
    if page.locator("[name=password]").count():  # signed in too long ago
        page.fill("[name=password]", password_of("hallinta", data))
        page.press("[name=password]", "Enter")
    page.fill("[name=code]", code(page.inner_text("code.key")))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/2fa/")
    take(page, "oma-tili", height=700)
    page.goto("/kemi/hallinta/henkilot/")
    take(page, "henkilot")


def read_report(page: Page) -> None:
    """Take the published report as anyone reads it."""
    page.goto("/kemi/2023-06/")
    take(page, "katsaus", height=900)
    take(page, "katsaus-toimiala", begin='[id="64200000"]', height=700)


def begin(page: Page, data: Path) -> None:
    """Take the first page of an installation, and what its first person sees next."""
    code_given = (data / "setup-code").read_text("utf-8").strip()
    page.goto(f"/kayttoonotto/?koodi={code_given}")
    take(page, "kayttoonotto", height=900)
    for field in ("name", "username"):
        page.fill(f"[name={field}]", "talousjohtaja")
    for field in ("password1", "password2"):
        page.fill(f"[name={field}]", "kolme-kuusta-ja-suo")
    page.fill("[name=municipality]", "Posio")
    page.press("[name=municipality]", "Enter")
    page.wait_for_url(re.compile("/posio/$"))
    take(page, "alkuun", height=800)


def take_example(browser: Browser, address: str, data: Path) -> None:
    """Take the pages of the example municipality, wide and on a phone."""
    with visiting(browser, address) as page:
        page.goto("/accounts/login/")
        take(page, "kirjautuminen", height=640)
        sign_in(page, "bertta", data)
        follow_finances(page)
        follow_strategy(page)
        bring_in(page)
        administer(page)
    with visiting(browser, address) as page:
        let_people_in(page, data)
    with visiting(browser, address) as page:
        read_report(page)
    with visiting(browser, address, PHONE) as page:
        page.goto("/kemi/2023-06/")
        take(page, "katsaus-puhelin", height=844)
        sign_in(page, "bertta", data)
        page.goto("/kemi/")
        take(page, "etusivu-puhelin", height=844)


def main() -> None:
    """Load the example into a temporary folder, serve it and an empty one, take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data, empty = Path(folder, "example"), Path(folder, "empty")
        demo = subprocess.run(
            [COMMAND, "demo", "--no-serve"], env=environment(data), capture_output=True, check=False
        )
        if demo.returncode:
            raise SystemExit(demo.stdout.decode() + demo.stderr.decode())
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        # The browser's own words, as of a file not yet chosen, are Finnish where it knows them.
        browser = playwright.chromium.launch(
            executable_path=program, args=arguments, env={**os.environ, "LANGUAGE": "fi"}
        )
        with serving(data) as address:
            take_example(browser, address, data)
        with serving(empty) as address, visiting(browser, address) as page:
            begin(page, empty)
        browser.close()
        first_page = pypdfium2.PdfDocument(data / "reports" / "kemi-2023-06.pdf")[0]
        keep(first_page.render(scale=1.5).to_pil(), DOCS / "images" / "report.png")


if __name__ == "__main__":
    main()
