"""Computed amounts at rest: the same as computed anew, and never those of other figures."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from katsaus.core.figures import Items, Scenario
from katsaus.core.periods import Period
from katsaus.ledger import kept, statement
from katsaus.ledger.statement import Facts, Question
from ledger.generated_books import Books
from ledger.small_ledger import Ledger, Plan, Posting, organization_of

TREE = organization_of({"1": None, "11": "1"})
POSTINGS = (Posting("11", "4000", date(2023, 1, 31), -1_000),)
PLANS = (Plan(Scenario.BUDGET, "11", "4000", 2023, -12_000),)
NAMES = """
from ledger.test_kept import asked
from pathlib import Path
from katsaus.ledger import kept
facts, question = asked(Path({folder!r}))
print(kept.name(facts, question))
"""


def asked(folder: Path) -> tuple[Facts, Question]:
    """Return figures kept in a folder, and what is asked of them."""
    books = Books(TREE, POSTINGS, PLANS, Period(2023, 6))
    return Ledger.of(folder, [POSTINGS], PLANS).facts, books.question


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "computed"


def amounts(folder: Path, facts: Facts, question: Question) -> dict[tuple[str, ...], int]:
    found = kept.amounts(folder, facts, question).to_pydict()
    *keys, cents = found.values()
    return dict(zip(zip(*keys, strict=True), cents, strict=True))


def test_what_is_read_is_what_was_computed(tmp_path: Path, folder: Path) -> None:
    facts, question = asked(tmp_path)
    first = amounts(folder, facts, question)
    written = [file.stat().st_mtime_ns for file in folder.iterdir()]
    assert amounts(folder, facts, question) == first
    assert [file.stat().st_mtime_ns for file in folder.iterdir()] == written
    computed = statement.compute_amounts(facts, question).to_pydict()
    *keys, cents = computed.values()
    assert first == dict(zip(zip(*keys, strict=True), cents, strict=True))
    assert first["1", "expenses", "actual_2023_06"] == -1_000 * statement.WEIGHT_SCALE


def _posted(facts: Facts, question: Question, folder: Path) -> tuple[Facts, Question]:
    more = (*POSTINGS, Posting("11", "4000", date(2023, 2, 1), -1))
    return Ledger.of(folder, [more], PLANS).facts, question


def _planned(facts: Facts, question: Question, folder: Path) -> tuple[Facts, Question]:
    more = (*PLANS, Plan(Scenario.FORECAST, "11", "4000", 2023, -1))
    return Ledger.of(folder, [POSTINGS], more).facts, question


def _moved(facts: Facts, question: Question, _: Path) -> tuple[Facts, Question]:
    tree = organization_of({"1": None, "11": "1", "12": "1"})
    return facts, replace(question, organization=tree)


def _mapped(facts: Facts, question: Question, _: Path) -> tuple[Facts, Question]:
    own = question.accounts | {"X1"}
    return facts, replace(question, accounts=own, officials=frozenset({("X1", "4000")}))


def _between_units(facts: Facts, question: Question, _: Path) -> tuple[Facts, Question]:
    return facts, replace(question, items=Items.INTERNAL)


def _fewer_columns(facts: Facts, question: Question, _: Path) -> tuple[Facts, Question]:
    return facts, replace(question, columns=question.columns[:1])


@pytest.mark.parametrize(
    "change", [_posted, _planned, _moved, _mapped, _between_units, _fewer_columns]
)
def test_another_question_or_other_figures_have_another_name(
    change: Callable[[Facts, Question, Path], tuple[Facts, Question]], tmp_path: Path
) -> None:
    facts, question = asked(tmp_path)
    assert kept.name(*change(facts, question, tmp_path)) != kept.name(facts, question)


def test_every_process_gives_the_same_name(tmp_path: Path) -> None:
    script = NAMES.format(folder=str(tmp_path))
    tests = Path(__file__).parents[1]
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(tests)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert said == {f"{kept.name(*asked(tmp_path))}\n"}


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_file_that_was_cut_is_computed_anew(part: float, tmp_path: Path, folder: Path) -> None:
    facts, question = asked(tmp_path)
    first = amounts(folder, facts, question)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[: int(len(whole) * part)])
    assert amounts(folder, facts, question) == first
    with pa.memory_map(str(file)) as mended:
        assert pa.ipc.open_file(mended).read_all().num_rows == len(first)


def test_the_oldest_files_make_room(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    facts, question = asked(tmp_path)
    questions = [replace(question, columns=question.columns[: count + 1]) for count in range(4)]
    for age, each in enumerate(reversed(questions)):
        kept.amounts(folder, facts, each)
        newest = folder / f"{kept.name(facts, each)}.arrow"
        os.utime(newest, (1_000 + age, 1_000 + age))
    left = {file.stem for file in folder.iterdir()}
    assert left == {kept.name(facts, each) for each in questions[:2]}
