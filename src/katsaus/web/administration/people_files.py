"""People as a file, the same one out and in: a line for each role, with semicolons."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from katsaus.core.names import LANGUAGES
from katsaus.rendering.cells import harmless
from katsaus.web.access.queries import Person
from katsaus.web.access.rules import Role

BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it
FIELDS: Mapping[str, Promise] = {
    "username": _("User name"),
    "name": _("Name"),
    "email": _("E-mail address"),
    "role": _("Role"),
    "unit": _("Unit"),
    "in_use": _("In use"),
}
_IN_USE = {"yes": _("yes"), "no": _("no")}
NEEDED = ("username", "role")
_MADE_HARMLESS = re.compile(r"'(?=[=+\-@\t\r])")  # what `harmless` puts before a formula


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, numbered as spreadsheets do: a person and one of their roles."""

    number: int
    username: str
    name: str
    email: str
    role: str
    unit: str
    in_use: str


class NotPeopleError(ValueError):
    """The file lacks columns that are needed, named in words, or is no table at all: no names."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(columns)
        self.columns = columns


def written(people: Iterable[Person]) -> bytes:
    """Return the file, with headers and roles in the language that is active."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(map(str, FIELDS.values()))
    for person in people:
        user = person.user
        told = (user.username, user.get_full_name(), user.email)
        for each in person.memberships:
            code = each.unit.code if each.unit else ""
            role = str(Role(each.role).label)
            in_use = str(_IN_USE["yes" if user.is_active else "no"])
            writer.writerow(map(harmless, (*told, role, code, in_use)))
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in the western code page of older spreadsheets."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\0", "")  # a database may not hold it


def read(text: str) -> list[Line]:
    """Return the lines of the file; empty ones are left out. Raises NotPeopleError."""
    try:
        first, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    except (csv.Error, ValueError):  # a field without an end; nothing at all
        raise NotPeopleError([]) from None
    columns = _columns(first)
    missing = [str(FIELDS[each]) for each in NEEDED if each not in columns]
    if missing:
        raise NotPeopleError(missing)
    return list(_lines(rows, columns))


def _lines(rows: Iterable[list[str]], columns: Mapping[str, int]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=2):
        said = {
            name: _MADE_HARMLESS.sub("", row[place].strip(), count=1) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield Line(number, **{name: said.get(name, "") for name in FIELDS})


def _columns(headers: Iterable[str]) -> dict[str, int]:
    known = _words(FIELDS)
    found = ((known.get(header.strip().casefold()), at) for at, header in enumerate(headers))
    return {name: at for name, at in found if name}


def role_of(word: str) -> Role | None:
    """Return the role that a word names in any of the languages; None for no role."""
    name = _words({role.value: role.label for role in Role}).get(word.strip().casefold())
    return Role(name) if name else None


def in_use_of(word: str) -> bool | None:
    """Return whether a word of any of the languages says “in use”; None for what says neither."""
    name = _words(_IN_USE).get(word.strip().casefold())
    return None if name is None else name == "yes"


def _words(names: Mapping[str, object]) -> dict[str, str]:
    """Return the names by themselves and by their words in each language, in small letters."""
    found = {name.casefold(): name for name in names}
    for language in LANGUAGES:
        with override(language):
            found |= {str(word).casefold(): name for name, word in names.items()}
    return found
