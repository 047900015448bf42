"""`katsaus demo`: the example loaded, its report written, and nothing done twice."""

from hashlib import sha256
from pathlib import Path

import pytest

from cli.conftest import Katsaus
from katsaus.cli import demo, demo_simo
from katsaus.ledger.importers import Kind
from katsaus.web.imports.models import Batch

FILES = {
    "kemi-2023-06.pdf": b"%PDF-1.",
    "kemi-2023-06.docx": b"PK\x03\x04",
    "kemi-2023-06.xlsx": b"PK\x03\x04",
    "kemi-2023-06.html": b"<!doctype html>",
    "kemi-2023-06.json": b'{\n "municipality": "kemi"',
}


def state(folder: Path) -> dict[str, tuple[int, str]]:
    """When each file was last written and what it holds."""
    return {
        str(file.relative_to(folder)): (file.stat().st_mtime_ns, digest(file))
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def test_the_demo_writes_the_report_in_every_form_of_the_office(kemi: Katsaus) -> None:
    reports = kemi.data / "reports"
    begins = {file.name: file.read_bytes() for file in reports.iterdir()}
    assert begins.keys() == FILES.keys()
    for name, expected in FILES.items():
        assert begins[name].startswith(expected)


def test_a_second_run_changes_no_report_no_batch_and_no_file_of_the_ledger(kemi: Katsaus) -> None:
    folders = [kemi.data / name for name in ("reports", "ledger", "example")]
    before = [state(folder) for folder in folders], kemi.batches()
    ended = kemi("demo", "--no-serve")
    assert ended.code == 0
    # Kemi's, Simo's and Kemijärvi's; the strategies of two of them are no batches.
    told = " ".join(ended.output.split())  # lines are folded where the console ends
    assert told.count("is kept already") == 7 + 3 + 1 + 2
    assert ([state(folder) for folder in folders], kemi.batches()) == before
    assert len(before[1]) == 7 + 3 + 1


def test_the_demo_says_where_the_example_is_when_run_elsewhere(tmp_path: Path) -> None:
    ended = Katsaus(tmp_path / "data", folder=tmp_path)("demo", "--no-serve")
    assert ended.code == 1
    assert "examples/kemi" in ended.errors


@pytest.mark.django_db
def test_an_example_of_another_version_takes_the_place_of_the_earlier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    demo.load_second()
    monkeypatch.setattr(demo_simo, "_EXTRA", ())
    demo.load_second()
    found = Batch.objects.filter(municipality__slug="simo", kind=Kind.POSTINGS)
    assert list(found.values_list("status", flat=True)) == ["superseded", "kept"]
