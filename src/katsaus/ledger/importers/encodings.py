"""The bytes of a file: its hash, its encoding, and a copy in UTF-8 where it is not that already."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from katsaus.ledger.problems import Problem, ProblemCode

CHUNK = 1 << 16  # fits the processor's cache: pieces of a megabyte take half as long again
# Letters in Windows-1252, control characters in ISO-8859-1; five of them are neither.
_HIGH_CONTROLS = re.compile(rb"[\x80-\x9f]")
_UNUSED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over the bytes shows.

    `lines` counts line ends; `broken_at` is the first byte that is not UTF-8 (None: all of it is),
    `has_utf8` says whether letters of several bytes came before it, and `is_cut` that the file ends
    within a letter.
    """

    sha256: str
    size: int
    head: bytes
    lines: int
    is_uniform: bool
    has_nul: bool
    has_high_controls: bool
    has_unused: bool
    broken_at: int | None
    has_utf8: bool
    is_cut: bool
    ends_in_newline: bool


def scan(path: Path) -> Scan:
    """Read a file once, in pieces, and say what its bytes are."""
    digest = hashlib.sha256()
    utf8 = _Utf8()
    size = lf = cr = crlf = 0
    nul = controls = unused = False
    head = last = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            head = head or chunk
            lf += chunk.count(b"\n")
            if b"\r" in chunk or last == b"\r":
                cr += chunk.count(b"\r")
                crlf += (last + chunk).count(b"\r\n")
            nul = nul or b"\0" in chunk
            utf8.feed(chunk, size)
            if utf8.broken_at is not None:
                controls = controls or bool(_HIGH_CONTROLS.search(chunk))
                unused = unused or bool(_UNUSED_IN_1252.search(chunk))
            size += len(chunk)
            last = chunk[-1:]
    utf8.close(size)
    return Scan(
        sha256=digest.hexdigest(),
        size=size,
        head=head,
        lines=lf + cr - crlf,
        is_uniform=cr == 0 or (cr == crlf == lf),
        has_nul=nul,
        has_high_controls=controls,
        has_unused=unused,
        broken_at=utf8.broken_at,
        has_utf8=utf8.has_letters,
        is_cut=utf8.is_cut,
        ends_in_newline=last in (b"\n", b"\r"),
    )


class _Utf8:
    """Finds the first byte of a stream that is not UTF-8."""

    def __init__(self) -> None:
        self.broken_at: int | None = None
        self.has_letters = False
        self.is_cut = False
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def feed(self, chunk: bytes, position: int) -> None:
        if self.broken_at is not None:
            return
        pending = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(chunk)
        except UnicodeDecodeError as error:
            self.broken_at = position - pending + error.start
            self.has_letters = self.has_letters or not error.object[: error.start].isascii()
        else:
            self.has_letters = self.has_letters or not text.isascii()

    def close(self, size: int) -> None:
        pending = len(self._decoder.getstate()[0])
        if self.broken_at is None and pending:
            self.broken_at = size - pending
            self.is_cut = True


def encoding_of(seen: Scan, path: Path, name: str) -> str | Problem:
    """Return the name of a file's encoding, or why it has none.

    A file that begins as UTF-8 and has one broken byte is a damaged file, not a Windows-1252 one:
    the first letter outside ASCII decides.
    """
    for mark, encoding in _MARKS.items():
        if seen.head.startswith(mark):
            return encoding
    if seen.has_nul:
        return _utf16_without_mark(seen.head) or Problem(ProblemCode.NOT_A_TABLE, name)
    if seen.broken_at is None:
        return "utf-8"
    if seen.has_utf8 or seen.has_unused:
        is_cut = seen.is_cut and seen.has_utf8
        code = ProblemCode.CUT_FILE if is_cut else ProblemCode.UNREADABLE_ENCODING
        return Problem(code, name, row=_line_of(path, seen.broken_at), hint="encoding")
    return "windows-1252" if seen.has_high_controls else "iso-8859-1"


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[:4096:2].count(0), head[1:4096:2].count(0)
    half = min(len(head), 4096) // 2
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _line_of(path: Path, position: int) -> int:
    line = 1
    with path.open("rb") as file:
        while position > 0 and (chunk := file.read(min(CHUNK, position))):
            line += chunk.count(b"\n")
            position -= len(chunk)
    return line


def copy_as_utf8(path: Path, encoding: str, target: Path) -> int | None:
    """Write a copy in UTF-8 with plain line ends; return the line that cannot be read, or None."""
    line = 1
    with (
        path.open("r", encoding=encoding, newline=None) as source,
        target.open("w", encoding="utf-8", newline="\n") as copy,
    ):
        try:
            while piece := source.read(CHUNK):
                copy.write(piece)
                line += piece.count("\n")
        except UnicodeError:
            return line
    return None
