"""Names for the sheets of a workbook: the tables' own, made legal and unique."""

from itertools import count

from katsaus.core.names import Language
from katsaus.core.reports import Report
from katsaus.core.tables import ReportTable
from katsaus.rendering.characters import plain
from katsaus.rendering.words import WORDS

_LIMIT, _FORBIDDEN = 31, str.maketrans("[]:*?/\\", "       ")


def sheet_names(report: Report) -> list[str]:
    """Return a name for each table's sheet: its letter and title, legal and each only once."""
    taken = {WORDS[report.language].cover.casefold(), "history"}
    return [_free_name(table, report.language, taken) for table in report.tables]


def _free_name(table: ReportTable, language: Language, taken: set[str]) -> str:
    words = plain(f"{table.letter} {table.title}").translate(_FORBIDDEN).split()
    wished = " ".join(words).strip("'") or WORDS[language].sheet
    for number in count(1):
        ending = f" {number}" if number > 1 else ""
        name = _cut(wished, _LIMIT - len(ending)).rstrip(" '") + ending
        if name.casefold() not in taken:
            break
    taken.add(name.casefold())
    return name


def _cut(text: str, length: int) -> str:
    """Cut a text that is too long between its words, unless that would leave little of it."""
    whole = text[: length + 1].rpartition(" ")[0]
    return whole if len(text) > length and len(whole) > length // 2 else text[:length]
