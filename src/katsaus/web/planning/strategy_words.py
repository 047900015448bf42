"""The states and schedules of actions in words, in the language that is active."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from katsaus.core.formats import DASH
from katsaus.core.indicator_texts import day_text
from katsaus.core.schedules import Schedule
from katsaus.core.states import State

STATES = {
    State.NOT_STARTED: gettext_lazy("Not started"),
    State.UNDER_WAY: gettext_lazy("Under way"),
    State.DONE: gettext_lazy("Done"),
    State.BEHIND: gettext_lazy("Behind"),
    State.NOT_DONE: gettext_lazy("Not done"),
    State.ABANDONED: gettext_lazy("Abandoned"),
    State.WAITS_FOR_DECISION: gettext_lazy("Waits for a decision"),
    State.CONTINUOUS: gettext_lazy("Continuous"),
}


def state_text(state: State) -> str:
    """Return a state in words."""
    return str(STATES[state])


def years(first: int | None, last: int | None) -> str:
    """Return the years of a term: "2021-2023", or the one that is known."""
    return DASH.join(str(each) for each in (first, last) if each)


def schedule_text(schedule: Schedule) -> str:
    """Return a schedule in words: "Continuous", "2021-2025", "By 31.8.2023", "February"."""
    if schedule.is_continuous:
        return _("Continuous")
    if schedule.months:
        names = ", ".join(str(MONTHS[month]) for month in schedule.months)
        return _("Every year: %s") % names
    begin, end = schedule.begins_on, schedule.ends_on
    if begin is None:
        return _("By %s") % day_text(end) if end else ""
    if "/" in schedule.code and end:
        return f"{day_text(begin)}{DASH}{day_text(end)}"
    if end and end.year == begin.year:
        return str(begin.year)
    return f"{begin.year}{DASH}{end.year if end else ''}"
