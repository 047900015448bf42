"""What a workbook's archive shows before it is opened: its sheets, its size, its unusable cells.

The reader aborts on a sheet whose corners lie far apart, unpacks without a limit, and shows a
formula without a stored value and an error cell as empty; all of these are found here, by cell.
"""

import re
import zipfile
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from katsaus.ledger.problems import Problem, ProblemCode

MAX_UNPACKED = 1 << 30
MAX_PACKING = 500  # times; a sheet of equal rows is packed about 30 times
MAX_CELLS = 40_000_000
_CHUNK = 1 << 20
_LISTED = 1000
_PARTS = 1 << 22  # bytes of the workbook's own lists, read whole
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(
    rb"<c\b(?P<attributes>[^>]*?)(?:/>|>(?:(?P<formula><f\b[^>]*?(?:/>|>[^<]*</f>))"
    rb"(?:<v\s*/>|<v></v>)?</c>)?)"
)
_SUSPECT = re.compile(rb'<c\b[^>]*\bt="e"|<f\b[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_FAR_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<row\b[^>]*?\br="([0-9]{1,9})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its name and the member of the archive that holds it."""

    name: str
    member: str


def is_zip(head: bytes) -> bool:
    """Tell whether a file begins as a ZIP archive."""
    return head.startswith(b"PK\x03\x04")


# What the standard library raises of an archive or a document that is not as it should be.
UNREADABLE = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    RuntimeError,  # a password is asked for, or the compression is not known
    KeyError,  # a member that the archive says it has is not there
    OSError,
    EOFError,  # cut in the middle
    ValueError,
)


def sheets_with_cells(path: Path, name: str) -> tuple[Sheet, ...] | Problem:
    """Return the visible sheets that hold anything, or why the workbook cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _visible_sheets(archive, path, name)
            if isinstance(found, Problem):
                return found
            return tuple(sheet for sheet in found if _has_cells(archive, sheet))
    except UNREADABLE:
        return Problem(ProblemCode.BROKEN_SPREADSHEET, name)


def _visible_sheets(archive: zipfile.ZipFile, path: Path, name: str) -> list[Sheet] | Problem:
    if problem := size_problem(archive, name):
        return problem
    if "xl/workbook.xml" not in archive.namelist():
        return Problem(ProblemCode.UNSUPPORTED_FORMAT, name, value=path.suffix)
    return _sheets(archive)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's visible sheets; none of a file that is no workbook."""
    try:
        with path.open("rb") as file:
            if not is_zip(file.read(4)):
                return ()
        with zipfile.ZipFile(path) as archive:
            return tuple(sheet.name for sheet in _sheets(archive))
    except UNREADABLE:
        return ()


def sheet_to_read(path: Path, name: str, wanted: str | None) -> Sheet | Problem:
    """Return the sheet that is meant: the wanted one, or the only one that holds anything."""
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = _visible_sheets(archive, path, name)
            if isinstance(sheets, Problem):
                return sheets
            if wanted is None:
                sheets = [s for s in sheets if _has_cells(archive, s)] or sheets[:1]
    except UNREADABLE:
        return Problem(ProblemCode.BROKEN_SPREADSHEET, name)
    names = ", ".join(sheet.name for sheet in sheets)
    if wanted is not None:
        sheets = [sheet for sheet in sheets if sheet.name == wanted]
    if not sheets:
        return Problem(ProblemCode.UNKNOWN_SHEET, name, value=names, hint="sheet")
    if len(sheets) > 1:
        return Problem(ProblemCode.AMBIGUOUS_SHEET, name, value=names, hint="sheet")
    return sheets[0]


def size_problem(archive: zipfile.ZipFile, name: str) -> Problem | None:
    """Return why an archive is too large to be opened safely; None where it is not."""
    packed = sum(member.compress_size for member in archive.infolist())
    unpacked = sum(member.file_size for member in archive.infolist())
    is_bomb = unpacked > _CHUNK * 10 and unpacked > packed * MAX_PACKING
    if unpacked > MAX_UNPACKED or is_bomb:
        megabytes = f"{unpacked // 1_000_000} MB"
        return Problem(ProblemCode.TOO_LARGE_SPREADSHEET, name, value=megabytes)
    return None


def _sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    # _part lets no DOCTYPE through, and so no entities.
    relations = ElementTree.fromstring(  # noqa: S314 (see above)
        _part(archive, "xl/_rels/workbook.xml.rels")
    )
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    workbook = ElementTree.fromstring(_part(archive, "xl/workbook.xml"))  # noqa: S314 (see above)
    return [
        Sheet(sheet.get("name", ""), _member(targets.get(sheet.get(_RELATION), "")))
        for sheet in workbook.iter(f"{_MAIN}sheet")
        if sheet.get("state", "visible") == "visible"
    ]


def _part(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as file:
        content = file.read(_PARTS + 1)
    if len(content) > _PARTS or b"<!DOCTYPE" in content:
        raise ValueError(member)
    return content


def _member(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _has_cells(archive: zipfile.ZipFile, sheet: Sheet) -> bool:
    if not sheet.member.startswith("xl/worksheets/"):
        return False
    return any(b"<v>" in piece or b"<is>" in piece for piece in _pieces(archive, sheet.member))


def _pieces(archive: zipfile.ZipFile, member: str) -> abc.Iterator[bytes]:
    """Yield a sheet's XML in pieces that end between two cells."""
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            end = max(piece.rfind(b"<c "), piece.rfind(b"<row"))
            if end <= 0 or len(piece) > 16 * _CHUNK:
                end = len(piece)
            rest = piece[end:]
            yield piece[:end]
    yield rest


def unusable_cells(path: Path, name: str, sheet: Sheet) -> tuple[Problem, ...]:
    """Return the cells of a sheet that cannot be read, or the one that makes it too large."""
    found: list[Problem] = []
    lowest = rightmost = 1
    try:
        with zipfile.ZipFile(path) as archive:
            for piece in _pieces(archive, sheet.member):
                rows = _ROW.findall(piece)
                lowest = max([lowest, *map(int, rows)])
                far = _FAR_COLUMN.findall(piece)
                rightmost = max([rightmost, *(_column_number(letters) for letters, _ in far)])
                lowest = max([lowest, *(int(row) for _, row in far)])
                if lowest * rightmost > MAX_CELLS:
                    corner = f"{sheet.name}!{_column_letters(rightmost)}{lowest}"
                    return (Problem(ProblemCode.TOO_LARGE_SPREADSHEET, name, value=corner),)
                if len(found) < _LISTED and _SUSPECT.search(piece):
                    found += _bad_cells(piece, name, sheet)
    except UNREADABLE:
        return (Problem(ProblemCode.BROKEN_SPREADSHEET, name),)
    return tuple(found[:_LISTED])


def _bad_cells(piece: bytes, name: str, sheet: Sheet) -> list[Problem]:
    problems = []
    for cell in _CELL.finditer(piece):
        attributes = cell["attributes"]
        if b't="e"' in attributes:
            code = ProblemCode.ERROR_CELL
        elif cell["formula"] and b't="str"' not in attributes:
            code = ProblemCode.FORMULA_WITHOUT_VALUE
        else:
            continue
        place = _REFERENCE.search(attributes)
        letters, row = (place[1].decode(), int(place[2])) if place else ("?", None)
        problems.append(Problem(code, name, row=row, value=f"{sheet.name}!{letters}{row or ''}"))
    return problems


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
