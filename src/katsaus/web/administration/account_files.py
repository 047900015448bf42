"""The municipality's own accounts as a file that can be brought in again."""

import csv
import io
from collections.abc import Iterable

from katsaus.ledger.importers import Kind
from katsaus.rendering.cells import harmless
from katsaus.web.imports import template_files
from katsaus.web.languages import language
from katsaus.web.organization.models import Account


def accounts_csv(accounts: Iterable[Account]) -> bytes:
    """Return accounts in the form that the import of accounts reads, with semicolons.

    A text that a spreadsheet would take for a formula is made harmless, and read back as it was.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(template_files.header(Kind.ACCOUNTS, language()))
    for each in accounts:
        texts = (each.number, each.name_fi, each.name_sv, each.name_en, each.official)
        writer.writerow(map(harmless, texts))
    return template_files.BYTE_ORDER_MARK + file.getvalue().encode()
