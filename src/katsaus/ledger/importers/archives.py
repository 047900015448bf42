"""CSV files packed into one ZIP file, unpacked under limits and without their folders."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from katsaus.ledger.importers.workbooks import MAX_PACKING, UNREADABLE
from katsaus.ledger.problems import Problem, ProblemCode

MOST_FILES = 100
MOST_BYTES = 50_000_000  # of all files unpacked


def is_of_csv(path: Path) -> bool:
    """Tell whether a ZIP file is called one, or holds CSV files, and so is no workbook."""
    if path.suffix.lower() == ".zip":
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_csv_files(archive))
    except UNREADABLE:
        return False


def unpacked(path: Path, name: str, folder: Path) -> Iterator[tuple[Path, str] | Problem]:
    """Write the CSV files into a folder; yields where each lies with its name, or a problem.

    Where they lie is named by their place: a name that would lead out of the folder does not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            files = _csv_files(archive)
            if too_much := _too_much(archive, files):
                yield Problem(ProblemCode.TOO_LARGE_ARCHIVE, name, value=too_much)
                return
            for place, member in enumerate(files):
                target = folder / f"{place}.csv"
                target.write_bytes(archive.read(member))
                yield target, PurePosixPath(member.filename).name
    except UNREADABLE:
        yield Problem(ProblemCode.BROKEN_ARCHIVE, name)


def _csv_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        member
        for member in archive.infolist()
        if PurePosixPath(member.filename).suffix.lower() == ".csv"
        and not member.filename.startswith("__MACOSX/")
    ]


def _too_much(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> str:
    """Return what there is too much of; empty where it can be unpacked safely."""
    unpacked = sum(member.file_size for member in archive.infolist())
    packed = sum(member.compress_size for member in archive.infolist())
    if unpacked > MOST_BYTES or unpacked > max(packed * MAX_PACKING, 1 << 20):
        return f"{unpacked // 1_000_000} MB"
    return str(len(files)) if len(files) > MOST_FILES else ""
