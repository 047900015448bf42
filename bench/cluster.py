"""A PostgreSQL that is thrown away after: for the bench, and for tests by scripts/with-postgresql.

`python -m bench.cluster COMMAND …` runs a command over one, whose address the command finds in
KATSAUS_DATABASE_URL.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from urllib.parse import quote

import psycopg

from bench.processes import program

# Names in Finnish order; the server's own messages stay in English.
_FINNISH = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=fi-FI")
# Nothing of it is to outlive the machine's power, and many small commits are quick.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server, reached through a socket in its folder by its own user."""

    folder: str
    user: str

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases, as KATSAUS_DATABASE_URL takes it."""
        return f"postgresql://{self.user}@{quote(self.folder, safe='')}/{database}"

    def connect(self) -> psycopg.Connection:
        """Return a connection that commits each statement."""
        return psycopg.connect(self.url(), autocommit=True)


@contextmanager
def cluster(postgres: Path, settings: tuple[str, ...] = ()) -> Iterator[Cluster]:
    """Run a server of Debian's own settings, but for those given ("fsync=off")."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = tempfile.mkdtemp(prefix="katsaus-postgresql-")
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    made = Cluster(folder, user or pwd.getpwuid(os.geteuid()).pw_name)
    server = None
    try:
        make = [str(postgres.with_name("initdb")), "-D", folder, "-U", made.user, "-A", "trust"]
        make += ["-E", "UTF8", *_FINNISH]
        subprocess.run(make, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        chosen = [word for setting in settings for word in ("-c", setting)]
        start = [str(postgres), "-D", folder, "-k", folder, "-h", "", *chosen]
        server = subprocess.Popen(start, user=user, cwd=folder, stderr=subprocess.DEVNULL)
        _wait_for(made)
        yield made
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)


def _wait_for(made: Cluster) -> None:
    for _ in range(300):
        try:
            return made.connect().close()
        except psycopg.OperationalError:
            sleep(0.1)
    raise TimeoutError("PostgreSQL did not start within 30 seconds")


def main(command: list[str]) -> int:
    """Run a command over a server of its own and return its exit code; 1 without PostgreSQL."""
    # What stops this command stops the server too, and leaves nothing behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not (postgres := program("postgres", "postgresql")):
        return 1
    with cluster(postgres, CARELESS) as made:
        environment = {**os.environ, "KATSAUS_DATABASE_URL": made.url()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
