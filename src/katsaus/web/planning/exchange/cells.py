"""The text of a cell in its one true form, so that texts can be compared; or why it has none."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from katsaus.core.indicators import Computed, ComputedError, Formula
from katsaus.core.periods import Period
from katsaus.core.schedules import Schedule, ScheduleError
from katsaus.definitions import load
from katsaus.definitions.sdgs import sdg_of
from katsaus.definitions.tables import CellKind, Column
from katsaus.web.planning.exchange.faults import FaultCode

LONGEST = 30_000  # a spreadsheet's cell holds 32 767 characters
SEPARATOR = " | "
DIGITS = 15  # what a database without decimals of its own keeps exactly
DECIMALS = {CellKind.DECIMAL: 6, CellKind.MONEY: 2, CellKind.YEARS: 2, CellKind.WHOLE: 0}
_CODE = re.compile(r"[\w.-]{1,80}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_YES = ("yes", "kyllä", "ja", "true", "1", "x")
_NO = ("", "no", "ei", "nej", "false", "0")


class CellError(ValueError):
    """A text that its column cannot have."""

    def __init__(self, code: FaultCode, hint: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint


def default(column: Column) -> str:
    """Return what a cell that is not given says."""
    return {CellKind.YES_NO: "no", CellKind.WHOLE: "0"}.get(column.kind, "")


def canonical(column: Column, text: str) -> str:
    """Return a cell's text in its one form; raises CellError."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > LONGEST:
        raise CellError(FaultCode.TOO_LONG, str(LONGEST))
    if not text:
        if column.is_required:
            raise CellError(FaultCode.EMPTY)
        return default(column)
    if column.kind is CellKind.CHOICE:
        return _choice(column, text)
    return _FORMS[column.kind](text) if column.kind in _FORMS else text


def number(text: str, decimals: int) -> str:
    """Return a number with a point and without noughts that say nothing; raises CellError."""
    plain = re.sub(r"\s", "", text).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise CellError(FaultCode.BAD_NUMBER) from None
    if not found.is_finite() or not re.fullmatch(r"[+-]?[0-9]*\.?[0-9]*", plain):
        raise CellError(FaultCode.BAD_NUMBER)
    return decimal_text(found, decimals)


def decimal_text(found: Decimal, decimals: int = DECIMALS[CellKind.DECIMAL]) -> str:
    """Return a decimal as a cell's text; raises CellError for more digits than are kept."""
    text = format(found, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _, part = text.lstrip("-").partition(".")
    if len(part) > decimals or len(whole) + len(part) > DIGITS or len(whole) > 12:
        raise CellError(FaultCode.TOO_PRECISE, str(decimals))
    return "0" if text in ("-0", "") else text


def _yes_no(text: str) -> str:
    word = text.lower()
    if word not in (*_YES, *_NO):
        raise CellError(FaultCode.BAD_YES_NO)
    return "yes" if word in _YES else "no"


def _year(text: str) -> str:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", text):
        raise CellError(FaultCode.BAD_YEAR)
    return text


def _date(text: str) -> str:
    try:
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CellError(FaultCode.BAD_DATE) from None


def period_of(text: str) -> Period:
    """Return the period of "2023" (the whole year) or "2023-06"; raises ValueError."""
    return Period(int(text), 12) if re.fullmatch(r"\d{4}", text) else Period.parse(text)


def period_text(year: int, month: int) -> str:
    """Return the text of a period: 2023, or 2023-06."""
    return str(year) if month == 12 else Period(year, month).code


def _period(text: str) -> str:
    try:
        found = period_of(text)
    except ValueError:
        raise CellError(FaultCode.BAD_PERIOD) from None
    _year(str(found.year))
    return period_text(found.year, found.month)


def _schedule(text: str) -> str:
    try:
        return Schedule.parse(text).code
    except ScheduleError:
        raise CellError(FaultCode.BAD_SCHEDULE) from None


def _computed(text: str) -> str:
    try:
        found = Computed.parse(text)
    except ComputedError:
        raise CellError(FaultCode.BAD_COMPUTED) from None
    if found.formula is Formula.ROW and found.over not in rows():
        raise CellError(FaultCode.BAD_COMPUTED)
    return found.code


def rows() -> frozenset[str]:
    """Return the rows of the statements, by which effects and costs are told."""
    return frozenset(row.id for scheme in load.schemes().values() for row in scheme.rows)


def _row(text: str) -> str:
    if text not in rows():
        raise CellError(FaultCode.UNKNOWN_ROW)
    return text


def _sdg(text: str) -> str:
    code = text.lower()
    goal = sdg_of(code)
    if goal is None:
        raise CellError(FaultCode.BAD_SDG)
    if code not in (str(goal.number), *goal.targets):
        raise CellError(FaultCode.UNKNOWN_SDG_TARGET, goal.span)
    return code


def _matching(pattern: re.Pattern[str], code: FaultCode) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise CellError(code)
        return text

    return check


def texts(text: str) -> list[str]:
    """Return the texts that a cell holds."""
    return [part for each in text.split("|") if (part := each.strip())]


def _several(text: str) -> str:
    return SEPARATOR.join(texts(text))


def _numbers(decimals: int) -> Callable[[str], str]:
    return lambda text: number(text, decimals)


def _choice(column: Column, text: str) -> str:
    word = text.lower()
    if word not in column.choices:
        raise CellError(FaultCode.BAD_CHOICE, ", ".join(column.choices))
    return word


_FORMS: Mapping[CellKind, Callable[[str], str]] = {
    CellKind.CODE: _matching(_CODE, FaultCode.BAD_CODE),
    CellKind.TEXTS: _several,
    CellKind.REFERENCES: _several,
    CellKind.YES_NO: _yes_no,
    CellKind.YEAR: _year,
    CellKind.DATE: _date,
    CellKind.PERIOD: _period,
    CellKind.SCHEDULE: _schedule,
    CellKind.COMPUTED: _computed,
    CellKind.SDG: _sdg,
    CellKind.LINK: _matching(re.compile(r"https?://\S{3,490}"), FaultCode.BAD_LINK),
    CellKind.ROW: _row,
    **{kind: _numbers(decimals) for kind, decimals in DECIMALS.items()},
}
