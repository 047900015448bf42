"""Entries as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from katsaus.core.tables import exact
from katsaus.rendering.cells import harmless
from katsaus.web.finance.figures import EntryLine

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8 by it
LINES = 1000  # sent together


def entries_csv(lines: Iterable[EntryLine]) -> Iterator[bytes]:
    """Yield entries piece by piece, as Finnish spreadsheets open them: semicolons, decimal commas.

    Of a plan figure the text is its reason. A text that a spreadsheet would take for a formula is
    made harmless.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    yield BYTE_ORDER_MARK
    writer.writerow(_heads())
    for number, line in enumerate(lines, 1):
        writer.writerow(_cells(line))
        if number % LINES == 0:
            yield _taken(file)
    yield _taken(file)


def _taken(file: io.StringIO) -> bytes:
    """Return what was written, and empty the file."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text.encode()


def _heads() -> list[str]:
    return [
        _("source"),
        _("date"),
        _("voucher"),
        _("text"),
        _("account"),
        _("account name"),
        _("unit"),
        _("unit name"),
        _("governing body"),
        _("section"),
        _("given by"),
        _("amount"),
    ]


def _cells(line: EntryLine) -> list[str]:
    texts = (
        line.source,
        line.on,
        line.voucher,
        line.text or "",
        line.account,
        line.account_name,
        line.unit,
        line.unit_name,
        line.body,
        line.section,
        line.giver,
    )
    return [*map(harmless, texts), (exact(line.amount) or "").replace(".", ",")]
