"""Actions of the audit trail in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "accounts.changed": _("accounts changed"),
    "batch.kept": _("batch kept"),
    "batch.undone": _("batch undone"),
    "body.added": _("governing body added"),
    "body.changed": _("governing body changed"),
    "file.discarded": _("file discarded"),
    "file.received": _("file received"),
    "hierarchy.added": _("hierarchy added"),
    "hierarchy.changed": _("hierarchy changed"),
    "measure.told": _("state of an adjustment measure told"),
    "municipality.created": _("municipality created"),
    "note.changed": _("note on a figure changed"),
    "password.given": _("password given"),
    "person.activated": _("person taken in use again"),
    "person.changed": _("name or address changed"),
    "person.created": _("person created"),
    "person.deactivated": _("person taken out of use"),
    "postings.downloaded": _("postings downloaded"),
    "postings.viewed": _("postings viewed"),
    "report.layout_changed": _("layout of the report changed"),
    "report.published": _("report published"),
    "report.text_changed": _("text of the report changed"),
    "report.withdrawn": _("report withdrawn"),
    "role.given": _("role given"),
    "role.taken": _("role taken"),
    "second_factor.removed": _("second factor removed"),
    "state.reported": _("state of an action told"),
    "strategy.kept": _("strategy changed"),
    "unit.added": _("unit added"),
    "unit.changed": _("unit changed"),
    "unit.ended": _("unit ended"),
    "unit.moved": _("unit moved"),
    "units.changed": _("units changed"),
    "units.merged": _("units merged"),
    "value.given": _("value of an indicator given"),
}


def action_word(action: str) -> str:
    """Return an action in the language that is active; one without a word as it is."""
    return str(ACTIONS.get(action, action))
