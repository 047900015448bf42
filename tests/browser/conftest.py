"""Real Chromium in front of the real server, which is a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

COMMAND = [sys.executable, "-c", "from katsaus.cli.main import run; run()"]


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve a data folder with `katsaus serve`, and give the address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "KATSAUS_DATA": str(data)}
    command = [*COMMAND, "serve", "--port", str(port)]
    address = f"http://localhost:{port}"
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(f"{address}/accounts/login/", process)
            yield address
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A new browser whose person reads Finnish."""
    context = chromium.new_context(locale="fi-FI")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Page], list[str]]:
    """Return a check of a page by axe, in light and dark, wide and at 320 px."""
    axe = Axe()

    def check(page: Page) -> list[str]:
        found = []
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if overflow > 0:
                found.append(f"{page.url} is {overflow} px too wide at {width}")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                result = axe.run(page)
                found += [
                    f"{page.url} {width} {scheme}: {each['id']}: {each['nodes'][0]['html']}"
                    for each in result.response["violations"]
                ]
        return found

    return check
