"""How a figure is shown: rounding half up, thousands, the true minus, by language."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from katsaus.core.names import Language

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
_IN_A_FIGURE = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|[%€])")


class DisplayUnit(StrEnum):
    """The unit that a table's amounts are shown in; the values stay in euros."""

    EUR = "EUR"
    THOUSAND_EUR = "1000 EUR"
    CENT = "0.01 EUR"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The marks of one language."""

    thousands: str
    decimal: str
    percent: str
    points: str
    euro_is_first: bool = False

    @classmethod
    def of(cls, language: Language) -> "NumberFormat":
        """Return the format of a language: fi "1 234,5 %", sv the same, en "1,234.5%"."""
        if language == "en":
            return cls(",", ".", "%", NO_BREAK_SPACE + "pp", euro_is_first=True)
        points = "%-yks." if language == "fi" else "%-enh."
        return cls(NO_BREAK_SPACE, ",", NO_BREAK_SPACE + "%", NO_BREAK_SPACE + points)

    def number(self, value: Decimal, decimals: int = 0) -> str:
        """Show a number rounded half up, away from zero, to `decimals`; never "-0"."""
        rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        digits = f"{abs(rounded):,f}".replace(",", "\0").replace(".", self.decimal)
        return (MINUS if rounded < 0 else "") + digits.replace("\0", self.thousands)

    def amount(self, value: Decimal, unit: DisplayUnit) -> str:
        """Show an amount of euros in a display unit."""
        if unit is DisplayUnit.THOUSAND_EUR:
            return self.number(value.scaleb(-3))
        return self.number(value, 2 if unit is DisplayUnit.CENT else 0)

    def euros(self, shown: str) -> str:
        """Return a shown amount of euros with its mark: "−1 234 €", in English "−€1,234"."""
        if not self.euro_is_first:
            return f"{shown}{NO_BREAK_SPACE}€"
        sign = MINUS if shown.startswith(MINUS) else ""
        return f"{sign}€{shown.removeprefix(MINUS)}"

    def fraction(self, value: Decimal, decimals: int = 0) -> str:
        """Show a fraction as a percent: 0.5998 is "60 %"."""
        return self.number(value.scaleb(2), decimals) + self.percent

    def percentage_points(self, value: Decimal, decimals: int = 0) -> str:
        """Show a difference of two fractions: 0.25 is "25 pp"."""
        return self.number(value.scaleb(2), decimals) + self.points


def unbroken(text: str) -> str:
    """Return a text in which no line breaks within a figure such as "52 370" or "34 %"."""
    return _IN_A_FIGURE.sub(NO_BREAK_SPACE, text)
