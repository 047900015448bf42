"""The next term of a strategy in words: what is in it, what is to be known, why there is none."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katsaus.core.names import Names
from katsaus.core.schedules import Schedule
from katsaus.core.terms import Fault, Note, NoteKind, Part, TermError
from katsaus.web.languages import language
from katsaus.web.planning.strategy_words import schedule_text

PARTS: Mapping[Part, Promise] = {
    Part.THEME: _("theme"),
    Part.GOAL: _("goal"),
    Part.ACTION: _("action"),
    Part.PROGRAMME: _("programme"),
}
_NOTES: Mapping[NoteKind, Promise] = {
    NoteKind.SCHEDULE_ENDED: _("the schedule %(value)s has passed and is left empty"),
    NoteKind.YEAR_PASSED: _("it was decided with the budget of %(value)s: the year is left out"),
    NoteKind.UNIT_GOES_ON: _("unit %(value)s has ended: %(other)s goes on"),
    NoteKind.UNIT_TO_CHOOSE: _("unit %(value)s has ended and no single unit follows it: choose"),
    NoteKind.PROJECT_STAYS: _("the project %(value)s stays with the earlier term: tie it anew"),
}
_FAULTS: Mapping[Fault, Promise] = {
    Fault.NO_STRATEGY: _("There is no strategy “%(value)s”. Check the code."),
    Fault.NO_LAST_YEAR: _(
        "The strategy %(value)s has no last year. Say when it ends: the next one begins after it."
    ),
    Fault.NOT_AFTER: _(
        "The earlier strategy is in force to the end of %(value)s. Begin after it, or end it "
        "earlier first."
    ),
    Fault.REVERSED: _("The last year is before the first. Mend the years."),
    Fault.CODE_TAKEN: _(
        "There is a strategy “%(value)s” already. Nothing is copied twice: take another code, or "
        "go on with the one that is there."
    ),
    Fault.NOT_IN_STRATEGY: _("%(value)s is not in the strategy. Check what ends."),
    Fault.SEVERAL: _(
        "%(value)s is the code of several. Say which: theme:%(value)s, goal:%(value)s, "
        "action:%(value)s or programme:%(value)s."
    ),
}


def fault_sentence(error: TermError) -> str:
    """Return why a strategy cannot be continued and what to do, in the language that is active."""
    return str(_FAULTS[error.fault]) % {"value": error.value}


def note_text(note: Note, units: Mapping[str, Names]) -> str:
    """Return what is to be known of something that goes on; `units` are the units' names."""
    value, other = note.value, note.other
    if note.kind is NoteKind.SCHEDULE_ENDED:
        value = schedule_text(Schedule.parse(value))
    if note.kind in (NoteKind.UNIT_GOES_ON, NoteKind.UNIT_TO_CHOOSE):
        value = units[value].text(language())
        other = units[other].text(language()) if other in units else other
    return str(_NOTES[note.kind]) % {"value": value, "other": other}
