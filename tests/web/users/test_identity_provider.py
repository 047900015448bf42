"""Sign-in by the municipality's own identity provider, against a real provider process."""

import json
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.auth import get_user
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from katsaus.web import settings as module
from katsaus.web.users.models import User

SIGN_IN = "/accounts/oidc/municipality/login/"
PEOPLE = (
    {"sub": "1", "email": "aino@example.fi", "email_verified": True, "upn": "someone"},
    {"sub": "2", "email": "aino@example.fi", "email_verified": False, "upn": "AINO"},
    {"sub": "3", "email": "stranger@example.fi", "email_verified": True},
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Start a provider that knows PEOPLE, and return its address."""
    port = free_port()
    people = [word for each in PEOPLE for word in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(f"{address}/.well-known/openid-configuration")
            yield address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            requests.get(address, timeout=1).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the provider did not start")


def configure(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str, claim: str = ""
) -> None:
    """Read the settings anew as an installation with these environment variables does."""
    monkeypatch.setenv("KATSAUS_OIDC_ISSUER", issuer)
    monkeypatch.setenv("KATSAUS_OIDC_CLIENT_ID", "katsaus")
    monkeypatch.setenv("KATSAUS_OIDC_CLIENT_SECRET", "a-secret")
    monkeypatch.setenv("KATSAUS_OIDC_NAME", "Kemin tunnus")
    monkeypatch.setenv("KATSAUS_OIDC_CLAIM", claim)
    found = runpy.run_path(str(Path(module.__file__)))
    settings.SOCIALACCOUNT_PROVIDERS = found["SOCIALACCOUNT_PROVIDERS"]
    settings.OIDC_CLAIM = found["OIDC_CLAIM"]


@pytest.fixture
def configured(settings: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    configure(settings, monkeypatch, issuer)


def come_by_provider(client: Client, subject: str) -> tuple[int, str]:
    """Go to the provider, say there who one is, and come back."""
    to_provider = client.get(SIGN_IN)["Location"]
    back = requests.post(to_provider, {"sub": subject}, allow_redirects=False, timeout=5)
    address = urlsplit(back.headers["Location"])
    answer = client.get(f"{address.path}?{address.query}")
    return answer.status_code, answer.content.decode()


def who(client: Client) -> str:
    return get_user(client.get("/accounts/login/").wsgi_request).get_username()


@pytest.mark.usefixtures("configured")
def test_the_sign_in_page_leads_to_the_provider_by_its_name(db: None, client: Client) -> None:
    page = client.get("/accounts/login/?next=/kemi/").content.decode()
    assert "Kemin tunnus" in page
    assert f"{SIGN_IN}?process=login&amp;next=%2Fkemi%2F" in page


@pytest.mark.usefixtures("configured")
def test_a_person_comes_in_by_their_verified_address(aino: User, client: Client) -> None:
    assert come_by_provider(client, "1")[0] == 302
    assert who(client) == "aino"
    aino.refresh_from_db()
    assert aino.check_password("kolme-kuusta-ja-suo"), "the password here stays as it was"


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("subject", ["2", "3"], ids=["unverified address", "unknown address"])
def test_an_unknown_person_is_told_so_and_gets_no_account(
    aino: User, client: Client, subject: str
) -> None:
    status, page = come_by_provider(client, subject)
    assert status == 403
    assert "Kemin tunnus" in page
    assert who(client) == ""
    assert User.objects.count() == 1


@pytest.mark.usefixtures("configured")
def test_a_person_taken_out_of_use_stays_out(aino: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert come_by_provider(client, "1")[0] == 403
    assert who(client) == ""


@pytest.mark.parametrize(("name", "email"), [("eeva", "Aino@example.fi"), ("AINO", "")])
def test_a_user_name_and_an_address_are_one_persons(aino: User, name: str, email: str) -> None:
    with pytest.raises(IntegrityError):
        User.objects.create_user(name, email)


@pytest.mark.usefixtures("configured")
def test_another_persons_answer_does_not_come_in(aino: User, client: Client) -> None:
    """The answer belongs to the browser that began: its state is in that session only."""
    to_provider = client.get(SIGN_IN)["Location"]
    back = requests.post(to_provider, {"sub": "1"}, allow_redirects=False, timeout=5)
    address = urlsplit(back.headers["Location"])
    other = Client()
    other.get(f"{address.path}?{address.query}")
    assert who(other) == ""


def test_a_claim_that_is_configured_names_the_person(
    aino: User,
    client: Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    issuer: str,
) -> None:
    configure(settings, monkeypatch, issuer, claim="upn")
    assert come_by_provider(client, "1")[0] == 403
    assert come_by_provider(client, "2")[0] == 302
    assert who(client) == "aino"


def test_a_provider_that_does_not_answer_is_told_of(
    db: None, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(settings, monkeypatch, f"http://127.0.0.1:{free_port()}")
    assert client.get(SIGN_IN).status_code == 503


def test_without_configuration_there_is_no_provider(db: None, client: Client) -> None:
    assert client.get(SIGN_IN).status_code == 404
