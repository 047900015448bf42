"""What an event changed, in words: the path to each thing, how it was and how it became."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from katsaus.core.deviations import Threshold
from katsaus.core.terms import Part
from katsaus.definitions.tables import Table, strategy_table, table_of_kind
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.audit.queries import Change, changes
from katsaus.web.finance.limits import limit_words
from katsaus.web.finance.numbers import day
from katsaus.web.imports.lines import KINDS
from katsaus.web.languages import language
from katsaus.web.monitoring.table_words import CHOICE_WORDS, cell_words
from katsaus.web.monitoring.words import exact, exact_euros
from katsaus.web.organization.words import BODY_KINDS, LEVELS
from katsaus.web.planning.term_words import PARTS as TERM_PARTS
from katsaus.web.trail.naming import Named
from katsaus.web.trail.rows import Cells, cells_of, row_words, table_of
from katsaus.web.trail.words import part_word

Words = Callable[[str], str]
_NEXT_PART = re.compile(rf", (?=(?:{'|'.join(Part)}): )")  # a project's name may have a comma
# The tables of which an action tells cells.
_TABLES = {"measure.told": "measures", "state.reported": "reports", "value.given": "values"}
_CODED: Mapping[str, Mapping[str, str | Promise]] = {
    "kind": {
        **{str(kind): word for kind, word in KINDS.items()},
        **{str(kind): word for kind, word in BODY_KINDS.items()},
    },
    "level": {str(level): word for level, word in LEVELS.items()},
    "role": {role.value: role.label for role in Role},
    "second_factor": {
        "totp": _("Authenticator app"),
        "webauthn": _("Passkeys"),
        "recovery_codes": _("Recovery codes"),
    },
}


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change in words; `of` is what the part is of, `name` is empty for a thing as a whole."""

    of: str
    name: str
    before: str
    after: str


def worded(event: Event, change: Change, named: Named) -> WordedChange:
    """Return a change of an event with the path to it and its values in words."""
    of, name, words = _read(event, change.path, named)
    before, after = (words(each) if each else "" for each in (change.before, change.after))
    return WordedChange(of, name, before, after)


def told(event: Event) -> list[Change]:
    """Return what an event changed; that no row came to a table is not worth a line."""
    found = changes(event.before, event.after)
    return [each for each in found if each.path[:1] != ("new",) or each.after != "0"]


def _read(event: Event, path: Sequence[str], named: Named) -> tuple[str, str, Words]:
    """Return what a part is of and the part in words, and what says its values in words."""
    *above, part = path or ("",)
    if above[:1] == ["changed"]:
        place = above[-1]
        cells = cells_of(event, place)
        return row_words(place, cells, named), *_cell(table_of(place), cells, part, named)
    if above == ["new"]:
        return part_word(part), gettext("new rows"), partial(_number, _named=named)
    if event.action in ("explanation.removed", "row.removed"):
        return "", *_cell(table_of(event.subject), event.before or {}, part, named)
    if event.action == "measure.told" and "." in part:
        return _effect(part, named)
    if event.action in _TABLES:
        return "", *_cell(strategy_table(_TABLES[event.action]), {}, part, named)
    of = ", ".join(_head(event.action, each, named) for each in above)
    return of, part_word(part), partial(_value, part, named=named)


def _cell(table: Table | None, cells: Cells, part: str, named: Named) -> tuple[str, Words]:
    """Return a column in words, and what says its cells in words."""
    if table is None or part not in {column.name for column in table.columns}:
        return part_word(part), str
    column = table.column(part)
    return column.title.text(language()), lambda text: cell_words(
        column, {**cells, part: text}, named.rows
    )


def _effect(part: str, named: Named) -> tuple[str, str, Words]:
    """Read an effect of a measure: "2023.realised.euros"."""
    year, scenario, column = part.split(".")
    word = CHOICE_WORDS["effect_scenario"].get(scenario, scenario)
    return f"{year}, {word}", *_cell(strategy_table("measure_effects"), {}, column, named)


def _head(action: str, code: str, named: Named) -> str:
    """Return what a part is of: a unit, an account, or a part itself."""
    if action.startswith("unit"):
        return named.unit(code)
    return named.account(code) if action == "accounts.changed" else part_word(code)


def _value(part: str, text: str, named: Named) -> str:
    key = part.partition(" (")[0]
    if text in ("True", "False"):
        return gettext("yes") if text == "True" else gettext("no")
    if key in _CODED:
        return ", ".join(str(_CODED[key].get(each, each)) for each in text.split(", "))
    try:
        return _VALUES[key](text, named) if key in _VALUES else text
    except (ValueError, ArithmeticError):  # such as a unit's year among a hierarchy's days
        return text


def _number(text: str, _named: Named) -> str:
    return exact(Decimal(text))


def _continued(text: str, named: Named) -> str:
    """Return parts of a strategy that end ("theme: a"), or wait for a decision ("goal: a: 64")."""
    return ", ".join(_part(each, named) for each in _NEXT_PART.split(text))


def _part(text: str, named: Named) -> str:
    part, code, *others = text.split(": ", 2)
    word = f"{TERM_PARTS[Part(part)]} {named.row(table_of_kind(part), code)}"
    return ": ".join((word, *map(named.unit, others)))  # a unit that has ended, or a project


def _limit(text: str, _named: Named) -> str:
    """Return a limit in words: "0.5, 1000", or "0.5 % 1000 €" as it was written first."""
    percent, euros = text.removesuffix(" €").replace(" % ", ", ").split(", ")
    return limit_words(Threshold(Decimal(percent).scaleb(-2), Decimal(euros)))


_VALUES: Mapping[str, Callable[[str, Named], str]] = {
    "bytes": _number,
    "cents": lambda text, _named: exact_euros(Decimal(text) / 100),
    "ends": _continued,
    "forecast": _limit,
    "governing_body": lambda text, named: named.body(text),
    "official": lambda text, named: named.account(text),
    "pace": _limit,
    "parent": lambda text, named: named.unit(text),
    "rows": _number,
    "successors": lambda text, named: ", ".join(map(named.unit, text.split(", "))),
    "to_decide": _continued,
    "unit": lambda text, named: named.unit(text),
    "valid_from": lambda text, _named: day(date.fromisoformat(text)),
}
