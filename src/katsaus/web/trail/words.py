"""The words of the audit trail: actions, and the parts of what is recorded of a thing."""

from django.utils.translation import gettext_lazy as _

from katsaus.core.organization import Level
from katsaus.definitions.tables import strategy_tables
from katsaus.web.languages import language
from katsaus.web.organization.words import LEVELS

ACTIONS = {
    "account.removed": _("own account removed"),
    "accounts.changed": _("accounts changed"),
    "batch.kept": _("batch kept"),
    "batch.undone": _("batch undone"),
    "body.added": _("governing body added"),
    "body.changed": _("governing body changed"),
    "body.removed": _("governing body removed"),
    "explanation.kept": _("explanation of a deviation added or changed"),
    "explanation.removed": _("explanation of a deviation removed"),
    "file.discarded": _("file discarded"),
    "file.received": _("file received"),
    "hierarchy.added": _("hierarchy added"),
    "hierarchy.changed": _("hierarchy changed"),
    "hierarchy.removed": _("hierarchy removed"),
    "limits.changed": _("limits of deviations changed"),
    "measure.told": _("state of an adjustment measure told"),
    "municipality.created": _("municipality created"),
    "note.changed": _("note on a figure changed"),
    "password.given": _("password given"),
    "person.activated": _("person taken in use again"),
    "person.changed": _("name or address changed"),
    "person.created": _("person created"),
    "person.deactivated": _("person taken out of use"),
    "person.told": _("told that there is an account outside the municipality"),
    "postings.downloaded": _("postings downloaded"),
    "postings.searched": _("postings viewed by a search"),
    "postings.viewed": _("postings viewed"),
    "report.layout_changed": _("layout of the report changed"),
    "report.published": _("report published"),
    "report.text_changed": _("text of the report changed"),
    "report.withdrawn": _("report withdrawn"),
    "role.given": _("role given"),
    "role.taken": _("role taken"),
    "second_factor.removed": _("second factor removed"),
    "row.moved": _("row moved up or down"),
    "row.removed": _("row removed"),
    "state.reported": _("state of an action told"),
    "strategy.continued": _("strategy copied forward to its next term"),
    "strategy.kept": _("strategy changed"),
    "unit.added": _("unit added"),
    "unit.changed": _("unit changed"),
    "unit.ended": _("unit ended"),
    "unit.moved": _("unit moved"),
    "unit.removed": _("unit removed"),
    "units.changed": _("units changed"),
    "units.merged": _("units merged"),
    "value.given": _("value of an indicator given"),
}


def action_word(action: str) -> str:
    """Return an action in the language that is active; one without a word as it is."""
    return str(ACTIONS.get(action, action))


# The parts of what is recorded of a thing; those of the strategy are the columns of its tables.
PARTS = {
    "batch": _("batch"),
    "bytes": _("size in bytes"),
    "cents": _("sum"),
    "copy_of": _("copied from"),
    "email": _("email address"),
    "ends": _("ends"),
    "forecast": _("limit of the forecast"),
    "governing_body": _("governing body"),
    "kind": _("kind"),
    "level": _("level"),
    "name": _("name"),
    "name_en": _("name in English"),
    "name_fi": _("name in Finnish"),
    "name_sv": _("name in Swedish"),
    "official": _("official account"),
    "order": _("place in the order"),
    "pace": _("limit of the pace"),
    "parent": _("unit above"),
    "postings": _("postings"),
    "reason": _("reason"),
    "responsible": _("responsible"),
    "restored": _("batches that count again"),
    "role": _("role"),
    "rows": _("rows"),
    "search": _("search"),
    "second_factor": _("second factor"),
    "sha256": _("SHA-256 of the file"),
    "short_name": _("short name"),
    "source": _("source"),
    "successors": _("goes on as"),
    "summary": _("summary"),
    "superseded": _("superseded batches"),
    "to_decide": _("to be decided"),
    "unit": _("unit"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
}


def part_word(part: str) -> str:
    """Return a part or a table in words; "parent (2022)" tells its hierarchy after it."""
    key, bracket, rest = part.partition(" (")
    titles = {table.name: table.title for table in strategy_tables()}
    word = PARTS.get(key) or (titles[key].text(language()) if key in titles else key)
    level = rest.removesuffix(")")
    if level in [*Level]:
        rest = f"{LEVELS[Level(level)]})"
    return f"{word}{bracket}{rest}"
