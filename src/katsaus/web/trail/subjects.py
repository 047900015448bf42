"""What an event was done to, in words."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from katsaus.core.columns import columns_of
from katsaus.core.figures import Items
from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.web.audit.models import Event
from katsaus.web.languages import language
from katsaus.web.monitoring.indicator_sheets import COLUMNS, months_of
from katsaus.web.monitoring.table_words import row_word
from katsaus.web.trail.naming import Named, first_of
from katsaus.web.trail.rows import cells_of, places_of, row_words
from katsaus.web.trail.words import part_word

_FIGURE = re.compile(r"(.+) (\S+) (\S+) (\d{4}-\d\d)(?: (\w+))?")


def subject_words(event: Event, named: Named) -> str:
    """Return what an action was done to, in words; what cannot be read is left as it is."""
    words = _SUBJECTS.get(event.action)
    try:
        return words(event, named) if words else event.subject
    except ValueError:  # a long subject was cut when it was recorded
        return event.subject


def _figure(event: Event, named: Named) -> str:
    """Read the unit, the row and the column of a figure: "6430 result forecast_2023 2023-06"."""
    found = _FIGURE.fullmatch(event.subject)
    if found is None:
        return event.subject
    unit, row, column, code, items = found.groups()
    period = Period.parse(code)
    columns = {each.id: each.names.text(language()) for each in columns_of(period).values()}
    column, at = columns.get(column, column), period.months
    words = (row_word(row), column, "" if at in column else at, _items(items))
    return ", ".join(filter(None, (named.unit(unit), *words)))


def _items(items: str | None) -> str:
    words = {Items.EXTERNAL.value: _("External"), Items.INTERNAL.value: _("Internal")}
    return words.get(items, items) if items else ""


def _batch(event: Event, _named: Named) -> str:
    number, _space, file = event.subject.partition(" ")
    return _("batch %(number)s, %(file)s") % {"number": number, "file": file}


def _text(event: Event, named: Named) -> str:
    """Read the place of a report's text: a unit or "summary", and the period."""
    place, _space, code = event.subject.rpartition(" ")
    word = part_word(place) if place == "summary" else named.unit(place)
    return f"{word}, {Period.parse(code).months}"


def _state(event: Event, named: Named) -> str:
    action, _space, code = event.subject.rpartition(" ")
    return f"{named.row('actions', action)}, {Period.parse(code).months}"


def _value(event: Event, named: Named) -> str:
    indicator, scenario, code = event.subject.split(" ")
    scenarios = {str(each): str(word) for each, word in COLUMNS.items()}
    words = (named.row("indicators", indicator), scenarios.get(scenario, scenario))
    return ", ".join((*words, months_of(Period.parse(code))))


def _continued(event: Event, named: Named) -> str:
    return " → ".join(named.row("strategies", each) for each in event.subject.split(" → "))


def _kept(event: Event, named: Named) -> str:
    """Read the tables that changed; where it is one row, the row."""
    places = places_of(event)
    if len(places) == 1:
        [place] = places
        return row_words(place, cells_of(event, place), named)
    return ", ".join(map(part_word, event.subject.split(", ")))


def _report(event: Event, _named: Named) -> str:
    return Period.parse(event.subject).months


def _units(event: Event, named: Named) -> str:
    return first_of(map(named.unit, event.subject.split(", ")))


def _removed_row(event: Event, named: Named) -> str:
    return row_words(event.subject, event.before or {}, named)


def _removed_account(event: Event, _named: Named) -> str:
    return f"{event.subject} {_name_before(event)}"


def _removed_body(event: Event, _named: Named) -> str:
    return _name_before(event)


def _name_before(event: Event) -> str:
    """Return the name of what is no more, as it was."""
    told = event.before or {}
    names = (str(told.get(name) or "") for name in ("name_fi", "name_sv", "name_en"))
    return Names(*names).text(language())


_SUBJECTS: Mapping[str, Callable[[Event, Named], str]] = {
    "account.removed": _removed_account,
    "accounts.changed": lambda event, named: first_of(
        map(named.account, event.subject.split(", "))
    ),
    **dict.fromkeys(("batch.kept", "batch.undone"), _batch),
    **dict.fromkeys(("body.added", "body.changed"), lambda event, named: named.body(event.subject)),
    "body.removed": _removed_body,
    "measure.told": lambda event, named: named.row("measures", event.subject),
    **dict.fromkeys(("note.changed", "postings.downloaded", "postings.viewed"), _figure),
    **dict.fromkeys(("report.published", "report.withdrawn"), _report),
    "report.text_changed": _text,
    "row.moved": lambda event, named: row_words(event.subject, {}, named),
    **dict.fromkeys(("explanation.removed", "row.removed"), _removed_row),
    "state.reported": _state,
    "strategy.continued": _continued,
    **dict.fromkeys(("explanation.kept", "strategy.kept"), _kept),
    **dict.fromkeys(
        (
            *("unit.added", "unit.changed", "unit.ended", "unit.moved", "unit.removed"),
            *("units.changed", "units.merged"),
        ),
        _units,
    ),
    "value.given": _value,
}
