"""What a browser and the machine are told so that nobody gets in by the side."""

import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client

import installations
from katsaus.web.organization.models import Municipality


@pytest.mark.parametrize("address", ["/", "/kemi/2023-06/katsaus.json", "/nothing/here/"])
def test_every_answer_carries_the_headers_that_protect_its_reader(
    client: Client, kemi: Municipality, address: str
) -> None:
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    # Reading a published report leaves nothing in the browser.
    assert not response.cookies


def test_other_host_names_are_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_errors_are_not_shown_to_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not settings.DEBUG

    def fail() -> None:
        raise RuntimeError("hidden detail")

    monkeypatch.setattr("katsaus.web.access.publications.latest", fail)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert b"hidden detail" not in response.content


def test_django_finds_no_fault_in_the_settings() -> None:
    assert run_checks() == []


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue() == "No changes detected\n"


def test_an_installation_has_a_key_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir(mode=0o755)  # made beforehand, and empty
    keys = [started(tmp_path / name, "SECRET_KEY") for name in ("a", "b", "a")]
    assert keys[0] == keys[2] != keys[1]
    assert min(map(len, keys)) >= 50
    assert mode(tmp_path / "a") == mode(tmp_path / "b") == 0o700
    assert mode(tmp_path / "a" / "secret-key") == 0o600
    assert sorted(file.name for file in (tmp_path / "a").iterdir()) == ["secret-key", "uploads"]


def test_the_hosts_are_named_by_the_environment(tmp_path: Path) -> None:
    assert started(tmp_path, "ALLOWED_HOSTS", KATSAUS_HOSTS="a.example,b.example") == str(
        ["a.example", "b.example"]
    )


def started(data: Path, name: str, **environment: str) -> str:
    """Return a setting of an installation that has just been started."""
    ended = subprocess.run(
        [sys.executable, "-c", f"from katsaus.web import settings; print(settings.{name})"],
        env=installations.environment(data, **environment),
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.strip()


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)
