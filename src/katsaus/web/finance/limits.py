"""The limits of deviations in words, as the page of deviations tells them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.deviations import Threshold
from katsaus.core.formats import DisplayUnit
from katsaus.core.organization import Level
from katsaus.definitions.thresholds import Thresholds
from katsaus.web.finance.numbers import formats
from katsaus.web.organization.words import LEVELS


@dataclass(frozen=True, slots=True)
class LimitLine:
    """The limits of one level of units."""

    level: str
    forecast: str
    pace: str


def limit_lines(known: Thresholds) -> tuple[LimitLine, ...]:
    """Return the limits of every level that has some."""
    return tuple(
        LimitLine(
            str(LEVELS[level]), _both(known.forecast.get(level)), _both(known.pace.get(level))
        )
        for level in Level
        if level in known.forecast or level in known.pace
    )


def _both(limit: Threshold | None) -> str:
    return limit_words(limit) if limit else ""


def limit_words(limit: Threshold) -> str:
    """Return both sides of a limit: "0,5 % ja 1 000 €"; cents and tenths where there are some."""
    unit = DisplayUnit.CENT if limit.euros % 1 else DisplayUnit.EUR
    amount = formats().euros(formats().amount(limit.euros, unit))
    has_tenths = limit.fraction.scaleb(2) % 1 != 0
    share = formats().fraction(limit.fraction, 1 if has_tenths else 0)
    return _("%(share)s and %(amount)s") % {"share": share, "amount": amount}
