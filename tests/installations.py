"""Installations of a test's own: a data folder, and a database for it where the run is on a server.

A run is on SQLite unless KATSAUS_DATABASE_URL names a PostgreSQL in which databases may be made.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

_VARIABLE = "KATSAUS_DATABASE_URL"
_SERVER = os.environ.get(_VARIABLE, "")
ON_POSTGRESQL = _SERVER.startswith("postgres")


def environment(data: Path, **others: str) -> dict[str, str]:
    """Return the environment of a process over the data folder; its database is made if need be."""
    inherited = {name: value for name, value in os.environ.items() if name != _VARIABLE}
    return {**inherited, **database(data), **others, "KATSAUS_DATA": str(data)}


def complaints(program: Path, data: Path) -> str:
    """Run a Python program over the data folder; return its last words where it failed."""
    command = [sys.executable, str(program)]
    ended = subprocess.run(
        command, env=environment(data), capture_output=True, text=True, check=False
    )
    return ended.stderr[-2000:] or f"exit {ended.returncode}" if ended.returncode else ""


def database(data: Path) -> dict[str, str]:
    """Return what the environment says of the folder's database: nothing on SQLite."""
    if not ON_POSTGRESQL:
        return {}
    _make(_name(data), like="template1")
    return {_VARIABLE: urlsplit(_SERVER)._replace(path=f"/{_name(data)}").geturl()}


def copy(source: Path, target: Path) -> None:
    """Copy an installation in which nothing runs."""
    shutil.copytree(source, target)
    if ON_POSTGRESQL:
        _make(_name(target), like=_name(source))


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the database of an installation."""
    if ON_POSTGRESQL:
        with psycopg.connect(database(data)[_VARIABLE]) as server:
            return server.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(data / "katsaus.sqlite3")) as file:
        return file.execute(query).fetchall()


def _name(data: Path) -> str:
    return f"folder_{sha256(str(data.absolute()).encode()).hexdigest()[:16]}"


def _make(name: str, like: str) -> None:
    """Make a database as a copy of another, once; two processes of the run may want it at once."""
    with psycopg.connect(_SERVER, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(1)")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            names = map(sql.Identifier, (name, like))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
