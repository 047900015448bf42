"""The audit trail as a file for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from katsaus.rendering.cells import harmless
from katsaus.web.audit.models import Event
from katsaus.web.trail.words import action_word

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8 by it


def lines(events: Iterable[Event], usernames: Mapping[int, str]) -> Iterator[bytes]:
    """Yield the file piece by piece: semicolons, times of Finland, states before and after as JSON.

    Codes and values are as they were recorded, for machines and for later proof; `usernames` are
    those of people by their numbers. A text that a spreadsheet would take for a formula is made
    harmless.
    """
    yield BYTE_ORDER_MARK
    yield _line(_heads())
    for event in events:
        at = localtime(event.at).isoformat(sep=" ", timespec="seconds")
        username = usernames.get(event.person_id or 0, "")
        texts = (event.person_name, username, action_word(event.action), event.subject)
        yield _line([at, *texts, _json(event.before), _json(event.after), event.action])


def _heads() -> list[str]:
    return [
        _("time"),
        _("person"),
        _("user name"),
        _("what was done"),
        _("to what (as recorded)"),
        _("before (as recorded, JSON)"),
        _("after (as recorded, JSON)"),
        _("what was done (code)"),
    ]


def _json(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _line(texts: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";").writerow(map(harmless, texts))
    return line.getvalue().encode()
