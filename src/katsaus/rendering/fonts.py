"""The one typeface of Katsaus, Source Sans 3: where its files are, and what it can print."""

import struct
from functools import cache
from pathlib import Path

import fontpkg_source_sans_3

FAMILY = "Source Sans 3"
DIRECTORY = Path(fontpkg_source_sans_3.__file__).parent / "files"
# Both files are variable fonts: each holds all weights from 200 to 900.
UPRIGHT = DIRECTORY / "SourceSans3[wght].ttf"
ITALIC = DIRECTORY / "SourceSans3-Italic[wght].ttf"


@cache
def printable() -> frozenset[str]:
    """Return the characters that the upright face has a glyph for."""
    font = UPRIGHT.read_bytes()
    characters: set[str] = set()
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * index)
        if struct.unpack_from(">H", font, start + offset) == (12,):
            characters |= _segments(font, start + offset)
    return frozenset(characters)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise LookupError(tag)


def _segments(font: bytes, start: int) -> set[str]:
    """Read the character ranges of a cmap subtable of format 12 (OpenType, "cmap")."""
    (count,) = struct.unpack_from(">I", font, start + 12)
    ranges = struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * count])
    return {chr(code) for first, last, _ in ranges for code in range(first, last + 1)}
