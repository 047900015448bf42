"""The same question asked of PostgreSQL: a ROLLUP over the tree, in a cluster thrown away after."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import psycopg

from bench.times import Times, Totals, in_turn

_TABLES = """
CREATE TABLE places (unit text PRIMARY KEY, municipality text, division text, service_area text);
CREATE TABLE postings (unit text, account text, date date, cents bigint);
"""
_ROLLUP = """
SELECT extract(year FROM date)::int AS year, municipality, division, service_area, unit, account,
       sum(cents)
FROM postings JOIN places USING (unit)
GROUP BY ROLLUP (year, municipality, division, service_area, unit, account)
"""
_CHUNK = 1 << 20


def roll_up(
    postgres: Path, postings: Path, places: Sequence[Sequence[str]], rounds: int
) -> tuple[dict[str, Times], Totals]:
    """Time COPY of the postings, and the ROLLUP; return what it adds up to."""
    with _cluster(postgres) as connection:
        connection.execute(_TABLES)
        with connection.cursor().copy("COPY places FROM STDIN") as copy:
            for place in places:
                copy.write_row(place)
        copied = in_turn({"copy": lambda: _copy(connection, postings)}, 0)["copy"].cold
        connection.execute("ANALYZE")
        asked = in_turn({"rollup": lambda: connection.execute(_ROLLUP).fetchall()}, rounds)
        years = connection.execute(f"{_ROLLUP} HAVING grouping(municipality) = 1").fetchall()
    totals = {"all" if year is None else str(year): int(cents) for year, *_, cents in years}
    return asked | {"copy": Times(copied, (copied,))}, totals


def _copy(connection: psycopg.Connection, postings: Path) -> None:
    with (
        postings.open("rb") as file,
        connection.cursor().copy("COPY postings FROM STDIN (FORMAT csv)") as copy,
    ):
        while chunk := file.read(_CHUNK):
            copy.write(chunk)


@contextmanager
def _cluster(postgres: Path) -> Iterator[psycopg.Connection]:
    """Start a server of Debian's own settings that only this machine's socket leads to."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = tempfile.mkdtemp(prefix="katsaus-bench-")
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    name = user or pwd.getpwuid(os.geteuid()).pw_name
    server = None
    try:
        program = str(postgres.with_name("initdb"))
        make = [program, "-D", folder, "-U", name, "-A", "trust", "-E", "UTF8"]
        subprocess.run(make, user=user, cwd=folder, check=True, capture_output=True)
        start = [str(postgres), "-D", folder, "-k", folder, "-h", ""]
        server = subprocess.Popen(start, user=user, cwd=folder, stderr=subprocess.DEVNULL)
        with _connected(folder, name) as connection:
            yield connection
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)


def _connected(folder: str, user: str) -> psycopg.Connection:
    for _ in range(300):
        try:
            return psycopg.connect(host=folder, user=user, dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            sleep(0.1)
    raise TimeoutError("PostgreSQL did not start within 30 seconds")
