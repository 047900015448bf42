"""Budgets, amendments and forecasts; strategies, indicators, programmes and projects; decisions."""

from katsaus.web.planning.models.figures import (
    Decision,
    DeviationItem,
    FigureNote,
    PlanFigure,
    PlanSet,
)
from katsaus.web.planning.models.files import StrategyFile
from katsaus.web.planning.models.indicators import (
    Indicator,
    IndicatorDefinition,
    IndicatorLink,
    IndicatorValue,
)
from katsaus.web.planning.models.limits import Limit, LimitOf
from katsaus.web.planning.models.programmes import (
    Measure,
    MeasureEffect,
    Programme,
    ProgrammeEmphasis,
    ProgrammePart,
    ProgrammeTarget,
)
from katsaus.web.planning.models.projects import PersonYears, Project
from katsaus.web.planning.models.strategy import (
    Action,
    Goal,
    LocalTarget,
    SdgLink,
    StateReport,
    Strategy,
    Theme,
)

__all__ = [
    "Action",
    "Decision",
    "DeviationItem",
    "FigureNote",
    "Goal",
    "Indicator",
    "IndicatorDefinition",
    "IndicatorLink",
    "IndicatorValue",
    "Limit",
    "LimitOf",
    "LocalTarget",
    "Measure",
    "MeasureEffect",
    "PersonYears",
    "PlanFigure",
    "PlanSet",
    "Programme",
    "ProgrammeEmphasis",
    "ProgrammePart",
    "ProgrammeTarget",
    "Project",
    "SdgLink",
    "StateReport",
    "Strategy",
    "StrategyFile",
    "Theme",
]
