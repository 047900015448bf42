"""The files that pages load are made once, and anew when what they are made of changes."""

import os
import re
from pathlib import Path

import pytest
from pytest_django import Settings

from katsaus.cli import static_files


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Path:
    """The one file that the static files of the test are made of."""
    (tmp_path / "source").mkdir()
    file = tmp_path / "source" / "katsaus.css"
    file.write_text("main { color: black }\n" * 99)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATIC_ROOT = tmp_path / "static"
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    return file


def collected(source: Path) -> dict[str, int]:
    """Collect; return the files of the style sheet, with what tells a new one from an old."""
    static_files.collect()
    found = (source.parents[1] / "static").glob("katsaus*")
    return {file.name: file.stat().st_ino for file in sorted(found)}


def test_files_are_hashed_and_compressed_and_not_kept_twice(source: Path) -> None:
    plain, *compressed = collected(source)
    assert re.fullmatch(r"katsaus\.[0-9a-f]{12}\.css", plain)
    # Brotli too where its library is installed.
    assert {f"{plain}.gz"} <= set(compressed) <= {f"{plain}.gz", f"{plain}.br"}


def test_a_second_start_makes_nothing(source: Path) -> None:
    assert collected(source) == collected(source)


def test_a_changed_file_is_made_anew(source: Path) -> None:
    first = collected(source)
    source.write_text("main { color: navy }\n" * 99)
    assert collected(source).keys() - first.keys()


def test_what_was_cut_short_is_begun_again(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collected(source)
    text, times = source.read_text(), source.stat()
    source.write_text("main { color: navy }\n" * 99)
    monkeypatch.setattr(static_files, "call_command", _stopped)
    with pytest.raises(KeyboardInterrupt):
        collected(source)
    source.write_text(text)
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(KeyboardInterrupt):
        collected(source)


def _stopped(*_words: str, **_options: object) -> None:
    raise KeyboardInterrupt
