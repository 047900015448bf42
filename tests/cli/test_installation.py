"""A data folder or database that cannot be used: one line of what, where and what to do."""

import errno
from pathlib import Path

import pytest

from cli.conftest import Katsaus, written
from katsaus.cli.installation import sentence
from katsaus.core.names import Language

WORDS = ("batches", "--municipality", "kemi")
ELSEWHERE = "postgresql://talous:salaisuus@127.0.0.1:1/katsaus"


def complaint(command: Katsaus) -> str:
    """What is said of an installation that cannot be used."""
    ended = command(*WORDS)
    assert (ended.code, ended.output, ended.errors.count("\n")) == (1, "", 1), ended.errors
    return ended.errors


@pytest.mark.parametrize("name", ["file", "file/data"])
@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "Virhe: Datakansiota ei voi tehdä: {path}"), ("sv", "Fel: "), ("en", "Error: The ")],
)
def test_a_data_folder_that_is_a_file_is_told_in_the_readers_language(
    tmp_path: Path, name: str, language: str, said: str
) -> None:
    written(tmp_path / "file", "")
    errors = complaint(Katsaus(tmp_path / name, language))
    assert errors.startswith(said.format(path=tmp_path / name))
    assert "KATSAUS_DATA" in errors


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_data_folder_without_a_right_to_it_is_told(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KATSAUS_DATA", str(tmp_path))
    error = OSError(number, "Permission denied", str(tmp_path / "secret-key"))
    assert f"{tmp_path / 'secret-key'} ei ole luku- ja kirjoitusoikeutta" in sentence(error, "fi")
    assert sentence(OSError(number, "Permission denied", "/etc/other"), "fi") == ""


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "redis://kone/kanta",
        "postgresql://kone:portti/kanta",
        "postgresql://kone",
        "mysql://kone/kanta",
    ],
)
def test_an_address_that_names_no_database_is_told(tmp_path: Path, address: str) -> None:
    variables = {"KATSAUS_DATABASE_URL": address}
    errors = complaint(Katsaus(tmp_path, "fi", variables=variables))
    assert "KATSAUS_DATABASE_URL" in errors
    assert "postgresql://käyttäjä:salasana@palvelin/tietokanta" in errors


def test_an_empty_address_is_none(small: Katsaus) -> None:
    ended = Katsaus(small.data, variables={"KATSAUS_DATABASE_URL": ""})(*WORDS)
    assert (ended.code, ended.errors) == (0, "")


def test_a_database_that_is_not_reached_is_told_without_its_password(tmp_path: Path) -> None:
    errors = complaint(Katsaus(tmp_path, "fi", variables={"KATSAUS_DATABASE_URL": ELSEWHERE}))
    assert "Tietokantaa katsaus palvelimella 127.0.0.1 ei voi käyttää" in errors
    assert "salaisuus" not in errors


def test_a_database_file_that_is_damaged_is_told(tmp_path: Path) -> None:
    file = written(tmp_path / "katsaus.sqlite3", "Ei tietokanta. " * 500)
    errors = complaint(Katsaus(tmp_path, "fi", variables={"KATSAUS_DATABASE_URL": ""}))
    assert f"Tietokantatiedosto {file} on vaurioitunut" in errors
    assert "varmuuskopiosta" in errors


def test_a_database_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/nowhere/k.sqlite3"
    errors = complaint(Katsaus(tmp_path, "fi", variables={"KATSAUS_DATABASE_URL": address}))
    assert f"Tietokantatiedostoa {tmp_path}/nowhere/k.sqlite3 ei voi avata" in errors


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_fault_of_our_own_is_not_hidden(language: Language) -> None:
    assert sentence(KeyError("row"), language) == ""
