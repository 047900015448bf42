"""What the command says on the terminal: figures, faults, progress."""

import sys
from typing import NoReturn

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

# Where the output is not a terminal, tables keep their lines whole.
_WIDTH = None if sys.stdout.isatty() else 240
out = Console(highlight=False, markup=False, soft_wrap=True, width=_WIDTH)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def complain(message: str) -> NoReturn:
    """Say what is wrong on the error stream and end with code 1."""
    err.print(_("Error: %s") % message, style="bold")
    raise typer.Exit(1)


def progress() -> Progress:
    """Return progress bars for long work; they vanish when the work is done."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,  # a file of what was said would have an empty line of each
    )


def prepare_database() -> None:
    """Bring the database to the shape that this version needs."""
    # Mostly it has it already, and the command would take a while to find nothing to do.
    if not _is_prepared():
        call_command("migrate", verbosity=0, interactive=False)


def require_prepared_database() -> None:
    """End with a message where the database does not have the shape that this version needs."""
    if not _is_prepared():
        complain(
            _("The database of the data folder %(folder)s is not ready. Run first: katsaus serve")
            % {"folder": settings.DATA}
        )


def _is_prepared() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
