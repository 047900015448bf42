"""People at work: the demo's cast walks through the real server, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import django
from rich.console import Console

from bench import towns
from bench.cluster import cluster
from bench.municipality import Size
from bench.pages import Load, pages
from bench.processes import apart, program
from bench.strategies import Wide
from katsaus.cli import demo

PEOPLE = 20
WARM_SECONDS = 30  # in which the people sign in and the server's processes wake up
KATSAUS = Path(sys.executable).with_name("katsaus")
WALKER = Path(__file__).with_name("walker.py")


@dataclass(frozen=True, slots=True)
class Walk:
    """What is asked for: the larger municipality, and for how many seconds people walk in each."""

    size: Size
    seconds: int
    on_postgresql: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality to walk in: the example where it has no size. The limit is in ms.

    With a `wide` strategy beside its own only the pages of strategies are walked.
    """

    name: str
    size: Size | None
    limit: float
    wide: Wide | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What walker.py wrote: times by page, addresses of it with who asked, and what failed."""

    milliseconds: dict[str, list[float]]
    asked: dict[str, list[tuple[str, str]]]
    failures: list[str]


WIDE = Town("500 goals, 5 000 actions, 10 000 indicators", None, 100, Wide())


def load(folder: Path, walk: Walk, console: Console) -> list[Load]:
    """Walk in the municipalities on each database, and print each table when it is there."""
    large = f"{walk.size.postings} postings, {walk.size.cost_centers} cost centres"
    places = (Town("Kemi", None, 100), Town(large, walk.size, 200), WIDE)
    found = []
    for database, urls in _databases(walk.on_postgresql, len(places)):
        for town, said in zip(places, urls, strict=True):
            found.append(_walked(town, database, said, folder, walk.seconds))
            found[-1].show(console)
    return found


def _databases(
    on_postgresql: bool, count: int
) -> Iterator[tuple[str, Sequence[Mapping[str, str]]]]:
    """Give each database program with what the environment says of `count` databases of it."""
    yield "SQLite", [{}] * count
    if on_postgresql and (postgres := program("postgres", "postgresql")):
        with cluster(postgres) as made:
            names = [f"town_{number}" for number in range(count)]
            with made.connect() as connection:
                for name in names:
                    connection.execute(f"CREATE DATABASE {name}")
            yield "PostgreSQL", [{"KATSAUS_DATABASE_URL": made.url(name)} for name in names]


def _walked(town: Town, database: str, said: Mapping[str, str], folder: Path, seconds: int) -> Load:
    """Bring the municipality in, serve it, have people walk in it, and count the queries."""
    shutil.rmtree(folder, ignore_errors=True)
    with _environment({**said, "KATSAUS_DATA": str(folder)}):
        apart(django.setup, towns.bring_in, town.size, town.wide)
        with _served() as address:
            seen = _walk(town, folder, address, seconds)
        queries, _ = apart(django.setup, towns.queries, seen.asked)
    timed = pages(seen.milliseconds, queries, town.limit)
    return Load(town.name, database, PEOPLE, seconds, timed, seen.failures)


def _walk(town: Town, folder: Path, address: str, seconds: int) -> Seen:
    """Have locust run the people; returns what walker.py wrote."""
    target = folder / "walk.json"
    said = {
        "WALK_SLUG": demo.SLUG,
        "WALK_PERIOD": demo.PERIOD.code,
        "WALK_ONLY_STRATEGY": "yes" if town.wide else "no",
        "WALK_SIGN_INS": str(folder / "demo-users.json"),
        "WALK_WARM_SECONDS": str(WARM_SECONDS),
        "WALK_TARGET": str(target),
    }
    words = ["--headless", "--only-summary", "--loglevel", "ERROR", "--users", str(PEOPLE)]
    words += ["--spawn-rate", "1", "--run-time", f"{seconds + WARM_SECONDS}s", "--host", address]
    command = [sys.executable, "-m", "locust", "--locustfile", str(WALKER), *words]
    subprocess.run(command, env={**os.environ, **said}, check=False, capture_output=True)
    return Seen(**json.loads(target.read_text("utf-8")))


@contextmanager
def _served() -> Iterator[str]:
    """Run `katsaus serve` as an installation does, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([KATSAUS, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.1)
    raise TimeoutError("the server did not start within a minute")


@contextmanager
def _environment(said: Mapping[str, str]) -> Iterator[None]:
    """Say something in the environment of the processes that the block begins."""
    before = dict(os.environ)
    os.environ.update(said)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
