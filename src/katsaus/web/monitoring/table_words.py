"""The cells of the strategy's tables in words: choices, rows, amounts, days, what they refer to."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.indicators import Computed, Formula
from katsaus.core.programmes import EffectScenario, ProgrammeKind, Relation
from katsaus.core.projects import PersonYearsScenario
from katsaus.core.schedules import Schedule
from katsaus.definitions import load
from katsaus.definitions.tables import CellKind, Column, table_of_kind
from katsaus.web.finance.numbers import day
from katsaus.web.finance.words import APPROPRIATIONS, DURATIONS
from katsaus.web.languages import language
from katsaus.web.monitoring.indicator_sheets import (
    AGGREGATIONS,
    COLUMNS,
    KINDS,
    POLARITIES,
    months_of,
)
from katsaus.web.monitoring.words import FUNDINGS, PROJECT_STATES, WHAT, exact, exact_euros
from katsaus.web.planning.exchange.cells import period_of, texts
from katsaus.web.planning.strategy_words import STATES, schedule_text

Called = Mapping[tuple[str, str], str]  # what rows are called, by table and code

CHOICE_WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "state": {str(key): word for key, word in STATES.items()},
    "indicator_kind": {str(key): word for key, word in KINDS.items()},
    "polarity": {str(key): word for key, word in POLARITIES.items()},
    "aggregation": {str(key): word for key, word in AGGREGATIONS.items()},
    "programme_kind": {
        ProgrammeKind.CROSS_CUTTING.value: gettext_lazy("cross-cutting programme"),
        ProgrammeKind.ADJUSTMENT.value: gettext_lazy("adjustment programme"),
    },
    "project_state": {str(key): word for key, word in PROJECT_STATES.items()},
    "link_target": {**WHAT, "unit": gettext_lazy("Unit")},
    "value_scenario": {str(key): word for key, word in COLUMNS.items()},
    "part_kind": WHAT,
    "relation": {
        Relation.GATHERS.value: gettext_lazy("the programme gathers it"),
        Relation.IS.value: gettext_lazy("the programme is itself this"),
    },
    "effect_scenario": {
        EffectScenario.DECIDED.value: gettext_lazy("decided"),
        EffectScenario.REALISED.value: gettext_lazy("realised"),
        EffectScenario.FORECAST.value: gettext_lazy("forecast"),
    },
    "sdg_kind": WHAT,
    "person_years_scenario": {
        PersonYearsScenario.ACTUAL.value: gettext_lazy("Actual"),
        PersonYearsScenario.BUDGET.value: gettext_lazy("Budget"),
        PersonYearsScenario.FORECAST.value: gettext_lazy("Forecast"),
    },
    "funding": {str(key): word for key, word in FUNDINGS.items()},
    "duration": {str(key): word for key, word in DURATIONS.items()},
    "appropriation": {str(key): word for key, word in APPROPRIATIONS.items()},
}


def cell_words(column: Column, record: Mapping[str, str], called: Called) -> str:
    """Return the cell of a column in words; a text that the column cannot have is left as it is.

    `called` says what the rows that it may refer to are called; one that is not there has its code.
    """
    text = record[column.name]
    if not text:
        return ""
    try:
        return _words(column, record, called)
    except (ValueError, ArithmeticError):  # the trail keeps what earlier versions could have
        return text


def _words(column: Column, record: Mapping[str, str], called: Called) -> str:
    text, table = record[column.name], referred(column, record)
    if table:
        return ", ".join(called.get((table, each), each) for each in texts(text))
    if column.kind is CellKind.CHOICE:
        return str(CHOICE_WORDS[column.of].get(text, text))
    if column.kind is CellKind.COMPUTED:
        return _formula(Computed.parse(text), called)
    return _WORDS[column.kind](text) if column.kind in _WORDS else text


def referred(column: Column, record: Mapping[str, str]) -> str:
    """Return the table that a cell refers to; empty for other cells."""
    if column.kind is CellKind.CHOSEN:
        return table_of_kind(record.get(column.of, ""))
    return column.of if column.kind in (CellKind.REFERENCE, CellKind.REFERENCES) else ""


def row_word(row: str) -> str:
    """Return the name of a row of a statement; one that is not known as it is."""
    found = (each for scheme in load.schemes().values() for each in scheme.rows if each.id == row)
    return next((each.names.text(language()) for each in found), row)


def _formula(computed: Computed, called: Called) -> str:
    if computed.formula is Formula.SUM_OF_UNITS:
        return _("the sum of its units")
    if computed.formula is Formula.SUM_OF_PARTS:
        return _("the sum of its parts")
    inputs = [called.get(("indicators", each), each) for each in (computed.over, computed.under)]
    if computed.formula is Formula.ROW:
        inputs[0] = row_word(computed.over)
    return " ÷ ".join(inputs)


_WORDS: Mapping[CellKind, Callable[[str], Any]] = {
    CellKind.YES_NO: lambda text: {"yes": _("yes"), "no": _("no")}.get(text, text),
    CellKind.TEXTS: lambda text: ", ".join(texts(text)),
    CellKind.WHOLE: lambda text: exact(Decimal(text)),
    CellKind.DECIMAL: lambda text: exact(Decimal(text)),
    CellKind.YEARS: lambda text: exact(Decimal(text)),
    CellKind.MONEY: lambda text: exact_euros(Decimal(text)),
    CellKind.DATE: lambda text: day(date.fromisoformat(text)),
    CellKind.PERIOD: lambda text: months_of(period_of(text)),
    CellKind.SCHEDULE: lambda text: schedule_text(Schedule.parse(text)),
    CellKind.ROW: row_word,
}
