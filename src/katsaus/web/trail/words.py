"""The audit trail in words: actions, and what they changed from what to what."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from katsaus.core.columns import columns_of
from katsaus.core.periods import Period
from katsaus.definitions import load
from katsaus.definitions.tables import strategy_tables
from katsaus.web.access.rules import Role
from katsaus.web.audit.queries import Change
from katsaus.web.finance.numbers import money
from katsaus.web.finance.queries import SCHEME
from katsaus.web.imports.lines import KINDS
from katsaus.web.languages import language
from katsaus.web.organization.words import BODY_KINDS, LEVELS
from katsaus.web.planning.strategy_words import STATES

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
    "postings.searched": _("postings searched"),
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
    "decided": _("decided"),
    "email": _("email address"),
    "ends": _("ends"),
    "forecast": _("forecast"),
    "governing_body": _("governing body"),
    "kind": _("kind"),
    "language": _("language"),
    "level": _("level"),
    "name": _("name"),
    "name_en": _("name in English"),
    "name_fi": _("name in Finnish"),
    "name_sv": _("name in Swedish"),
    "new": _("new"),
    "note": _("note"),
    "official": _("official account"),
    "order": _("place in the order"),
    "parent": _("unit above"),
    "reason": _("reason"),
    "realised": _("realised"),
    "responsible": _("responsible"),
    "restored": _("batches that count again"),
    "role": _("role"),
    "rows": _("rows"),
    "second_factor": _("second factor"),
    "sha256": _("SHA-256 of the file"),
    "short_name": _("short name"),
    "slug": _("address"),
    "source": _("source"),
    "state": _("state"),
    "successors": _("goes on as"),
    "summary": _("summary"),
    "superseded": _("superseded batches"),
    "text": _("text"),
    "to_decide": _("to be decided"),
    "unit": _("unit"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "value": _("value"),
}
_CODED: dict[str, dict[str, str | Promise]] = {
    "kind": {
        **{str(kind): word for kind, word in KINDS.items()},
        **{str(kind): word for kind, word in BODY_KINDS.items()},
    },
    "level": {str(level): word for level, word in LEVELS.items()},
    "role": {role.value: role.label for role in Role},
    "state": {str(state): word for state, word in STATES.items()},
}


def subject_words(action: str, subject: str) -> str:
    """Return what an action was done to, with the parts that are named as in the code in words."""
    if action == "strategy.kept":
        return ", ".join(map(_word, subject.split(", ")))
    if action == "note.changed":
        return _figure(subject)
    if action == "report.text_changed":
        return " ".join(map(_word, subject.split(" ")))
    return subject


def _figure(subject: str) -> str:
    """Return the unit, the row and the column of a figure: "6430 result forecast_2023 2023-06"."""
    unit, row, column, period, *items = subject.split(" ")
    rows = {each.id: each.names for each in load.scheme(SCHEME).rows}
    columns = {each.id: each.names for each in columns_of(Period.parse(period)).values()}
    named = [(rows.get(row), row), (columns.get(column), column)]
    words = [names.text(language()) if names else code for names, code in named]
    return ", ".join((unit, *words, period, *items))


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change in words; `name` is empty where the thing as a whole changed."""

    name: str
    before: str
    after: str


def worded(change: Change) -> WordedChange:
    """Return a change with the path to it and its coded values in words."""
    part = change.path[-1] if change.path else ""
    before, after = (_value(part, each) for each in (change.before, change.after))
    name = " \N{MIDDLE DOT} ".join(_place(each) for each in change.path if each != "changed")
    return WordedChange(name, before, after)


def _place(place: str) -> str:
    """Return a part, a code, or a table of the strategy and a code in it: "goals: health"."""
    table, colon, code = place.partition(": ")
    return f"{_word(table)}{colon}{code}"


def _word(part: str) -> str:
    """Return a part in words; "parent (2022)" tells its hierarchy after it."""
    key, bracket, rest = part.partition(" (")
    titles = {each.name: each.title for table in strategy_tables() for each in table.columns}
    titles |= {table.name: table.title for table in strategy_tables()}
    word = PARTS.get(key) or (titles[key].text(language()) if key in titles else key)
    return f"{word}{bracket}{rest}"


def _value(part: str, value: str) -> str:
    if part == "cents" and value:
        return f"{money(Decimal(value) / 100)} €"
    if value in ("True", "False"):
        return gettext("yes") if value == "True" else gettext("no")
    return str(_CODED.get(part, {}).get(value, value))
