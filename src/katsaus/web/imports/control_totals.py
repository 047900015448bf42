"""Lines of control totals: what there is before, what comes or goes, and what there is after."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.formats import DASH
from katsaus.ledger.importers import Kind
from katsaus.web.imports.messages import count, money
from katsaus.web.imports.models import Batch
from katsaus.web.imports.queries import Kept, added

# What is counted where it is not rows, and has no sum.
COUNTED = {Kind.ORGANIZATION: gettext_lazy("units"), Kind.ACCOUNTS: gettext_lazy("accounts")}


@dataclass(frozen=True, slots=True)
class Total:
    """A line: its name, rows, and the sum as it is shown; `batch` is the one that it is of."""

    label: str
    rows: str
    amount: str
    is_result: bool = False
    batch: Batch | None = None


def total(label: str, kept: Kept, *, is_result: bool = False, batch: Batch | None = None) -> Total:
    """Return what is kept as a line."""
    return Total(label, count(kept.rows), money(kept.cents), is_result, batch)


def of_batch(label: str, batch: Batch, *, goes: bool = False) -> Total:
    """Return a batch as a line; one that goes is taken off."""
    return total(label, signed(batch, goes=goes), batch=batch)


def signed(batch: Batch, *, goes: bool) -> Kept:
    """Return the rows and the sum of a batch, negative where it goes."""
    sign = -1 if goes else 1
    return Kept(sign * batch.rows, None if batch.cents is None else sign * batch.cents)


def result(*parts: Kept) -> Total:
    """Return what the lines add up to, as the last of them."""
    return total(_("after"), added(*parts), is_result=True)


def of_time(years: range | None, period: str = "") -> str:
    """Return the time that totals are of: the round of forecasts, otherwise the years, as 2023."""
    if years is None or period:
        return period
    return DASH.join(str(year) for year in dict.fromkeys((years[0], years[-1])))
