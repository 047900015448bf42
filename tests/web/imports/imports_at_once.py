"""Keeps files from several processes at one moment; test_use_cases runs it in its own folder."""

import multiprocessing
import os
import sys
from multiprocessing.synchronize import Barrier
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.db import connections  # noqa: E402 - needs the settings

from katsaus.ledger import engine  # noqa: E402
from katsaus.ledger.importers import Kind, read  # noqa: E402
from katsaus.web.imports import use_cases  # noqa: E402
from katsaus.web.imports.known import known  # noqa: E402
from katsaus.web.imports.models import Batch  # noqa: E402
from web.imports.small_town import BUDGET, POSTINGS, Town  # noqa: E402

PROCESSES = 4
FORK = multiprocessing.get_context("fork")


def keep_together(town: Town, kind: Kind, files: list[Path]) -> None:
    """Have each file kept by a process of its own, all at once; each must succeed."""
    gate = FORK.Barrier(len(files))
    connections.close_all()
    children = [FORK.Process(target=keep_one, args=(town, kind, file, gate)) for file in files]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0, child.exitcode


def keep_one(town: Town, kind: Kind, file: Path, gate: Barrier) -> None:
    with engine.cursor() as cursor:
        reading = read(cursor, file, kind, known=known(town.owner, kind))
        gate.wait(30)
        use_cases.keep(municipality=town.owner, connection=cursor, reading=reading, source="test")


def written(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, "utf-8")
    return folder / name


def run(folder: Path) -> None:
    town = Town.found("tornio", folder)
    for number in range(3):
        line = f"11;4000;5.1.2023;-{number + 1},00;;\n"
        same = [written(folder, f"{n}.csv", POSTINGS + line) for n in range(PROCESSES)]
        keep_together(town, Kind.POSTINGS, same)
        assert Batch.objects.count() == number + 1
    budget = written(folder, "budget.csv", BUDGET + "11;4000;;2023;-9\n")
    keep_together(town, Kind.BUDGET, [budget] * PROCESSES)
    assert Batch.objects.count() == 4
    different = [
        written(folder, f"d{n}.csv", f"{POSTINGS}12;4000;5.2.2023;-{n + 1}0,00;;\n")
        for n in range(PROCESSES)
    ]
    keep_together(town, Kind.POSTINGS, different)
    assert Batch.objects.count() == 4 + PROCESSES
    assert town.value("actual_2023_06") == -(1 + 2 + 3) - (10 + 20 + 30 + 40)
    assert town.value("budget_2023") == -9
    # Two files each, and nothing half-written beside them.
    assert len(town.files()) == 2 * (3 + PROCESSES)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
    print("done")
