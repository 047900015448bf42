"""Six browsers with the same code at once; run by test_setup in a data folder of its own."""

import os
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from katsaus.web.access.models import Membership  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.users import setup_code  # noqa: E402
from katsaus.web.users.models import User  # noqa: E402

PLACES = ("Posio", "Kemi", "Simo", "Oulu", "Turku", "Espoo")
PASSWORD = "kolme-kuusta-ja-suo"


def begin(number: int, code: str) -> int:
    given = {
        "koodi": code,
        "name": f"Talousjohtaja {number}",
        "username": f"talous{number}",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "municipality": PLACES[number],
    }
    try:
        return Client(headers={"host": "localhost"}).post("/kayttoonotto/", given).status_code
    finally:
        connection.close()


def main() -> None:
    code = setup_code.prepare() or ""
    with ThreadPoolExecutor(len(PLACES)) as browsers:
        answers = list(browsers.map(begin, range(len(PLACES)), [code] * len(PLACES)))
    assert set(answers) == {302}, answers
    assert User.objects.count() == Municipality.objects.count() == 1
    assert Membership.objects.count() == 2
    assert not setup_code.path().exists()


if __name__ == "__main__":
    main()
