"""`katsaus password`: a person is let in again by whoever has the server."""

import installations
from cli.conftest import Katsaus
from cli.test_appoint import PASSWORD, appoint


def test_a_person_of_two_municipalities_gets_a_password(katsaus: Katsaus) -> None:
    for place in ("posio", "simo"):
        assert appoint(katsaus, place, PASSWORD, PASSWORD).returncode == 0
    before = installations.rows(katsaus.data, "SELECT password FROM users_user")
    done = katsaus("password", "talous", "--remove-second-factor")
    assert done.code == 0, done.errors
    assert "Talousjohtaja" in done.output
    rows = installations.rows(katsaus.data, "SELECT password, must_change_password FROM users_user")
    assert rows[0][0] != before[0][0]
    assert rows[0][1]
    told = installations.rows(
        katsaus.data,
        "SELECT municipality, action FROM audit_event WHERE subject = 'talous'"
        " AND action IN ('password.given', 'second_factor.removed') ORDER BY 1, 2",
    )
    assert told == [
        (place, action)
        for place in ("posio", "simo")
        for action in ("password.given", "second_factor.removed")
    ]


def test_a_person_who_is_not_there_is_told(katsaus: Katsaus) -> None:
    done = katsaus("password", "tuntematon")
    assert done.code == 1
    assert "tuntematon" in done.errors
