"""Computed amounts at rest: named by all that they are computed of, shared by all processes."""

import hashlib
import uuid
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from katsaus.ledger import statement
from katsaus.ledger.statement import Facts, Question
from katsaus.ledger.store import force

MOST_FILES = 60


def amounts(folder: Path, facts: Facts, question: Question) -> pa.Table:
    """Return a statement's amounts as statement.compute_amounts, packed.

    They are read from the folder where they were computed before, by whichever process, and kept
    there otherwise. A file that cannot be read is computed anew. Raises as compute_amounts.
    """
    file = folder / f"{name(facts, question)}.arrow"
    with suppress(OSError, pa.ArrowInvalid), pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()
    found = statement.packed(statement.compute_amounts(facts, question))
    _write(found, file)
    return found


def name(facts: Facts, question: Question) -> str:
    """Return the SHA-256 of the query and of all that it reads.

    The cubes stand in it by their names, which are the hashes of their batches.
    """
    found = hashlib.sha256(f"{statement.STATEMENT_SQL}{question.items}".encode())
    for cube in sorted(cube.name for cube in facts.cubes):
        found.update(cube.encode())
    for key, table in sorted(statement.tables(facts, question).items()):
        found.update(key.encode())
        found.update(_written(table))
    return found.hexdigest()


def _written(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return sink.getvalue()


def _write(table: pa.Table, file: Path) -> None:
    """Write a table under another name and rename it; the oldest files make room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{uuid.uuid4().hex}.draft")
    with pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as target:
        target.write_table(table)
    force(draft)
    draft.replace(file)
    by_age = sorted(file.parent.iterdir(), key=_age, reverse=True)
    for old in by_age[MOST_FILES:]:
        old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    with suppress(FileNotFoundError):  # another process has just removed or renamed it
        return file.stat().st_mtime
    return 0.0
