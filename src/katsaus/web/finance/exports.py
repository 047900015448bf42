"""Entries as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from katsaus.core.tables import exact
from katsaus.rendering.cells import harmless
from katsaus.web.finance.figures import EntryLine


def entries_csv(lines: Iterable[EntryLine]) -> bytes:
    """Return entries with semicolons and decimal commas, as Finnish spreadsheets open them.

    A text that a spreadsheet would take for a formula is made harmless.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(
        [
            _("source"),
            _("date"),
            _("voucher"),
            _("text"),
            _("account"),
            _("account name"),
            _("unit"),
            _("unit name"),
            _("amount"),
        ]
    )
    for line in lines:
        texts = (
            line.source,
            line.on,
            line.voucher,
            line.text or "",
            line.account,
            line.account_name,
            line.unit,
            line.unit_name,
        )
        amount = (exact(line.amount) or "").replace(".", ",")
        writer.writerow([*map(harmless, texts), amount])
    return b"\xef\xbb\xbf" + file.getvalue().encode()
