"""The strategy map made from the data alone."""

from collections.abc import Mapping

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.strategies import Goal, Strategy, Theme
from katsaus.core.strategy_maps import Labelled, MapColumn, MapGoal, StrategyMap
from katsaus.web.finance.numbers import day
from katsaus.web.languages import language
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.queries.outlines import Counts


def strategy_map(
    municipality: Municipality, strategy: Strategy, counts: Mapping[str, Counts]
) -> StrategyMap:
    """Return the map of a strategy, in the language that is active."""
    told = ((_("Mission"), strategy.mission), (_("Vision"), strategy.vision))
    today = localdate()
    return StrategyMap(
        language(),
        municipality.name_fi,
        strategy.names.text(language()),
        tuple(Labelled(label, text) for label, text in told if text),
        _("Values"),
        strategy.values,
        tuple(_column(theme, counts) for theme in strategy.themes),
        _("Made from the data of the strategy on %(day)s.") % {"day": day(today)},
        today,
    )


def _column(theme: Theme, counts: Mapping[str, Counts]) -> MapColumn:
    found = [counts[goal.code] for goal in theme.goals]
    goals = len(theme.goals)
    total = (
        ngettext("%d goal", "%d goals", goals) % goals,
        *_detail(
            Counts(sum(each.actions for each in found), sum(each.indicators for each in found))
        ),
    )
    return MapColumn(
        theme.names.text(language()),
        tuple(_goal(goal, counts[goal.code]) for goal in theme.goals),
        " · ".join(total),
    )


def _goal(goal: Goal, counts: Counts) -> MapGoal:
    mark = _("binding") if goal.is_binding else ""
    return MapGoal(goal.code, goal.names.text(language()), " · ".join(_detail(counts)), mark)


def _detail(counts: Counts) -> list[str]:
    """Say how many actions and indicators there are, where there are any."""
    found = []
    if counts.actions:
        found.append(ngettext("%d action", "%d actions", counts.actions) % counts.actions)
    if counts.indicators:
        found.append(
            ngettext("%d indicator", "%d indicators", counts.indicators) % counts.indicators
        )
    return found
