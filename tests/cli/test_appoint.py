"""`katsaus appoint`: an administrator and controller, made by whoever has the server."""

import subprocess

import installations
from cli.conftest import COMMAND, Katsaus

PASSWORD = "kolme-kuusta-ja-suo"


def appoint(katsaus: Katsaus, place: str, *passwords: str) -> subprocess.CompletedProcess[str]:
    """Run the command with passwords written at its questions."""
    environment = installations.environment(katsaus.data, LANG="en_GB.UTF-8")
    return subprocess.run(
        [COMMAND, "appoint", "talous", "--name", "Talousjohtaja", "--municipality", place],
        env=environment,
        input="".join(f"{each}\n" for each in passwords),
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # no terminal that the password would be asked at
        timeout=120,
    )


def roles(katsaus: Katsaus) -> list[tuple[object, ...]]:
    return installations.rows(
        katsaus.data,
        "SELECT username, slug, role FROM access_membership m"
        " JOIN users_user u ON u.id = m.user_id"
        " JOIN organization_municipality o ON o.id = m.municipality_id ORDER BY 1, 2, 3",
    )


def test_one_person_begins_two_municipalities(katsaus: Katsaus) -> None:
    assert appoint(katsaus, "posio", PASSWORD, PASSWORD).returncode == 0
    again = appoint(katsaus, "240")
    assert again.returncode == 0, again.stderr
    assert "Talousjohtaja" in again.stdout
    assert roles(katsaus) == [
        ("talous", place, role)
        for place in ("kemi", "posio")
        for role in ("administrator", "controller")
    ]


def test_a_bad_password_and_an_unknown_municipality_make_nobody(katsaus: Katsaus) -> None:
    assert appoint(katsaus, "posio", "lyhyt", "lyhyt").returncode == 1
    unknown = appoint(katsaus, "atlantis", PASSWORD, PASSWORD)
    assert unknown.returncode == 1
    assert "atlantis" in unknown.stderr
    assert "Traceback" not in unknown.stderr
    assert roles(katsaus) == []
