"""Installations of a test's own: a data folder, and a database for it where the run is on a server.

A run is on SQLite unless KATSAUS_DATABASE_URL names a PostgreSQL in which databases may be made.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

_SHAPE = """
import django
django.setup()
from katsaus.cli import static_files
from katsaus.cli.console import prepare_database
prepare_database()
static_files.collect()
"""
_LOAD = """
import django
django.setup()
from katsaus.cli import demo
demo.load()
"""
_VARIABLE = "KATSAUS_DATABASE_URL"
_SERVER = os.environ.get(_VARIABLE, "")
ON_POSTGRESQL = _SERVER.startswith("postgres")


def environment(data: Path, **others: str) -> dict[str, str]:
    """Return the environment of a process over the data folder; its database is made if need be."""
    inherited = {name: value for name, value in os.environ.items() if name != _VARIABLE}
    return {**inherited, **database(data), **others, "KATSAUS_DATA": str(data)}


def complaints(program: Path, data: Path) -> str:
    """Run a Python program over a new installation; return its last words where it failed."""
    prepare(data)
    command = [sys.executable, str(program)]
    ended = subprocess.run(
        command, env=environment(data), capture_output=True, text=True, check=False
    )
    return ended.stderr[-2000:] or f"exit {ended.returncode}" if ended.returncode else ""


def prepare(data: Path) -> None:
    """Make an installation in which nothing is, as a copy: shaping each database takes seconds."""
    copy(_shaped(), data)


def loaded() -> Path:
    """Return an installation with the example municipality, for copies."""
    return _once("loaded", _loaded)


def _shaped() -> Path:
    """Return an installation that Katsaus itself has shaped."""
    return _once("shaped", lambda folder: _run(_SHAPE, folder))


def _loaded(folder: Path) -> None:
    prepare(folder)
    _run(_LOAD, folder)


def _once(name: str, make: Callable[[Path], None]) -> Path:
    """Return an installation that the first to need it makes, for all processes of the run."""
    folder = Path(os.environ["KATSAUS_TESTS"])
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name).exists():
            make(folder / name)
    return folder / name


def _run(program: str, data: Path) -> None:
    subprocess.run([sys.executable, "-c", program], env=environment(data), check=True)


def database(data: Path) -> dict[str, str]:
    """Return what the environment says of the folder's database: nothing on SQLite."""
    if not ON_POSTGRESQL:
        return {}
    _make(database_name(data), like="template1")
    return {_VARIABLE: urlsplit(_SERVER)._replace(path=f"/{database_name(data)}").geturl()}


def copy(source: Path, target: Path) -> None:
    """Copy an installation in which nothing runs."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    if ON_POSTGRESQL:
        _make(database_name(target), like=database_name(source))


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the database of an installation."""
    if ON_POSTGRESQL:
        with psycopg.connect(database(data)[_VARIABLE]) as server:
            return server.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(data / "katsaus.sqlite3")) as file:
        return file.execute(query).fetchall()


def database_name(data: Path) -> str:
    """Return the name of the folder's database on a server."""
    return f"folder_{sha256(str(data.absolute()).encode()).hexdigest()[:16]}"


def _make(new: str, like: str) -> None:
    """Make a database as a copy of another, once; two processes of the run may want it at once."""
    with psycopg.connect(_SERVER, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(1)")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [new]).fetchone():
            names = map(sql.Identifier, (new, like))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
