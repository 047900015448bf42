"""Runs the command in a new process that has the libraries already, and nothing of Katsaus."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

LIBRARIES = [
    *("babel.numbers", "django.contrib.auth.hashers", "django.core.management", "django.db.models"),
    *("django.forms", "django.urls", "docx", "duckdb", "gunicorn", "markdown_it", "pikepdf"),
    *("pyarrow.csv", "pyarrow.parquet", "requests", "rich.markdown", "typer.rich_utils", "typst"),
    *("xlsxwriter", "yaml"),
    # Rooms of Katsaus that know neither the settings nor the environment.
    *("katsaus.ledger.drill", "katsaus.ledger.importers", "katsaus.rendering.docx"),
    *("katsaus.rendering.draw", "katsaus.rendering.html", "katsaus.rendering.pdf"),
    *("katsaus.rendering.xlsx",),
]
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(LIBRARIES)


def run(
    words: tuple[str | Path, ...], environment: Mapping[str, str], folder: Path
) -> CompletedProcess[bytes]:
    """Run `katsaus` with the words, and wait for its end."""
    with tempfile.TemporaryDirectory() as kept:
        files = Path(kept, "output"), Path(kept, "errors")
        typed = [str(word) for word in words]
        process = _processes.Process(target=_be, args=(typed, environment, folder, *files))
        process.start()
        process.join(120)
        assert process.exitcode is not None, typed
        output, errors = (file.read_bytes() for file in files)
    return CompletedProcess(typed, process.exitcode, output, errors)


def _be(
    typed: list[str], environment: Mapping[str, str], folder: Path, output: Path, errors: Path
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, file in ((1, output), (2, errors)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = ["katsaus", *typed]
    from katsaus.cli import main

    main.run()
