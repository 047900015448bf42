"""`katsaus serve`: the application behind gunicorn, on this machine only, and its background."""

import atexit
import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from katsaus.cli import static_files
from katsaus.cli.console import complain, out, prepare_database, require_prepared_database
from katsaus.web.users import setup_code

WORK = (sys.executable, "-c", "from katsaus.cli.main import run; run()", "work")
PARENT = "KATSAUS_SERVER_PROCESS"


class Server(BaseApplication):
    """Gunicorn, configured here instead of by its own command line."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        """Set the address and the processes."""
        self.cfg.set("bind", self._address)
        self.cfg.set("workers", min(os.cpu_count() or 1, 4))
        # With threads, a file that comes slowly is not cut off as a process that is stuck.
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")

    def load(self) -> Any:
        """Return the application with all its views, made after the fork."""
        from katsaus.web.wsgi import application

        import_module(settings.ROOT_URLCONF)
        gc.collect()
        gc.freeze()  # what is loaded now stays: looking through it would hold up requests
        # What is frozen is not let go at the end either, and DuckDB complains of all it has there.
        atexit.register(gc.unfreeze)
        return application


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            complain(
                _("You have no right to the port %s. Choose one over 1023 with --port.") % port
            )
        except OSError:
            complain(_("Port %s is taken by another program. Choose one with --port.") % port)


def serve(port: int) -> None:
    """Serve until the person stops it."""
    _check_free(port)
    prepare_database()
    static_files.collect()
    _invite_first(port)
    address = f"127.0.0.1:{port}"
    out.print(_("Serving on http://%s (stop with Ctrl+C)") % address)
    # A browser keeps a passkey for a name and not for a number (Web Authentication, 5.1.2).
    out.print(_("Passkeys work at http://localhost:%s") % port)
    sys.stdout.flush()
    connections.close_all()  # the processes that are forked from this one make their own
    with background():
        Server(address).run()


def _invite_first(port: int) -> None:
    """Say where the first person of an empty installation begins."""
    if path := setup_code.invitation():
        out.print(_("Nobody has an account here yet. Begin at:"))
        out.print(f"http://127.0.0.1:{port}{path}")


@contextmanager
def background() -> Iterator[None]:
    """Keep `katsaus work` running beside; one that ends, as when memory is out, is begun again."""
    is_over = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_running() -> None:
        while not is_over.is_set():
            env = {**os.environ, PARENT: str(os.getpid())}
            # A group of its own: Ctrl+C comes to the server alone, which then ends the background.
            running[:] = [subprocess.Popen(WORK, env=env, process_group=0)]
            running[0].wait()
            is_over.wait(1)

    threading.Thread(target=keep_running, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
        for process in running:
            process.terminate()


def work() -> None:
    """Do the work of the background until the process is stopped, or the server that began it is.

    One such process serves an installation: at its start it takes up what a stopped one left.
    """
    from katsaus.web.finance.ahead import keep_computing
    from katsaus.web.imports.tasks import resume

    _stop_with_parent()
    require_prepared_database()
    resume()
    threading.Thread(target=keep_computing, daemon=True).start()
    call_command("db_worker", interval=0.5, startup_delay=False, reload=False, verbosity=0)


def _stop_with_parent() -> None:
    """End this process when the server that began it is gone, however it went."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
