"""How dates are written: the spellings that can be known, and how they become a DATE."""

import re
from collections import abc
from dataclasses import dataclass

# The name of a format, as a mapping says it -> how it is read.
FORMATS = {
    "d.m.yyyy": ("%d.%m.%Y",),
    "yyyy-mm-dd": ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d"),
    "yyyymmdd": ("%Y%m%d",),
    "yyyymm": ("%Y%m",),
    "yyyy-mm": ("%Y-%m", "%Y/%m"),
    "m/yyyy": ("%m/%Y", "%m.%Y", "%m-%Y"),
    "d.m.yy": ("%d.%m.%y",),
    "d/m/yyyy": ("%d/%m/%Y", "%d-%m-%Y"),
    "m/d/yyyy": ("%m/%d/%Y", "%m-%d-%Y"),
}
_TWO_WAYS = ("d/m/yyyy", "m/d/yyyy")
_CERTAIN = tuple(name for name in FORMATS if name not in _TWO_WAYS)
_PATTERNS = {
    "d.m.yyyy": r"\d{1,2}\.\d{1,2}\.\d{4}",
    "yyyy-mm-dd": r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ].*)?",
    "yyyymmdd": r"\d{8}",
    "yyyymm": r"\d{6}",
    "yyyy-mm": r"\d{4}[-/]\d{1,2}",
    "m/yyyy": r"\d{1,2}[-/.]\d{4}",
    "d.m.yy": r"\d{1,2}\.\d{1,2}\.\d{2}",
}
IN_TWO_WAYS = r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}"
DAY_FIRST = r"(?:1[3-9]|2[0-9]|3[01])[/-][0-9]{1,2}[/-][0-9]{4}"
MONTH_FIRST = r"[0-9]{1,2}[/-](?:1[3-9]|2[0-9]|3[01])[/-][0-9]{4}"


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """How often each certain format comes, and what the dates with a slash show of their order."""

    certain: abc.Mapping[str, int]
    in_two_ways: int
    day_first: int
    month_first: int
    example: str | None


def weigh_dates(texts: abc.Iterable[str]) -> DateEvidence:
    """Count the spellings of some dates."""
    certain: dict[str, int] = {}
    both = day = month = 0
    example = None
    for text in texts:
        if re.fullmatch(IN_TWO_WAYS, text):
            both += 1
            day += bool(re.fullmatch(DAY_FIRST, text))
            month += bool(re.fullmatch(MONTH_FIRST, text))
            example = example or text
            continue
        for name, pattern in _PATTERNS.items():
            if re.fullmatch(pattern, text):
                certain[name] = certain.get(name, 0) + 1
    return DateEvidence(certain, both, day, month, example)


def date_sql(column: str, name: str | None, *, only: bool = False) -> str:
    """Return SQL that reads a text column as DATE; NULL for what is no date of 1900 to 2199.

    `name` is the format of the file, tried first; with `only`, nothing but it and ISO is taken
    (a spreadsheet's own dates arrive as ISO).
    """
    others = ("yyyy-mm-dd",) if only else _CERTAIN
    names = [*([name] if name else []), *(other for other in others if other != name)]
    spellings = [spelling for n in names if n != "d.m.yy" for spelling in FORMATS[n]]
    day = f"CAST(try_strptime({column}, {spellings}) AS DATE)"
    # %Y takes "23" as the year 23, which the range refuses.
    full = f"CASE WHEN {day} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31' THEN {day} END"
    if "d.m.yy" not in names:
        return full
    is_short = f"regexp_full_match({column}, '[0-9]{{1,2}}[.][0-9]{{1,2}}[.][0-9]{{2}}')"
    short = f"CASE WHEN {is_short} THEN CAST(try_strptime({column}, '%d.%m.%y') AS DATE) END"
    return f"COALESCE({full}, {short})"
