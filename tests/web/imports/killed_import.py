"""Kills an import after every line that writes; run by test_killed_import in a folder of its own.

Each attempt is a forked process that ends at once, as by a loss of power, after the n-th line of
the modules that write. Another process then looks at what is left.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import django
import pyarrow.parquet as pq

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.db import connections  # noqa: E402 - needs the settings

from katsaus.core.names import Names  # noqa: E402
from katsaus.core.organization import Level, OrgUnit  # noqa: E402
from katsaus.ledger import engine  # noqa: E402
from katsaus.ledger.importers import Kind, read  # noqa: E402
from katsaus.web.imports import queries, use_cases  # noqa: E402
from katsaus.web.imports.known import known  # noqa: E402
from katsaus.web.imports.models import Batch, Status  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.organization.use_cases import (  # noqa: E402
    UnitRow,
    ensure_municipality,
    keep_organization,
)

WRITERS = ("ledger/store.py", "imports/use_cases.py", "planning/use_cases/plans.py")
KILLED, DONE = 42, 0


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own and return its exit code."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killing_after(lines: int) -> Callable[..., Any]:
    """Return a tracer that ends the process when `lines` lines of the writers have begun."""
    left = lines

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.endswith(WRITERS):
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os._exit(KILLED)
        return trace

    return trace


def bring_in(kind: Kind, file: Path, lines: int | None = None) -> None:
    owner = Municipality.objects.get()
    with engine.cursor() as cursor:
        reading = read(cursor, file, kind, known=known(owner, kind))
        if lines is not None:
            sys.settrace(killing_after(lines))
        use_cases.keep(
            municipality=owner, connection=cursor, reading=reading, source="test", replaces=True
        )
        sys.settrace(None)


def look(kind: Kind, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Check that what counts is wholly what it was or wholly what it is to be."""
    owner = Municipality.objects.get()
    batches = list(queries.kept(owner, kind))
    seen = (sum(b.rows for b in batches), sum(b.cents or 0 for b in batches))
    assert seen in (before, after), seen
    if kind is Kind.POSTINGS:
        store = queries.store(owner)
        for batch in batches:
            postings = pq.read_table(store.postings(batch.content_hash), use_threads=False)
            cube = pq.read_table(store.cube(batch.content_hash), use_threads=False)
            assert (len(postings), sum(postings["cents"].to_pylist())) == (batch.rows, batch.cents)
            assert sum(cube["postings"].to_pylist()) == batch.rows
            assert sum(cube["cents"].to_pylist()) == batch.cents
    else:
        figures = [f for b in batches if b.plan_set for f in b.plan_set.figures.all()]
        assert (len(figures), sum(f.cents for f in figures)) == seen
        assert all(b.plan_set and b.plan_set.is_current for b in batches)


def sweep_drafts() -> None:
    """Remove what the killed left: the store does so after a day, a few lines for each draft."""
    for draft in queries.store(Municipality.objects.get()).folder.glob("*.draft"):
        draft.unlink()


def undo_newest(kind: Kind, expected: tuple[int, int]) -> None:
    owner = Municipality.objects.get()
    newest = Batch.objects.filter(kind=kind, status=Status.KEPT).last()
    assert newest is not None
    use_cases.undo(batch=newest)
    assert (queries.sums(owner, kind).rows, queries.sums(owner, kind).cents) == expected


def set_up() -> None:
    owner = ensure_municipality(slug_or_number="kemi")
    unit = OrgUnit("1", Names("Koko kaupunki"), Level.MUNICIPALITY)
    keep_organization(municipality=owner, rows=[UnitRow(unit)])


def run(kind: Kind, old: Path, new: Path, before: tuple[int, int], after: tuple[int, int]) -> int:
    """Kill the import of `new` over `old` at every line; return how many lines there were."""
    # Read and computed here once, and every forked attempt has them.
    known(Municipality.objects.get(), kind)
    assert in_child(lambda: bring_in(kind, old)) == DONE
    lines = 0
    while (code := in_child(lambda: bring_in(kind, new, lines))) == KILLED:  # noqa: B023
        look(kind, before, after)
        sweep_drafts()
        lines += 1
    assert code == DONE
    look(kind, after, after)
    assert in_child(lambda: undo_newest(kind, before)) == DONE
    return lines


def kill_postings(folder: Path) -> int:
    (folder / "old.csv").write_text(
        "Yksikkö;Tili;Pvm;Summa\n1;4000;5.1.2023;-10,00\n1;4000;6.1.2023;-5,50\n", "utf-8"
    )
    (folder / "new.csv").write_text(
        "Yksikkö;Tili;Pvm;Summa\n1;4000;5.1.2023;-10,00\n1;4000;7.1.2023;-6,50\n1;3300;8.1.2023;1,25\n",
        "utf-8",
    )
    return run(Kind.POSTINGS, folder / "old.csv", folder / "new.csv", (2, -1550), (3, -1525))


def kill_budget(folder: Path) -> int:
    (folder / "old.csv").write_text("Yksikkö;Tili;Vuosi;Summa\n1;4000;2023;-100\n", "utf-8")
    (folder / "new.csv").write_text(
        "Yksikkö;Tili;Vuosi;Summa\n1;4000;2023;-90\n1;3300;2023;7\n", "utf-8"
    )
    return run(Kind.BUDGET, folder / "old.csv", folder / "new.csv", (1, -10000), (2, -8300))


if __name__ == "__main__":
    in_child(set_up)
    kill = kill_postings if sys.argv[1] == "postings" else kill_budget
    print(kill(Path(sys.argv[2])))
