"""The settings of an installation behind https, as a process of its own reads them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import installations

PRINTED = """
import json
from katsaus.web import settings
names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def run(words: list[str], data: Path, *, https: bool) -> str:
    environment = installations.environment(
        data,
        KATSAUS_HOSTS="katsaus.example.fi",
        DJANGO_SETTINGS_MODULE="katsaus.web.settings",
        KATSAUS_HTTPS="1" if https else "",
    )
    # The tests' own leave to Playwright, which a deployment must not have.
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return subprocess.run(
        [sys.executable, *words], env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    words = ["-m", "django", "check", "--deploy", "--fail-level", "INFO"]
    assert "no issues (0 silenced)" in run(words, tmp_path, https=True)


@pytest.mark.parametrize("https", [True, False])
def test_cookies_are_for_https_only_where_there_is_https(tmp_path: Path, https: bool) -> None:
    found = json.loads(run(["-c", PRINTED], tmp_path, https=https))
    assert found.pop("DEBUG") is False
    assert set(found.values()) == {https}
