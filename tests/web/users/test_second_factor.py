"""The second factor: an authenticator app, recovery codes, passkeys."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from katsaus.web.users.models import User
from katsaus.web.users.second_factor import has_second_factor
from web.users.authenticator import code

PASSWORD = "kolme-kuusta-ja-suo"


def enrol(client: Client) -> str:
    """Take an app in use and return its secret."""
    secret = str(client.get("/accounts/2fa/totp/activate/").context["form"].secret)
    client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    return secret


def half_way_in() -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": "aino", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    return client


def is_in(client: Client) -> bool:
    return get_user(client.get("/accounts/login/").wsgi_request).is_authenticated


def test_a_password_alone_is_not_a_second_factor(signed_in: Client, aino: User) -> None:
    assert not has_second_factor(aino)


def test_taking_a_second_factor_in_use_asks_for_the_password_again(signed_in: Client) -> None:
    answer = signed_in.get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    signed_in.post("/accounts/reauthenticate/", {"password": "väärä"})
    assert signed_in.get("/accounts/2fa/totp/activate/").status_code == 302


def test_an_app_is_taken_in_use_with_its_first_code(confirmed: Client, aino: User) -> None:
    enrol(confirmed)
    assert has_second_factor(aino)


def test_a_wrong_first_code_takes_nothing_in_use(confirmed: Client, aino: User) -> None:
    secret = confirmed.get("/accounts/2fa/totp/activate/").context["form"].secret
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06}"
    page = confirmed.post("/accounts/2fa/totp/activate/", {"code": wrong})
    assert page.context["form"].errors.keys() == {"code"}
    assert not has_second_factor(aino)


def test_with_an_app_the_password_opens_only_half_the_way(confirmed: Client) -> None:
    secret = enrol(confirmed)
    client = half_way_in()
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret, later=1)})
    assert is_in(client)


def test_a_changed_password_ends_a_sign_in_that_waits_for_its_code(confirmed: Client) -> None:
    """Who knew the old password and waits with it does not come in by a code any more."""
    secret = enrol(confirmed)
    client = half_way_in()
    new = "neljä-mäntyä-ja-ranta"
    values = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert confirmed.post("/accounts/password/change/", values).status_code == 302
    given = {"code": code(secret, later=1)}
    answer = client.post("/accounts/2fa/authenticate/", given, follow=True)
    assert not is_in(client)
    assert answer.redirect_chain[-1][0] == "/accounts/login/"
    assert answer.text.count('class="said" role="status"') == 1
    assert client.get("/accounts/2fa/authenticate/").status_code == 302


def test_a_recovery_code_opens_once(confirmed: Client) -> None:
    enrol(confirmed)
    codes = confirmed.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    for expected in (True, False):
        client = half_way_in()
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert is_in(client) is expected


def test_wrong_codes_run_out(confirmed: Client) -> None:
    secret = enrol(confirmed)
    client = half_way_in()
    for _ in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code(secret, later=1)})
    assert not is_in(client)


def test_an_app_is_taken_out_of_use(confirmed: Client, aino: User) -> None:
    enrol(confirmed)
    confirmed.post("/accounts/2fa/totp/deactivate/")
    assert not has_second_factor(aino)


def test_recovery_codes_alone_are_no_second_factor(aino: User) -> None:
    Authenticator.objects.create(user=aino, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(aino)


def test_a_passkey_is_a_second_factor(aino: User) -> None:
    Authenticator.objects.create(user=aino, type=Authenticator.Type.WEBAUTHN, data={})
    assert has_second_factor(aino)


@pytest.mark.parametrize(
    ("hosts", "https", "has"),
    [
        (["localhost", "127.0.0.1"], False, True),
        (["katsaus.example.fi"], False, False),
        (["localhost", "katsaus.example.fi"], False, False),
        (["localhost"], True, False),
    ],
)
def test_only_a_demo_on_this_machine_asks_for_none(
    aino: User, settings: Settings, tmp_path: Path, hosts: list[str], https: bool, has: bool
) -> None:
    (tmp_path / "demo").touch()
    settings.DATA, settings.ALLOWED_HOSTS, settings.HTTPS = tmp_path, hosts, https
    assert has_second_factor(aino) is has
