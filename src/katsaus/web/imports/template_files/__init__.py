"""Files to begin from: for each kind and language the header and a few rows to write over."""

from pathlib import Path

from katsaus.core.names import Language
from katsaus.ledger.importers import Kind

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8 by it


def content(kind: Kind, language: Language) -> bytes:
    """Return the file of a kind; the rows of all kinds belong to one and the same municipality."""
    file = Path(__file__).parent / language / f"{kind}.csv"
    return BYTE_ORDER_MARK + file.read_text("utf-8").replace("\n", "\r\n").encode()


def header(kind: Kind, language: Language) -> list[str]:
    """Return the headers of a kind's file, the ones that an export has too."""
    first_line, _, _ = content(kind, language).decode("utf-8-sig").partition("\r\n")
    return first_line.split(";")
