"""Lays the follow-up of a theme's goals in a division out as a table of the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from katsaus.core.columns import columns_of
from katsaus.core.formats import DASH, DisplayUnit, unbroken
from katsaus.core.indicator_texts import measured_text
from katsaus.core.indicators import ValueScenario
from katsaus.core.organization import OrgUnit
from katsaus.core.states import State
from katsaus.core.strategies import Action, Goal, Theme
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow
from katsaus.web.planning.queries.entries import Placed
from katsaus.web.planning.queries.follow_ups import FollowUp, Told
from katsaus.web.planning.strategy_words import schedule_text, state_text
from katsaus.web.reports.layouts import Desk

# Tables of all divisions have columns of the same widths; the page's styles have these too.
_SHARES = (25, 24, 17, 24, 29, 6)
_ASKS_WHY = (State.BEHIND, State.NOT_DONE, State.ABANDONED, State.WAITS_FOR_DECISION)


@dataclass(frozen=True, slots=True)
class FollowUpSheet:
    """A theme's follow-up in a division: what is needed to lay it out."""

    desk: Desk
    theme: Theme
    division: OrgUnit
    rows: Sequence[FollowUp]

    def table(self) -> ReportTable:
        """Return the table, one row for an action or an unanswered goal."""
        language = self.desk.language
        names = (self.division.names.text(language), self.theme.names.text(language))
        actual = columns_of(self.desk.period)["actual"].names.text(language)
        heads = {
            "goal": _("Goal"),
            "actions": _("Actions"),
            "responsible": _("Responsible and schedule"),
            "indicators": _("Indicators"),
            "actual": actual,
            "sdg": _("SDG"),
        }
        return ReportTable(
            id=f"strategy:{self.theme.code}:{self.division.code}",
            title=": ".join(names),
            display_unit=DisplayUnit.EUR,
            columns=tuple(
                TableColumn(key, label, "text", share)
                for (key, label), share in zip(heads.items(), _SHARES, strict=True)
            ),
            groups=tuple(self._groups()),
            is_headed_by_first=True,
        )

    def _groups(self) -> Iterator[RowGroup]:
        for code, found in groupby(self.rows, lambda row: row.goal.code):
            rows = list(found)
            heading = self._goal(rows[0].goal)
            yield RowGroup(heading, tuple(self._row(row) for row in rows), code)

    def _goal(self, goal: Goal) -> str:
        return goal.names.text(self.desk.language)

    def _row(self, row: FollowUp) -> TableRow:
        sdgs = ", ".join(sorted(row.sdgs, key=_place))
        if row.action is None:
            texts = [_("The division has not answered this goal."), "", "", "", sdgs]
            code, unit = row.goal.code, self.division.code
        else:
            texts = [
                row.action.name,
                _responsible(row.action),
                ";\n".join(self._indicators(row.indicators)),
                self._actual(row),
                sdgs,
            ]
            code, unit = row.action.code, row.action.unit or self.division.code
        shown = (self._goal(row.goal), *(unbroken(text) or DASH for text in texts))
        return TableRow(code, "", unit, tuple(Cell(None, text) for text in shown))

    def _indicators(self, indicators: Sequence[Placed]) -> Iterator[str]:
        """Yield a line for each indicator; those under one heading share a line."""
        for heading, found in groupby(indicators, lambda each: each.group):
            names = [self._indicator(each) for each in found]
            yield from [f"{heading}: {', '.join(names)}"] if heading else names

    def _indicator(self, placed: Placed) -> str:
        """Return an indicator's name with the targets of the year, or of a year to come."""
        year = self.desk.period.year
        name = placed.label or placed.indicator.names.text(self.desk.language)
        targets = [
            (entry.period.year, measured_text(placed.indicator, entry.value, self.desk.language))
            for entry in placed.entries
            if entry.scenario is ValueScenario.TARGET and entry.period.year >= year
        ]
        if not targets:
            return name
        of_year, text = targets[0]
        when = "" if of_year == year else f" {of_year}"
        target = _("target")
        return f"{name} ({target}{when} {text})"

    def _actual(self, row: FollowUp) -> str:
        """Return what was said of the action, or else what its indicators came to."""
        return (_said(row.told) if row.told else "") or "\n".join(self._values(row.indicators))

    def _values(self, indicators: Sequence[Placed]) -> Iterator[str]:
        for each in indicators:
            for entry in each.entries:
                is_now = (entry.scenario, entry.period) == (
                    ValueScenario.ACTUAL,
                    self.desk.period,
                )
                if is_now:
                    name = each.label or each.indicator.names.text(self.desk.language)
                    text = measured_text(each.indicator, entry.value, self.desk.language)
                    yield f"{name}: {text}"
            if each.missing:
                name = each.label or each.indicator.names.text(self.desk.language)
                missing = "; ".join(each.missing)
                yield _("%(name)s: missing %(inputs)s") % {"name": name, "inputs": missing}


def _said(told: Told) -> str:
    """Return the state with its text; why, where nothing else is said or a reader asks for it."""
    state = f"{state_text(told.state)}. " if told.state else ""
    asks = not told.text or told.state in _ASKS_WHY
    reason = _("Reason: %s") % told.reason if told.reason and asks else ""
    return "\n".join(filter(None, (f"{state}{told.text}".strip(), reason)))


def _responsible(action: Action) -> str:
    """Return the roles, and on a line of its own the schedule."""
    roles = ", ".join(action.responsible)
    lines = (roles[:1].upper() + roles[1:], schedule_text(action.schedule))
    return "\n".join(line for line in lines if line)


def _place(sdg: str) -> tuple[int, str]:
    """Return what orders SDGs and their targets: 8, 12, 12.5, 13."""
    number, _, target = sdg.partition(".")
    return int(number), target
