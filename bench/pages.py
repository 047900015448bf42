"""How quickly pages came to people at work: the table of a load, and whether its limits hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.table import Table

MOST_QUERIES = 15
# Its password is hashed slowly on purpose, so that a stolen table of users is of little use.
WITHOUT_LIMIT = frozenset({"sign-in"})


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest of the values that `percent` of them are not above (nearest rank)."""
    return sorted(values)[-(-len(values) * percent // 100) - 1]


@dataclass(frozen=True, slots=True)
class Page:
    """One page under load, in milliseconds from the asking to the last byte.

    `queries` is the largest number of database queries for one of its addresses; None where it was
    not counted. `limit` is that of the 95th percentile.
    """

    name: str
    count: int
    median: float
    p95: float
    limit: float | None
    queries: int | None

    @property
    def holds(self) -> bool | None:
        """Whether the page is quick enough and asks little enough; None without a limit."""
        if self.limit is None:
            return None
        return self.p95 <= self.limit and (self.queries or 0) <= MOST_QUERIES

    def cells(self) -> Iterator[str]:
        """Write the page for the table."""
        yield self.name
        yield str(self.count)
        yield f"{self.median:.0f}"
        yield f"{self.p95:.0f}"
        yield "" if self.limit is None else f"{self.limit:.0f}"
        yield "" if self.queries is None else str(self.queries)
        yield {None: "", True: "yes", False: "NO"}[self.holds]


@dataclass(frozen=True, slots=True)
class Load:
    """The pages of one municipality on one database, and what went wrong meanwhile."""

    municipality: str
    database: str
    people: int
    seconds: int
    pages: Sequence[Page]
    failures: Sequence[str]

    @property
    def holds(self) -> bool:
        """Whether every page holds and none failed."""
        return not self.failures and all(page.holds is not False for page in self.pages)

    def values(self) -> Mapping[str, object]:
        """Return what is kept of the load."""
        pages = [asdict(page) | {"holds": page.holds} for page in self.pages]
        return asdict(self) | {"pages": pages, "holds": self.holds}

    def show(self, console: Console) -> None:
        """Print the load as a table, the slowest page first."""
        what = f"{self.municipality}, {self.database}"
        table = Table(title=f"{what}: {self.people} people at once for {self.seconds} seconds")
        table.add_column("")
        headings = ("requests", "median ms", "p95 ms", "at most", "queries", "holds")
        for heading in headings:
            table.add_column(heading, justify="right")
        for page in sorted(self.pages, key=lambda page: -page.p95):
            table.add_row(*page.cells())
        console.print(table)
        for failure in self.failures:
            console.print(f"Failed: {failure}")


def pages(
    milliseconds: Mapping[str, Sequence[float]], queries: Mapping[str, int], limit: float
) -> list[Page]:
    """Return the pages of the times that were taken of them."""
    return [
        Page(
            name,
            len(times),
            median(times),
            percentile(times, 95),
            None if name in WITHOUT_LIMIT else limit,
            queries.get(name),
        )
        for name, times in milliseconds.items()
    ]
