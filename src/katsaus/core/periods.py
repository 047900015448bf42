"""The part of a calendar year that a report tells of."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """The months from January to `month` of a fiscal year, which is a calendar year.

    The fiscal year of a municipality is the calendar year (kuntalaki 410/2015, 113 §).
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a year or a month that is none."""
        if not MINYEAR <= self.year <= MAXYEAR:
            raise ValueError(f"{self.year} is not a year")
        if not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is not a month")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2023-06" as January-June 2023; raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a period such as 2023-06")
        return cls(int(match[1]), int(match[2]))

    @property
    def code(self) -> str:
        """The period as the contract writes it: 2023-06."""
        return f"{self.year}-{self.month:02}"

    @property
    def months(self) -> str:
        """The months of the period as they are written: 1-6/2023."""
        first = "1\N{EN DASH}" if self.month > 1 else ""
        return f"{first}{self.month}/{self.year}"

    @property
    def ends_on(self) -> date:
        """The last day of the period."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def is_full_year(self) -> bool:
        """Whether the period is the whole fiscal year."""
        return self.month == 12

    @property
    def straight_line_share(self) -> Decimal:
        """The share of the year gone by, the yardstick of realization rates: 6/12 is 0.5."""
        return Decimal(self.month) / Decimal(12)
