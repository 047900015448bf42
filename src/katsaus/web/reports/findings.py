"""The report's first sentences, said from the figures."""

from decimal import Decimal

from django.utils.translation import gettext as _

from katsaus.core.columns import Role, columns_of
from katsaus.core.formats import NumberFormat
from katsaus.core.results import Statement, Value
from katsaus.web.reports.layouts import Desk

ROW = "operating_margin"
SHOWN_IN_MILLIONS = 100_000


def finding(desk: Desk, statement: Statement) -> str:
    """Say in one sentence how the forecast of the operating margin stands to the budget."""
    if not statement.amounts:
        return _("There are no figures for the period")
    deviation = _value(desk, statement, "deviation")
    if not isinstance(deviation, Decimal):
        return _("No forecast has been given for the operating margin")
    if deviation == 0:
        return _("The operating margin is forecast to be as in the amended budget")
    if deviation < 0:
        sentence = _("The operating margin is forecast to be %(amount)s below the amended budget")
    else:
        sentence = _("The operating margin is forecast to be %(amount)s above the amended budget")
    return sentence % {"amount": _rounded(desk, deviation)}


def _rounded(desk: Desk, amount: Decimal) -> str:
    """Return an amount without its sign, in millions where that leaves two figures to see."""
    numbers, size = NumberFormat.of(desk.language), abs(amount)
    if size < SHOWN_IN_MILLIONS:
        return _("€%(euros)s") % {"euros": numbers.number(size)}
    return _("€%(millions)s million") % {"millions": numbers.number(size.scaleb(-6), 2)}


def lead(desk: Desk, statement: Statement) -> str:
    """Say how much has been realized, and which division departs most from its budget."""
    numbers = NumberFormat.of(desk.language)
    sentences = []
    rate = _value(desk, statement, "realization_rate")
    if isinstance(rate, Decimal):
        sentences.append(
            _("%(rate)s of the operating margin has been realized; an even pace is %(pace)s.")
            % {
                "rate": numbers.fraction(rate),
                "pace": numbers.fraction(desk.period.straight_line_share),
            }
        )
    if worst := _worst(desk, statement):
        name, amount = worst
        sentences.append(
            _("The largest shortfall is forecast for %(division)s: %(amount)s.")
            % {"division": name, "amount": _rounded(desk, amount)}
        )
    return " ".join(sentences)


def _worst(desk: Desk, statement: Statement) -> tuple[str, Decimal] | None:
    column = columns_of(desk.period)["deviation"]
    found = [
        (value, unit.names.text(desk.language))
        for unit in desk.divisions()
        if isinstance(value := statement.value(unit.code, ROW, column.id), Decimal) and value < 0
    ]
    if not found:
        return None
    value, name = min(found)
    return name, value


def _value(desk: Desk, statement: Statement, role: Role) -> Value:
    column = columns_of(desk.period)[role]
    return statement.value(desk.organization.root.code, ROW, column.id)
