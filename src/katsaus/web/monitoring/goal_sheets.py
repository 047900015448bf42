"""A goal laid out for the screen: what each division does for it, and how far that is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from katsaus.core.periods import Period
from katsaus.core.states import State, together
from katsaus.core.strategies import Action
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.numbers import day
from katsaus.web.languages import language
from katsaus.web.monitoring.arithmetic import Proposed, proposed
from katsaus.web.monitoring.computing import with_computed
from katsaus.web.monitoring.ledger_rows import LedgerRows
from katsaus.web.monitoring.links import Link
from katsaus.web.monitoring.marks import Mark, unanswered
from katsaus.web.monitoring.readings import Reading, is_before, reading
from katsaus.web.monitoring.units import Units
from katsaus.web.planning.queries.entries import Placed, by_place
from katsaus.web.planning.queries.goals import DecisionName, GoalView, Report
from katsaus.web.planning.queries.sdgs import number
from katsaus.web.planning.queries.terms import TermGoal
from katsaus.web.planning.strategy_words import schedule_text, years


@dataclass(frozen=True, slots=True)
class Told:
    """What was said at a period; `by` names who and when, `is_past` was replaced since."""

    period: str
    mark: Mark
    reason: str
    text: str
    by: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where a goal or an action is in another term, and what was last said of it there."""

    name: str
    years: str
    href: str
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with what is known of it at the period; `differs` where a person sees it so."""

    code: str
    name: str
    unit: str
    responsible: str
    schedule: str
    told: Told | None
    mark: Mark
    is_older: bool
    proposal: Proposed
    differs: bool
    readings: tuple[Reading, ...]
    sdgs: tuple[Link, ...]
    decisions: tuple[DecisionName, ...]
    history: tuple[Told, ...]
    earlier: Earlier | None
    answer_href: str


@dataclass(frozen=True, slots=True)
class DivisionPart:
    """What a division does for the goal; without actions it has not answered."""

    code: str
    name: str
    mark: Mark
    lines: tuple[ActionLine, ...]
    set_by_person: Told | None


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A goal with its divisions; `readings` are of the indicators that stand on the goal."""

    code: str
    name: str
    theme: str
    is_binding: bool
    parts: tuple[DivisionPart, ...]
    mark: Mark
    readings: tuple[Reading, ...]
    sdgs: tuple[Link, ...]
    before: Earlier | None
    after: Earlier | None


@dataclass(frozen=True)
class GoalDesk:
    """A goal as someone looks at it at a period."""

    viewer: Viewer
    found: GoalView
    period: Period

    def sheet(self) -> GoalSheet:
        """Lay the goal out."""
        goal, theme = self.found.goal, self.found.theme
        placed = by_place(self.indicators)
        lines = self._lines(placed)
        parts = tuple(self._parts(lines))
        on_goal = placed.get(("goal", goal.code), ())
        return GoalSheet(
            goal.code,
            goal.names.text(language()),
            theme.names.text(language()) if theme else "",
            goal.is_binding,
            parts,
            Mark.of(together(self._states(goal.actions))),
            self._readings(on_goal, goal.units[0] if len(goal.units) == 1 else ""),
            self._sdgs("goal", goal.code),
            self._term(self.found.terms.before),
            self._term(self.found.terms.after),
        )

    def _term(self, goal: TermGoal | None) -> Earlier | None:
        if goal is None:
            return None
        href = reverse("goal", args=(self._slug, goal.code))
        return Earlier(goal.names.text(language()), years(goal.first_year, goal.last_year), href)

    def _earlier(self, action: Action) -> Earlier | None:
        """Return what an action continues, with what was last said of it in its term."""
        earlier = self.found.terms.actions.get(action.code)
        if earlier is None:
            return None
        reports = (each for each in self.found.earlier if each.action == earlier.code)
        told = next((_told(each) for each in reports if each.is_current), None)
        before = self.found.terms.before
        span = years(before.first_year, before.last_year) if before else ""
        href = f"{reverse('goal', args=(self._slug, earlier.goal))}#a-{earlier.code}"
        return Earlier(action.name, span, href, told)

    @cached_property
    def indicators(self) -> tuple[Placed, ...]:
        """The indicators of the goal and its actions, with their computed values."""
        return with_computed(LedgerRows.of(self.viewer), self.found.indicators, self.period)

    @cached_property
    def _units(self) -> Units:
        return Units.of(self.viewer, self.period)

    @property
    def _slug(self) -> str:
        return self.viewer.municipality.slug

    def _sdgs(self, kind: str, code: str) -> tuple[Link, ...]:
        """Return the SDGs that something serves, each leading to what else serves it."""
        codes = dict.fromkeys(sdg for of, on, sdg in self.found.sdgs if (of, on) == (kind, code))
        return tuple(Link(sdg, reverse("sdg", args=(self._slug, number(sdg)))) for sdg in codes)

    def _states(self, actions: Sequence[Action]) -> Iterator[State | None]:
        for action in actions:
            report = self.report(action.code)
            yield report.state if report else None

    def report(self, action: str) -> Report | None:
        """Return what was last said of an action by the period's end."""
        return next(
            (
                each
                for each in self.found.reports
                if each.action == action
                and each.is_current
                and not is_before(self.period, each.period)
            ),
            None,
        )

    def _lines(self, placed: Mapping[tuple[str, str], tuple[Placed, ...]]) -> list[ActionLine]:
        return [
            self.line(action, placed.get(("action", action.code), ()))
            for action in self.found.goal.actions
        ]

    def line(self, action: Action, placed: Sequence[Placed]) -> ActionLine:
        """Lay an action out."""
        report = self.report(action.code)
        state = report.state if report else None
        told_on = (report.reported_on or report.period.ends_on) if report else None
        proposal = proposed(action.schedule, placed, self.period, state=state, told_on=told_on)
        reports = (each for each in self.found.reports if each.action == action.code)
        is_of_division = not action.unit or self._units.is_division(action.unit)
        return ActionLine(
            action.code,
            action.name,
            "" if is_of_division else self._units.name(action.unit),
            ", ".join(action.responsible),
            schedule_text(action.schedule),
            _told(report) if report else None,
            Mark.of(state),
            bool(report and is_before(report.period, self.period)),
            proposal,
            None not in (state, proposal.state) and state is not proposal.state,
            self._readings(placed, action.unit),
            self._sdgs("action", action.code),
            tuple(self.found.decisions[code] for code in action.decisions),
            tuple(map(_told, reports)),
            self._earlier(action),
            self._answer(action),
        )

    def _readings(self, placed: Sequence[Placed], unit: str) -> tuple[Reading, ...]:
        may_give = may_answer(self.viewer, unit)
        return tuple(reading(self._slug, each, self.period, may_give=may_give) for each in placed)

    def _answer(self, action: Action) -> str:
        """Return the address at which the person may tell the state; empty where they may not."""
        if not may_answer(self.viewer, action.unit):
            return ""
        page = reverse("action_report", args=(self._slug, action.code))
        return f"{page}?{urlencode({'period': self.period.code})}"

    def _parts(self, lines: Sequence[ActionLine]) -> Iterator[DivisionPart]:
        actions = self.found.goal.actions
        found: dict[str, list[int]] = {
            self._units.division(unit): [] for unit in self.found.goal.units
        }
        for place, action in enumerate(actions):
            found.setdefault(self._units.division(action.unit), []).append(place)
        for code, places in found.items():
            state = together(self._states([actions[place] for place in places]))
            report = self._goal_report(code)
            if report and report.state:
                state = report.state
            yield DivisionPart(
                code,
                self._units.name(code),
                Mark.of(state) if places or state else unanswered(),
                tuple(lines[place] for place in places),
                _told(report) if report else None,
            )

    def _goal_report(self, division: str) -> Report | None:
        """Return what was last said of the goal itself in a division."""
        return next(
            (
                each
                for each in self.found.reports
                if each.goal
                and each.is_current
                and self._units.division(each.unit) == division
                and not is_before(self.period, each.period)
            ),
            None,
        )


def may_answer(viewer: Viewer, unit: str) -> bool:
    """Whether the person answers for a unit; what names no unit is the whole municipality's."""
    return viewer.may(Right.ANSWER, unit or viewer.organization.root.code)


def _told(report: Report) -> Told:
    when = day(report.reported_on) if report.reported_on else day(localtime(report.given_at).date())
    by = f"{report.given_by}, {when}" if report.given_by else ""
    if report.reported_on and not by:
        by = when
    return Told(
        report.period.months,
        Mark.of(report.state),
        report.reason,
        report.text,
        by,
        not report.is_current,
    )
