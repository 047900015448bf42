"""When something is to be done: always, in years, between days, in certain months."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self


class ScheduleError(ValueError):
    """A text is no schedule."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule by its code; without a begin or an end it is open, and so are recurring months."""

    code: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    months: tuple[int, ...] = ()
    is_continuous: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a schedule; raises ScheduleError.

        `continuous`, `2023`, `2021-2025`, `2023-` (open), `2023-08-31` (due),
        `2023-01-01/2023-08-31`, `months:2,3` (every year), or nothing where none is given.
        """
        code = text.strip()
        try:
            return cls._read(code)
        except (ValueError, OverflowError):
            raise ScheduleError(text) from None

    @classmethod
    def _read(cls, code: str) -> Self:
        if code in ("", "continuous"):
            return cls(code, is_continuous=bool(code))
        if match := re.fullmatch(r"(\d{4})(?:(-)(\d{4})?)?", code):
            last = match[3] or (None if match[2] else match[1])
            ends_on = date(int(last), 12, 31) if last else None
            return cls._ordered(code, date(int(match[1]), 1, 1), ends_on)
        if code.startswith("months:"):
            return cls(code, months=_months(code.removeprefix("months:")))
        begin, slash, end = code.partition("/")
        if not slash:
            return cls(code, ends_on=date.fromisoformat(begin))
        return cls._ordered(code, date.fromisoformat(begin), date.fromisoformat(end))

    @classmethod
    def _ordered(cls, code: str, begins_on: date, ends_on: date | None) -> Self:
        if ends_on is not None and ends_on < begins_on:
            raise ValueError(code)
        return cls(code, begins_on, ends_on)


def _months(text: str) -> tuple[int, ...]:
    months = tuple(int(month) for month in text.split(","))
    if not all(1 <= month <= 12 for month in months):
        raise ValueError(text)
    return months
