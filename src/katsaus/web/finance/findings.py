"""What the figures say, in a sentence."""

from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.bridge import MARGIN
from katsaus.core.columns import Role, columns_of
from katsaus.core.formats import MINUS
from katsaus.core.gaps import Gap, Gaps
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.results import Statement
from katsaus.web.finance.numbers import formats, money, percent, rounded
from katsaus.web.finance.queries import Books
from katsaus.web.languages import language

BOTTOM = "surplus"  # the last row of the income statement, which the report prints
MOST_NAMED = 4


def finding(statement: Statement, gaps: Gaps, unit: str, period: Period) -> str:
    """Say in one sentence how the forecast of the operating margin stands to the budget.

    What has a budget and no forecast is left out of it. Where nothing has a forecast, say how much
    has been realized, of the budget or in euros.
    """
    if not statement.amounts:
        return _("There are no figures for the period")
    deviation = _deviation(statement, gaps, unit, MARGIN, period)
    if deviation is None:
        return (
            _pace(statement, unit, period) or _realized(statement, unit, period) or _no_forecast()
        )
    if deviation == 0:
        return _("The operating margin is forecast to be as in the amended budget")
    if deviation < 0:
        sentence = _("The operating margin is forecast to be %(amount)s below the amended budget")
    else:
        sentence = _("The operating margin is forecast to be %(amount)s above the amended budget")
    return sentence % {"amount": rounded(deviation)}


def lead(statement: Statement, gaps: Gaps, period: Period, *, compares: bool = False) -> str:
    """Say how much is realized, which division departs most, and which units lack a forecast.

    `compares` as with lacking().
    """
    sentences = []
    organization = gaps.tree
    root = organization.root.code
    pace = _pace(statement, root, period)
    is_forecast = _deviation(statement, gaps, root, MARGIN, period) is not None
    if pace:
        sentences.append(f"{pace if is_forecast else _no_forecast()}.")
    if worst := _worst(statement, gaps, divisions(organization), period):
        name, amount = worst
        sentences.append(
            _("The largest shortfall is forecast for %(division)s: %(amount)s.")
            % {"division": name, "amount": rounded(amount)}
        )
    sentences.append(lacking(gaps, root, MARGIN if compares else BOTTOM, compares=compares))
    return " ".join(filter(None, sentences))


def _pace(statement: Statement, unit: str, period: Period) -> str:
    rate = _amount(statement, unit, MARGIN, period, "realization_rate")
    if rate is None:
        return ""
    sentence = _("%(rate)s of the operating margin has been realised; an even pace is %(pace)s")
    return sentence % {"rate": percent(rate), "pace": percent(period.straight_line_share)}


def _realized(statement: Statement, unit: str, period: Period) -> str:
    actual = _amount(statement, unit, MARGIN, period, "actual")
    if actual is None:
        return ""
    amount = f"{MINUS if actual < 0 else ''}{rounded(actual)}"
    return _("The operating margin of %(months)s is %(amount)s") % {
        "months": period.months,
        "amount": amount,
    }


def _no_forecast() -> str:
    return _("No forecast has been given for the operating margin")


def lacking(gaps: Gaps, unit: str, row: str, *, compares: bool = False) -> str:
    """Say which units have a budget and no forecast of a row; empty where there are none.

    `compares` where the tables beside it have deviations of what can be compared.
    """
    found = gaps.under(unit, row)
    if not found:
        return ""
    said = {"units": names_lacking(gaps, unit, row)}
    if not compares:
        return _("No forecast: %(units)s. The forecasts of tables are without them.") % said
    budget = sum((gap.amended_budget for gap in found), Decimal(0))
    said["amount"] = rounded(budget)
    return (
        _("No forecast: %(units)s. Their amended budget, %(amount)s, is left out of the deviation.")
        % said
    )


def lacking_in(books: Books, unit: str, row: str) -> str:
    """Say what lacks a forecast in the tables of some books; empty where nothing does."""
    return not_parted() if books.lacks_parted else lacking(books.gaps, unit, row)


def not_parted() -> str:
    """Say why external or internal items alone have no forecast."""
    return _(
        "The forecasts are of external and internal items together, so they are not shown of "
        "either alone."
    )


def of_forecast(gaps: Gaps, unit: str, row: str, deviation: Decimal | None = None) -> str:
    """Say which units one forecast is without; of its deviation in euros, what it is without them.

    Empty where there are none.
    """
    said = {"units": names_lacking(gaps, unit, row)}
    if not said["units"]:
        return ""
    compared = gaps.comparable(unit, row, deviation)
    if compared is None:
        return _("No forecast: %(units)s. This forecast is without them.") % said
    said["amount"] = formats().euros(money(compared))
    return _("No forecast: %(units)s. Without them the deviation is %(amount)s.") % said


def names_lacking(gaps: Gaps, unit: str, row: str) -> str:
    """Return the names of the first units that have a budget and no forecast; empty for none."""
    found = gaps.under(unit, row)
    names = ", ".join(_name(gaps, gap, row) for gap in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    if more <= 0:
        return names
    return _("%(names)s and %(number)s more") % {"names": names, "number": more}


def _name(gaps: Gaps, gap: Gap, row: str) -> str:
    name = gaps.tree.unit(gap.unit).names.text(language())
    if gap.row == row:
        return name
    return f"{name} ({gaps.scheme.row(gap.row).names.text(language())})"


def of_row(statement: Statement, gaps: Gaps, unit: str, row: str, period: Period) -> str:
    """Say how a row's forecast stands to the budget, or how much of it has been realized."""
    name = statement.scheme.row(row).names.text(language())
    deviation = _deviation(statement, gaps, unit, row, period)
    rate = _amount(statement, unit, row, period, "realization_rate")
    if deviation is None and rate is None:
        return name
    if deviation is None and rate is not None:
        sentence = _("%(row)s: %(rate)s realised, when an even pace is %(pace)s")
        pace = percent(period.straight_line_share)
        return sentence % {"row": name, "rate": percent(rate), "pace": pace}
    if not deviation:
        return _("%(row)s: the forecast is as the amended budget") % {"row": name}
    if deviation < 0:
        sentence = _("%(row)s: the forecast is %(amount)s worse than the amended budget")
    else:
        sentence = _("%(row)s: the forecast is %(amount)s better than the amended budget")
    return sentence % {"row": name, "amount": rounded(deviation)}


def divisions(organization: Organization) -> list[OrgUnit]:
    """Return the divisions by code, those that have ended included."""
    return [unit for unit in organization if unit.level is Level.DIVISION]


def _worst(
    statement: Statement, gaps: Gaps, units: list[OrgUnit], period: Period
) -> tuple[str, Decimal] | None:
    found = [
        (amount, unit.names.text(language()))
        for unit in units
        if (amount := _deviation(statement, gaps, unit.code, MARGIN, period)) is not None
        and amount < 0
    ]
    if not found:
        return None
    value, name = min(found)
    return name, value


def _deviation(
    statement: Statement, gaps: Gaps, unit: str, row: str, period: Period
) -> Decimal | None:
    return gaps.comparable(unit, row, _amount(statement, unit, row, period, "deviation"))


def _amount(
    statement: Statement, unit: str, row: str, period: Period, role: Role
) -> Decimal | None:
    value = statement.value(unit, row, columns_of(period)[role].id)
    return value if isinstance(value, Decimal) else None
