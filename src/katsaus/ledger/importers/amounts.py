"""How amounts are written: which mark is the decimal one, and how a spelling becomes cents."""

import re
from collections import abc
from dataclasses import dataclass

# U+2212, en dash, em dash, figure dash, no-break hyphen; then the spaces that part thousands.
_MINUSES = "\u2212\u2013\u2014\u2012\u2011"
_SPACES = "\u00a0\u202f\u2009\u2007\t"
_APOSTROPHES = "\u2019\u02bc"
PLAIN_FROM = _MINUSES + _SPACES + _APOSTROPHES
PLAIN_TO = "-" * len(_MINUSES) + " " * len(_SPACES) + "'" * len(_APOSTROPHES)
_PLAIN = str.maketrans(PLAIN_FROM, PLAIN_TO)
_CURRENCY = r"(?: ?(?:€|EUR))?"
_OF_EUROS = 2  # decimals


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The decimal mark of a file (None: no amount has one) and the thousands marks seen in it.

    `to_cents` is how many decimals an amount has to the cent: 2 in euros, 5 in thousands of them.
    """

    decimal: str | None
    thousands: tuple[str, ...]
    to_cents: int = _OF_EUROS


def plain(text: str) -> str:
    """Return an amount's text with every minus as "-", space as " " and apostrophe as "'"."""
    return text.translate(_PLAIN).strip()


def shows_decimal(mark: str) -> str:
    """Return a pattern for texts in which `mark` can only be the decimal mark.

    That is: one or two digits after it, or four and more; or three after a zero or after more than
    three digits; or the other mark, a space or an apostrophe parts thousands before it; or the
    other mark comes twice.
    """
    other = "." if mark == "," else ","
    this, that = re.escape(mark), re.escape(other)
    return (
        rf"{this}[0-9]{{1,2}}[^0-9]*$|{this}[0-9]{{4,}}|(?:^|[^0-9])0?{this}[0-9]|[0-9]{{4}}{this}"
        rf"|[ '{that}][0-9]{{3}}{this}|{that}[0-9]{{3}}{that}"
    )


IS_UNDECIDED = r"[.,][0-9]{3}[^0-9]*$"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many amounts of a file show a comma, a dot, or neither for certain as decimal mark."""

    commas: int
    dots: int
    undecided: int
    example: str | None


def weigh(texts: abc.Iterable[str]) -> Evidence:
    """Count what amounts show of their decimal mark."""
    comma, dot = re.compile(shows_decimal(",")), re.compile(shows_decimal("."))
    undecided = re.compile(IS_UNDECIDED)
    commas = dots = count = 0
    example = None
    for text in map(plain, texts):
        is_comma, is_dot = bool(comma.search(text)), bool(dot.search(text))
        commas += is_comma
        dots += is_dot
        if not is_comma and not is_dot and undecided.search(text):
            count += 1
            example = example or text
    return Evidence(commas, dots, count, example)


def thousands_in(texts: abc.Iterable[str], decimal: str | None) -> tuple[str, ...]:
    """Return the marks that part thousands in these amounts: "space", "'", "." or ","."""
    seen = set()
    for text in map(plain, texts):
        seen.update(re.findall(r"(?<=[0-9])[ '.,](?=[0-9]{3}(?:[^0-9]|$))", text))
    seen.discard(decimal or ",")
    return tuple(sorted("space" if mark == " " else mark for mark in seen))


def cents_sql(column: str, numbers: NumberFormat) -> str:
    """Return SQL that reads a text column as cents; NULL for what is no amount.

    The quick branch takes the commonest spelling of the file, the slow one every other.
    """
    decimal = numbers.decimal or ","
    slow = _slow(column, decimal, numbers.to_cents)
    if numbers.to_cents != _OF_EUROS:
        return slow
    thousands = [" " if mark == "space" else mark for mark in numbers.thousands]
    quick, stripped = _quick(column, decimal, thousands)
    return f"CASE WHEN {quick} THEN CAST({stripped} AS BIGINT) ELSE {slow} END"


def _quick(column: str, decimal: str, thousands: list[str]) -> tuple[str, str]:
    groups = "".join(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}}){{1,4}}|" for mark in thousands)
    pattern = rf"-?(?:{groups}[0-9]{{1,15}}){re.escape(decimal)}[0-9][0-9]"
    stripped = column
    for mark in [*thousands, decimal]:
        stripped = f"replace({stripped}, {quoted(mark)}, '')"
    return f"regexp_full_match({column}, {quoted(pattern)})", stripped


def _slow(column: str, decimal: str, to_cents: int) -> str:
    text = f"trim(translate({column}, {quoted(PLAIN_FROM)}, {quoted(PLAIN_TO)}))"
    digits = f"regexp_replace({text}, {quoted(f'[^0-9{decimal}]')}, '', 'g')"
    euros = f"split_part({digits}, {quoted(decimal)}, 1)"
    cents = f"split_part({digits}, {quoted(decimal)}, 2)"
    cents = f"rpad(left({cents}, {to_cents}), {to_cents}, '0')"
    sign = f"CASE WHEN regexp_matches({text}, '[-(]') THEN -1 ELSE 1 END"
    return (
        f"CASE WHEN regexp_full_match({text}, {quoted(_amount(decimal, _decimals(to_cents)))})"
        f" THEN TRY_CAST({euros} || {cents} AS BIGINT) * ({sign}) END"
    )


def _decimals(to_cents: int) -> str:
    return rf"[0-9]{{1,{to_cents}}}0*"


def _amount(decimal: str, decimals: str) -> str:
    groups = "|".join(
        rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+" for mark in " '.," if mark != decimal
    )
    mark = re.escape(decimal)
    number = rf"(?:(?:{groups}|[0-9]+)(?:{mark}{decimals})?|{mark}{decimals})"
    return rf"(?:[-+]? ?{number}{_CURRENCY}|{number} ?[-+]{_CURRENCY}|\( ?{number} ?\){_CURRENCY})"


def is_too_precise(text: str, numbers: NumberFormat) -> bool:
    """Tell whether a refused text would be an amount, had it not parts of a cent."""
    decimal, exact = numbers.decimal or ",", _decimals(numbers.to_cents)
    is_amount = re.fullmatch(_amount(decimal, r"[0-9]+"), plain(text))
    return bool(is_amount) and not re.fullmatch(_amount(decimal, exact), plain(text))


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
