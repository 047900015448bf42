"""Chromium before the real server: gunicorn, hashed static files, the loaded example."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import installations
from cli.conftest import COMMAND, example


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the example."""
    return example(tmp_path_factory).data


@pytest.fixture(scope="session")
def address(loaded: Path) -> Iterator[str]:
    """The address of a server with the example."""
    with serving(loaded) as served:
        yield served


@pytest.fixture(scope="session")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with nothing brought in."""
    with serving(tmp_path_factory.mktemp("empty") / "data") as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "chromium is missing: scripts/system-programs installs it"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Run `katsaus serve` on a free port until the end of the block."""
    port = free_port()
    command: list[str | Path] = [COMMAND, "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, env=environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(server, port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """Return a port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        assert server.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def environment(data: Path) -> dict[str, str]:
    return installations.environment(data, LANG="fi_FI.UTF-8")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A new browser whose person reads Finnish."""
    context = chromium.new_context(locale="fi-FI")
    opened = context.new_page()
    # From the first listener on the browser hands its choosers of files over. Were it told only
    # when one is waited for, a quick press of a key could open the system's own before.
    opened.on("filechooser", lambda _chooser: None)
    yield opened
    context.close()


@pytest.fixture(scope="module")
def bertta(chromium: Browser, address: str, loaded: Path) -> Iterator[Page]:
    """The browser of the example's controller, signed in; what is looked at, all tests share."""
    people = json.loads((loaded / "demo-users.json").read_text("utf-8"))
    password = next(each["password"] for each in people if each["username"] == "bertta")
    context = chromium.new_context(locale="fi-FI")
    opened = context.new_page()
    opened.goto(f"{address}/accounts/login/")
    opened.fill("[name=login]", "bertta")
    opened.fill("[name=password]", password)
    opened.press("[name=password]", "Enter")
    opened.wait_for_url("**/kemi/")
    yield opened
    context.close()


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Page], list[str]]:
    """Return a check of a page: nothing too wide, nothing that axe finds in light and dark."""
    axe = Axe()

    def check(page: Page) -> list[str]:
        found = []
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if overflow > 0:
                found.append(f"{page.url} is {overflow} px too wide at {width}")
            for scheme in ("light", "dark") if width == 320 else ():
                page.emulate_media(color_scheme=scheme)
                result = axe.run(page)
                found += [
                    f"{page.url} {width} {scheme}: {each['id']}: {each['nodes'][0]['html']}"
                    for each in result.response["violations"]
                ]
        return found

    return check
