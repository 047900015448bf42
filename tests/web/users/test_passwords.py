"""Sign-in with a password: who comes in, for how long, and which passwords will do."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from katsaus.web.audit.models import Event
from katsaus.web.users.models import User
from katsaus.web.users.use_cases import create_person

PASSWORD = "kolme-kuusta-ja-suo"
NEW = "neljä-mäntyä-ja-ranta"


def sign_in(client: Client, login: str = "aino", password: str = PASSWORD, **more: str) -> int:
    answer = client.post("/accounts/login/", {"login": login, "password": password, **more})
    return answer.status_code


def is_in(client: Client) -> bool:
    request = client.get("/accounts/2fa/").wsgi_request
    return get_user(request).is_authenticated


@pytest.mark.parametrize("login", ["aino", "aino@example.fi", "AINO@example.fi"])
def test_a_person_comes_in_by_user_name_or_address(aino: User, client: Client, login: str) -> None:
    assert sign_in(client, login) == 302
    assert is_in(client)


@pytest.mark.parametrize(
    ("login", "password"),
    [("aino", "väärä-salasana"), ("bertta", PASSWORD), ("aino", ""), ("", PASSWORD)],
)
def test_a_wrong_name_or_password_keeps_the_door_shut(
    aino: User, client: Client, login: str, password: str
) -> None:
    assert sign_in(client, login, password) == 200
    assert not is_in(client)


def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(
    aino: User, client: Client
) -> None:
    pages = [
        client.post("/accounts/login/", {"login": login, "password": "väärä"})
        for login in ("aino", "nobody", "nobody@example.fi")
    ]
    assert len({str(page.context["form"].errors) for page in pages}) == 1


def test_a_person_taken_out_of_use_stays_out(aino: User, client: Client) -> None:
    User.objects.update(is_active=False)
    sign_in(client)
    assert not is_in(client)


def test_after_five_wrong_passwords_the_right_one_must_wait(aino: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, password="väärä")
    sign_in(client)
    assert not is_in(client)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")) == 200, "another machine waits as well"


def test_one_persons_slips_do_not_keep_others_of_the_office_out(aino: User, client: Client) -> None:
    for _ in range(20):
        sign_in(client, "eeva", "väärä")
    sign_in(client)
    assert is_in(client)


def test_a_machine_that_tries_many_names_is_stopped(db: None, client: Client) -> None:
    answers = [sign_in(client, f"name{number}", "") for number in range(31)]
    assert answers[-1] == 429


def test_nobody_makes_an_account_by_themselves(db: None, client: Client) -> None:
    values = {"username": "eeva", "email": "e@example.fi", "password1": NEW, "password2": NEW}
    assert client.get("/accounts/signup/").status_code == 200
    client.post("/accounts/signup/", values)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["email/", "confirm-email/", "password/reset/", "password/set/", "3rdparty/",
     "3rdparty/signup/", "login/code/confirm/", "social/connections/"],
)  # fmt: skip
def test_what_the_house_does_not_use_is_not_there(signed_in: Client, address: str) -> None:
    assert signed_in.get(f"/accounts/{address}").status_code == 404


def test_passwords_are_kept_as_argon2(aino: User) -> None:
    assert identify_hasher(aino.password).algorithm == "argon2"


@pytest.mark.parametrize(
    "password",
    ["lyhyt-sana", "administrator", "123456789012345", "aino@example.fi"],
    ids=["under 12 characters", "on the list of breached ones", "figures only", "one's address"],
)
def test_a_bad_new_password_is_refused(signed_in: Client, aino: User, password: str) -> None:
    values = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = signed_in.post("/accounts/password/change/", values)
    assert page.context["form"].errors.keys() == {"password1"}
    aino.refresh_from_db()
    assert aino.check_password(PASSWORD)


def test_a_new_password_ends_every_other_session(signed_in: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    page = signed_in.post("/accounts/password/change/?next=/accounts/2fa/", values, follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/2fa/"
    assert page.text.count('role="status"') == 1
    assert is_in(signed_in)
    assert not is_in(elsewhere)
    assert sign_in(elsewhere, password=NEW) == 302


def test_a_session_ends_with_the_browser_unless_the_person_asks_otherwise(
    aino: User, client: Client
) -> None:
    sign_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    staying = Client()
    sign_in(staying, remember="on")
    assert staying.cookies["sessionid"]["max-age"] == 12 * 3600


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}])
def test_a_session_ends_after_twelve_hours(
    aino: User, client: Client, remember: dict[str, str]
) -> None:
    sign_in(client, **remember)
    [session] = Session.objects.all()
    length = session.expire_date - timezone.now()
    assert timedelta(hours=11, minutes=59) < length <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_signing_out_is_a_press_of_a_button_not_a_link_followed(signed_in: Client) -> None:
    signed_in.get("/accounts/logout/")
    assert is_in(signed_in)
    signed_in.post("/accounts/logout/")
    assert not is_in(signed_in)


def test_the_way_on_does_not_lead_to_another_site(aino: User, client: Client) -> None:
    values = {"login": "aino", "password": PASSWORD, "next": "https://example.com/"}
    assert client.post("/accounts/login/", values)["Location"] == "/"


def test_the_address_behind_a_proxy_is_the_persons_own(
    aino: User, client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        client.post(
            "/accounts/login/",
            {"login": f"name{number}", "password": ""},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        ).status_code
        for number in range(31)
    ]
    assert set(answers) == {200}


def test_giving_an_account_leaves_a_trace_without_the_password(db: None) -> None:
    create_person(by=None, username="eeva", name="Sihteeri", password=NEW)
    [event] = Event.objects.filter(subject="eeva")
    assert (event.action, event.subject) == ("person.created", "eeva")
    assert NEW not in str(event.after)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Salasanassa on oltava vähintään 12 merkkiä."),
        ("sv", "Lösenordet måste ha minst 12 tecken."),
        ("en", "The password must have at least 12 characters."),
    ],
)
def test_a_short_password_is_refused_in_the_person_s_language(language: str, words: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password("kyhmyläis")
    assert words in refused.value.messages
