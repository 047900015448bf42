"""Actions of the audit trail in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "accounts.changed": _("accounts changed"),
    "batch.kept": _("batch kept"),
    "batch.undone": _("batch undone"),
    "file.discarded": _("file discarded"),
    "file.received": _("file received"),
    "municipality.created": _("municipality created"),
    "person.created": _("person created"),
    "postings.downloaded": _("postings downloaded"),
    "postings.viewed": _("postings viewed"),
    "report.layout_changed": _("layout of the report changed"),
    "report.published": _("report published"),
    "report.text_changed": _("text of the report changed"),
    "report.withdrawn": _("report withdrawn"),
    "role.given": _("role given"),
    "strategy.kept": _("strategy changed"),
    "units.changed": _("units changed"),
}


def action_word(action: str) -> str:
    """Return an action in the language that is active; one without a word as it is."""
    return str(ACTIONS.get(action, action))
