"""The pages of a goal and of its actions: how far they are, and the telling of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.strategies import Action
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.numbers import day
from katsaus.web.languages import language
from katsaus.web.monitoring.arithmetic import Proposed, proposed
from katsaus.web.monitoring.goal_sheets import GoalDesk, may_answer
from katsaus.web.monitoring.refusals import refusing
from katsaus.web.monitoring.rounds import Rounds
from katsaus.web.monitoring.state_forms import StateForm
from katsaus.web.planning.queries import goals as queries
from katsaus.web.planning.queries.entries import Placed, by_place
from katsaus.web.planning.queries.goals import GoalView, Report
from katsaus.web.planning.use_cases.answers import report_state


@require_safe
@door(Right.FIGURES)
@refusing
def goal(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Show a goal: what each division does for it, how far it is, and what was said before."""
    found = queries.goal(viewer.municipality, code)
    if found is None:
        raise Http404
    rounds = _rounds(found, request.GET)
    context = {
        "section": "strategy",
        "code": code,
        "sheet": GoalDesk(viewer, found, rounds.chosen).sheet(),
        "period": rounds.chosen,
        "day": day(rounds.chosen.ends_on),
    }
    return page(request, viewer, "monitoring/goal.html", context, period=rounds.choice())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ANSWER)
@refusing
def action_report(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Ask for the state of an action at a period, and keep it."""
    found, action = _action(viewer, code)
    if not may_answer(viewer, action.unit):
        raise PermissionDenied
    rounds = _rounds(found, request.GET)
    desk = GoalDesk(viewer, found, rounds.chosen)
    placed = by_place(desk.indicators).get(("action", code), ())
    form = StateForm(
        request.POST if request.method == "POST" else None,
        _initial(desk.report(code), rounds.chosen),
        rounds.known,
        lambda period, state: _proposed(action, placed, period, state),
    )
    if form.is_valid():
        told = form.answer
        report_state(
            municipality=viewer.municipality,
            person=viewer.user,
            action=code,
            period=form.period_told,
            answer=told,
        )
        messages.success(request, _("The state has been kept."))
        back = reverse("goal", args=(viewer.municipality.slug, found.goal.code))
        return redirect(f"{back}?period={form.period_told.code}#a-{code}")
    context = {
        "section": "strategy",
        "form": form,
        "line": desk.line(action, placed),
        "goal_name": found.goal.names.text(language()),
        "goal_code": found.goal.code,
        "period": rounds.chosen,
        "day": day(rounds.chosen.ends_on),
    }
    response = page(request, viewer, "monitoring/action.html", context)
    response.status_code = 422 if form.errors else 200
    return response


def _rounds(found: GoalView, given: QueryDict) -> Rounds:
    """Return the rounds of the goal's strategy, and the periods that it was reported for."""
    reported = (each.period for each in found.reports)
    return Rounds.among(reported, found.strategy, given)


def _action(viewer: Viewer, code: str) -> tuple[GoalView, Action]:
    found = queries.goal_with(viewer.municipality, code)
    if found is None:
        raise Http404
    return found, next(each for each in found.goal.actions if each.code == code)


def _proposed(
    action: Action, placed: tuple[Placed, ...], period: Period, state: State | None
) -> Proposed:
    """Return what the rule proposes where a person says a state now."""
    return proposed(action.schedule, placed, period, state=state)


def _initial(report: Report | None, period: Period) -> dict[str, object]:
    """Begin with what was said of the same period, or with the state that was before."""
    if report is None:
        return {"period": period.code}
    if report.period != period:
        return {"period": period.code, "state": report.state or ""}
    return {
        "period": period.code,
        "state": report.state or "",
        "reason": report.reason,
        "text": report.text,
        "reported_on": report.reported_on,
    }
