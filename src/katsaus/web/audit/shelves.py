"""Values computed of a municipality's data, kept in memory until something is changed in it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

from katsaus.web.audit import queries

T = TypeVar("T")

# Sizes are counted in amounts: a key, a decimal and their places in a dict take some 300 bytes.
BYTES_OF_AMOUNT = 300
MOST = 200_000
SMALLEST = 50


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: str
    size: int
    value: object


@dataclass
class _Room:
    """All that a process keeps, the longest unused first; `size` is of all together."""

    size: int = 0
    kept: OrderedDict[tuple[str, Hashable], _Kept] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: tuple[str, Hashable], mark: str) -> _Kept | None:
        with self.lock:
            found = self.kept.get(key)
            if found is None or found.mark != mark:
                return None
            self.kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, Hashable], new: _Kept) -> None:
        if new.size > MOST // 4:  # it would push out too much else
            return
        with self.lock:
            self._remove(key)
            self.kept[key] = new
            self.size += new.size
            while self.size > MOST:
                self._remove(next(iter(self.kept)))

    def _remove(self, key: tuple[str, Hashable]) -> None:
        old = self.kept.pop(key, None)
        self.size -= old.size if old else 0

    def empty(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


_room = _Room()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is kept of one municipality as it is at one mark.

    The mark is read before the data is. So what is read while another commits is at most newer
    than its mark, and nobody asks for that mark any more.
    """

    municipality: str
    mark: str
    mark_of_strategy: str = ""
    mark_of_figures: str = ""

    @property
    def strategy(self) -> "Shelf":
        """What depends on the things that a strategy is made of, on units and on plan figures.

        It stays when people, texts, notes, or the states and values of a strategy change.
        """
        return Shelf(f"{self.municipality}/strategy", self.mark_of_strategy)

    @property
    def figures(self) -> "Shelf":
        """What depends on nothing but units, accounts, batches and plan figures.

        It stays when a strategy changes, or what is told of it, or people, texts and notes.
        """
        return Shelf(f"{self.municipality}/figures", self.mark_of_figures)

    def get(
        self, key: Hashable, make: Callable[[], T], size: Callable[[T], int] | None = None
    ) -> T:
        """Return the value of a key, made now where it is not there; nobody may change it.

        The key says all that the value depends on besides the municipality's data. `size` counts
        the value's amounts. Nothing is kept before the first recorded change.
        """
        place = (self.municipality, key)
        if found := _room.find(place, self.mark):
            return cast(T, found.value)
        value = make()
        if self.mark:
            amounts = size(value) if size else 0
            _room.put(place, _Kept(self.mark, max(amounts, SMALLEST), value))
        return value


def shelf(municipality: str) -> Shelf:
    """Return what is kept of a municipality as it is now; `municipality` is its slug."""
    return Shelf(municipality, *queries.marks(municipality))


def empty() -> None:
    """Forget all that this process keeps, so that it is computed anew."""
    _room.empty()
