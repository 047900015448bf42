"""The real command in processes of its own, over a data folder that is the test's own."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import installations
from cli import processes

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "kemi"
COMMAND = Path(sys.executable).with_name("katsaus")
LOCALES = {"fi": "fi_FI.UTF-8", "sv": "sv_FI.UTF-8", "en": "en_GB.UTF-8"}
# What an environment may say already, and the tests say themselves.
SAID = {"LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "COLUMNS"}


@dataclass(frozen=True)
class Ended:
    """A command that has ended, its no-break spaces as spaces."""

    code: int
    output: str
    errors: str

    @property
    def json(self) -> object:
        return json.loads(self.output)


@dataclass(frozen=True)
class Katsaus:
    """The command over one data folder; in English unless told otherwise."""

    data: Path
    language: str = "en"
    folder: Path = field(default=ROOT)
    variables: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str | Path, language: str = "") -> Ended:
        ended = self.raw(*words, language=language)
        said = (ended.stdout, ended.stderr)
        output, errors = (each.decode().replace("\N{NO-BREAK SPACE}", " ") for each in said)
        assert "Traceback" not in errors, errors
        return Ended(ended.returncode, output, errors)

    def raw(self, *words: str | Path, language: str = "") -> subprocess.CompletedProcess[bytes]:
        return processes.run(words, self._environment(language), self.folder)

    def _environment(self, language: str) -> dict[str, str]:
        inherited = installations.environment(self.data)
        return {name: value for name, value in inherited.items() if name not in SAID} | {
            "LANG": LOCALES.get(language or self.language, language),
            "COLUMNS": "200",
            **self.variables,
        }

    def bring_in(self, kind: str, *files: Path, options: tuple[str, ...] = ()) -> Ended:
        return self("import", kind, *files, "--municipality", "kemi", *options)

    def batches(self) -> list[tuple[object, ...]]:
        """Number, file and status of every batch, as they are in the database."""
        query = "SELECT id, file_name, status FROM imports_batch ORDER BY id"
        return installations.rows(self.data, query)

    def parquet_files(self) -> list[str]:
        return sorted(file.name for file in (self.data / "ledger").rglob("*.parquet"))


@pytest.fixture
def katsaus(tmp_path: Path) -> Katsaus:
    """The command over an installation in which nothing is."""
    installations.prepare(tmp_path / "data")
    return Katsaus(tmp_path / "data")


@pytest.fixture(scope="session")
def kemi(tmp_path_factory: pytest.TempPathFactory) -> Katsaus:
    """The command over the loaded example, for tests that only read."""
    return example(tmp_path_factory)


def example(tmp_path_factory: pytest.TempPathFactory) -> Katsaus:
    """Return the command over the example, loaded once for all processes of the test run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    command = Katsaus(folder / "example")
    with (folder / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (command.data / "reports").exists():
            installations.copy(installations.loaded(), command.data)
            ended = command("demo", "--no-serve")
            assert ended.code == 0, ended.errors
    return command


@pytest.fixture(scope="session")
def organized(tmp_path_factory: pytest.TempPathFactory) -> Katsaus:
    """The command over a municipality of one division and one service area."""
    folder = tmp_path_factory.mktemp("small")
    file = written(
        folder / "organisaatio.csv",
        "Koodi;Nimi;Ylempi yksikkö;Taso\n1;Kemi;;kunta\n10;Hyvinvointi;1;toimiala\n"
        "11;Koulut;10;tulosalue\n",
    )
    command = Katsaus(folder / "data")
    installations.prepare(command.data)
    assert command.bring_in("organization", file).code == 0
    return command


@pytest.fixture
def small(organized: Katsaus, tmp_path: Path) -> Katsaus:
    """The command over a copy of that municipality, to be changed."""
    installations.copy(organized.data, tmp_path / "data")
    return Katsaus(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for the files of the test."""
    target = tmp_path / "files"
    target.mkdir()
    return target


def written(file: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a person's file and return its path."""
    file.write_text(text, encoding)
    return file
