"""The files that set the project up: nothing unpinned, nothing of one machine, nothing too long."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SET_UP = [*LOCKS, ROOT / "pyproject.toml", ROOT / "Makefile", *(ROOT / "scripts").iterdir()]
LONGEST_MODULE = 500
# A server on the machine itself is no registry.
HOST = re.compile(
    r"https?://(?!127\.0\.0\.1)|index-url|\b(pypi|pythonhosted|npmjs|nexus|artifactory)\b", re.I
)
# Folders of people and of machines: /home/..., /Users/..., C:\...
MACHINE_PATH = re.compile(r"/(?:home|Users|root|workspace)/\w|[A-Z]:\\\w|/work/\w")


def tracked() -> list[Path]:
    """The files of the repository, as far as it is one."""
    command = ["git", "ls-files", "-z"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if ended.returncode != 0:
        pytest.skip("not a clone of the repository")
    files = [ROOT / name for name in ended.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """The names and contents of the repository's texts, this file left out."""
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content and file != Path(__file__):
            yield str(file.relative_to(ROOT)), content.decode("utf-8")


@pytest.mark.parametrize("file", SET_UP, ids=lambda file: file.name)
def test_no_registry_is_named_where_the_project_is_set_up(file: Path) -> None:
    lines = [line for line in file.read_text("utf-8").splitlines() if "--no-emit" not in line]
    assert [line for line in lines if HOST.search(line)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda file: file.name)
def test_every_requirement_is_pinned_by_version_and_hash(lock: Path) -> None:
    text = lock.read_text("utf-8")
    requirements = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert len(requirements) > 1
    for requirement in requirements:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^\\]+)? \\\n", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement), requirement


def test_what_runs_is_the_same_version_in_the_tests() -> None:
    run, dev = (
        set(re.findall(r"^([\w.-]+==[^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE))
        for lock in (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "dev.txt")
    )
    assert run < dev


def test_every_package_that_runs_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = tomllib.loads(text)["project"]["dependencies"]
    for package in packages:
        [line] = [line for line in text.splitlines() if line.strip().startswith(f'"{package}"')]
        reason = line.partition("#")[2].strip()
        assert re.match(r"(web|cli|ledger|definitions|rendering|core)\b.{15}", reason), line


def test_the_machine_that_checks_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith(("#", "set ", "cd "))] == [
        "exec make test"
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_test_checks_the_code_and_runs_the_tests() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for tool in ("ruff format --check", "ruff check", "mypy", "lint-imports", "bin/pytest"):
        assert tool in planned
    assert "scripts/with-postgresql .venv/bin/pytest tests/web " in planned
    assert planned.count("--require-hashes") == planned.count(" -r requirements/") == 3


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        (name, match.group())
        for name, text in texts()
        for match in MACHINE_PATH.finditer(text)
        if not name.startswith("src/katsaus/definitions/")
    ]
    assert found == []


def test_no_module_is_longer_than_can_be_held_in_mind() -> None:
    long = {
        name: lines
        for name, text in texts()
        if name.endswith((".py", ".typ", ".css", ".html"))
        and "/migrations/" not in name  # made by a program, read by one
        and (lines := text.count("\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_nothing_that_is_made_or_secret_is_kept_in_the_repository() -> None:
    names = [str(file.relative_to(ROOT)) for file in tracked()]
    kept = re.compile(
        r"\.(mo|pot|pyc|sqlite3|parquet|log)$|secret|^(var|\.venv)/|\.egg-info/|\.env$"
    )
    assert [name for name in names if kept.search(name)] == []


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").iterdir()), ids=lambda file: file.name)
def test_scripts_stop_at_the_first_error(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    lines = script.read_text("utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert "set -eu" in lines
    subprocess.run(["sh", "-n", script], check=True)
