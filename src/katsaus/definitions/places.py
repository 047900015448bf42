"""YAML read with the place of every value, so that a fault can say where it is."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from katsaus.core.names import Names


class Wrong(StrEnum):
    """What is wrong at a place: its English, with the names of the facts that a `Fault` holds."""

    YAML = "not YAML: {said}"  # `line` says where the reader stopped, if it is known
    TWICE = "{key!r} is there twice"
    UNKNOWN_KEY = "unknown key {key!r}; known are {known}"
    MISSING = "{key} is missing"
    NO_TEXT = "{key}: a text is needed, in quotes, not {said}"
    NOT_KNOWN = "{key}: {said!r} is none of {known}"
    NO_FLAG = "{key}: true or false is needed, not {said}"
    NO_NUMBER = "{key}: a whole number is needed, 0 or more"
    NO_LIST = "{key}: a list is needed"
    NO_MAPPING = "a mapping is needed, not {said}"
    OTHER = "{said}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file and the keys that lead to it, and the facts that its sentence needs.

    `said` is the text at the place; of anything but a text only its kind.
    """

    where: str
    wrong: Wrong
    key: str = ""
    said: str = ""
    known: tuple[str, ...] = ()
    line: int | None = None

    def __str__(self) -> str:
        """Return the fault in English, as a developer reads it."""
        facts = {"key": self.key, "said": self.said, "known": ", ".join(self.known)}
        return f"{self.where}: {self.wrong.format(**facts)}"


class _TwiceError(yaml.constructor.ConstructorError):
    """A key that is there twice, where YAML would silently take the last."""

    def __init__(self, key: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, None, mark)
        self.key = key


class _Loader(yaml.SafeLoader):
    """Refuses a key that is there twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise _TwiceError(str(key), node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class Place:
    """A mapping of the YAML, the place where it stands, and the kind of error for its faults.

    The error is made of one `Fault`, or of text where a rule of the definition itself is broken.
    """

    where: str
    entries: Mapping[str, object]
    error: type[ValueError]

    @classmethod
    def of(cls, text: str, source: str, error: type[ValueError]) -> "Place":
        """Read a text whose whole is one mapping; raises `error` with the place of the fault."""
        try:
            # Deep nesting exhausts the stack, and a date such as 2023-99-99 is a ValueError.
            read = yaml.load(text, _Loader)  # noqa: S506  # a safe loader, made stricter
        except _TwiceError as fault:
            raise error(Fault(source, Wrong.TWICE, fault.key)) from None
        except (yaml.YAMLError, ValueError, RecursionError) as fault:
            mark = fault.problem_mark if isinstance(fault, yaml.MarkedYAMLError) else None
            line = mark.line + 1 if mark else None
            raise error(Fault(source, Wrong.YAML, said=str(fault), line=line)) from None
        return cls._mapping(source, read, error)

    @classmethod
    def _mapping(cls, where: str, value: object, error: type[ValueError]) -> "Place":
        if not isinstance(value, dict):
            raise error(Fault(where, Wrong.NO_MAPPING, said=_kind(value)))
        return cls(where, {str(key): each for key, each in value.items()}, error)

    def fault(self, what: str) -> ValueError:
        """Return the error that says what is wrong here, for a rule of the definition itself."""
        return self.wrong(Wrong.OTHER, said=what)

    def wrong(
        self, wrong: Wrong, key: str = "", said: str = "", known: Collection[str] = ()
    ) -> ValueError:
        """Return the error that says what is wrong at a key here."""
        return self.error(Fault(self.where, wrong, key, said, tuple(known)))

    def refuse_others(self, *known: str) -> None:
        """Refuse every key but the known ones: a misspelt key must not pass unseen."""
        for key in self.entries:
            if key not in known:
                raise self.wrong(Wrong.UNKNOWN_KEY, key, known=known)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; raises the error when it is missing without a default, or no text."""
        value = self.entries.get(key, default)
        if value is None:
            raise self.wrong(Wrong.MISSING, key)
        if not isinstance(value, str):
            raise self.wrong(Wrong.NO_TEXT, key, _kind(value))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, or one text as a list of one; empty when it is missing."""
        value = self.entries.get(key, [])
        if not isinstance(value, list):
            return (self.text(key),)
        for each in value:
            if not isinstance(each, str):
                raise self.wrong(Wrong.NO_TEXT, key, _kind(each))
        return tuple(value)

    def choices(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of texts, each of which must be one of the known."""
        for each in (found := self.texts(key)):
            if each not in known:
                raise self.wrong(Wrong.NOT_KNOWN, key, each, known)
        return found

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """Return a text that must be one of the known."""
        value = self.text(key, default)
        if value not in known:
            raise self.wrong(Wrong.NOT_KNOWN, key, value, known)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false when it is missing."""
        value = self.entries.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(Wrong.NO_FLAG, key, _kind(value))
        return value

    def child(self, key: str) -> "Place":
        """Return the mapping under a key, empty when it is missing."""
        return self._mapping(f"{self.where}: {key}", self.entries.get(key, {}), self.error)

    def number(self, key: str, default: int) -> int:
        """Return a whole number that is not negative."""
        value = self.entries.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(Wrong.NO_NUMBER, key)
        return value

    def names(self, key: str) -> Names:
        """Return a name in three languages, of which Finnish must be there."""
        if key not in self.entries:
            raise self.wrong(Wrong.MISSING, key)
        place = self.child(key)
        place.refuse_others("fi", "sv", "en")
        return Names(place.text("fi"), place.text("sv", ""), place.text("en", ""))

    def places(self, key: str) -> Iterator["Place"]:
        """Iterate over a list of mappings, each with its number as its place."""
        value = self.entries.get(key)
        if not isinstance(value, list):
            raise self.wrong(Wrong.NO_LIST, key)
        for number, each in enumerate(value, 1):
            yield self._mapping(f"{self.where}: {key} {number}", each, self.error)


_KINDS = {dict: "a mapping", list: "a list", str: "a text", bool: "yes or no", date: "a date"}


def _kind(value: object) -> str:
    # The value itself is not shown: a few lines of YAML can stand for millions of values.
    return "nothing" if value is None else _KINDS.get(type(value), "a number")
