"""Times of works that are done in turn, so that a busy moment falls on all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Totals = dict[str, int]  # cents by year ("2022"), and of all years ("all")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one work, in the order of the rounds; the first, cold round apart."""

    cold: float
    warm: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """The median of the warm rounds."""
        return median(self.warm)

    def to(self, other: "Times") -> float:
        """Return how many times as long as another this is: the median of the rounds' ratios."""
        return median(mine / its for mine, its in zip(self.warm, other.warm, strict=True))


def in_turn(
    works: Mapping[str, Callable[[], object]],
    rounds: int,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Times]:
    """Time every work once cold and `rounds` times warm; `before` each work is not timed."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            before()
            start = perf_counter()
            work()
            seconds[name].append(perf_counter() - start)
    return {name: Times(each[0], tuple(each[1:])) for name, each in seconds.items()}
