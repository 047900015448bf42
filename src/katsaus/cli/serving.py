"""`katsaus serve`: the application behind gunicorn, on this machine only."""

import os
import socket
import sys
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from katsaus.cli.console import complain, out, prepare_database


class Server(BaseApplication):
    """Gunicorn, configured here instead of by its own command line."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        """Set the address and the processes."""
        self.cfg.set("bind", self._address)
        self.cfg.set("workers", min(os.cpu_count() or 1, 4))
        self.cfg.set("loglevel", "warning")

    def load(self) -> Any:
        """Return the application, made after the fork."""
        from katsaus.web.wsgi import application

        return application


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            complain(_("Port %s is taken by another program. Choose one with --port.") % port)


def serve(port: int) -> None:
    """Serve until the person stops it."""
    _check_free(port)
    prepare_database()
    call_command("collectstatic", verbosity=0, interactive=False)
    address = f"127.0.0.1:{port}"
    out.print(_("Serving on http://%s (stop with Ctrl+C)") % address)
    sys.stdout.flush()
    Server(address).run()
