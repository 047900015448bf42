"""The lines of the bench's table: what was measured, beside what, and whether a limit holds."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.municipality import Size
from bench.times import Times, Totals


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured, and the line it is compared with.

    The limit is of the ratio, or of the seconds where there is nothing beside. `peak_mb` is that
    of a process that does only this, once, or of a server's largest process.
    """

    what: str
    times: Times
    peak_mb: float | None = None
    beside: "Line | None" = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as long it takes as what is beside it."""
        return None if self.beside is None else self.times.to(self.beside.times)

    @property
    def holds(self) -> bool | None:
        """Whether the limit holds; None without a limit."""
        if self.limit is None:
            return None
        return (self.times.seconds if self.ratio is None else self.ratio) <= self.limit

    def values(self) -> dict[str, str | float | bool | None]:
        """Return what is kept of the line."""
        return {
            "what": self.what,
            "seconds": self.times.seconds,
            "cold_seconds": self.times.cold,
            "beside": self.beside.what if self.beside else None,
            "ratio": self.ratio,
            "limit": self.limit,
            "holds": self.holds,
            "peak_mb": self.peak_mb,
        }

    def cells(self) -> Iterator[str]:
        """Write the line for the table."""
        yield f"{self.what}\n  beside: {self.beside.what}" if self.beside else self.what
        yield f"{self.times.seconds:.4f}"
        yield f"{self.times.cold:.4f}"
        yield "" if self.ratio is None else f"{self.ratio:.3f}"
        yield "" if self.limit is None else f"{self.limit}{' s' if self.beside is None else ''}"
        yield {None: "", True: "yes", False: "NO"}[self.holds]
        yield "" if self.peak_mb is None else f"{self.peak_mb:.0f}"


@dataclass(frozen=True, slots=True)
class Bench:
    """One run: the municipality, the control totals in cents, and the lines.

    `idle_mb` is the peak of a process that only loads the program.
    """

    size: Size
    postings: int
    rounds: int
    idle_mb: float
    totals: Mapping[str, Totals]
    lines: Sequence[Line]

    @property
    def holds(self) -> bool:
        """Whether every limit holds."""
        return all(line.holds is not False for line in self.lines)

    def values(self) -> dict[str, object]:
        """Return what is kept of the run."""
        return {
            "postings": self.postings,
            "cost_centers": self.size.cost_centers,
            "accounts": self.size.accounts,
            "rounds": self.rounds,
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "idle_mb": self.idle_mb,
            "lines": [line.values() for line in self.lines],
            "totals": dict(self.totals),
            "holds": self.holds,
        }

    def show(self, console: Console) -> None:
        """Print the run as a table, with the control totals under it."""
        size = f"{self.size.cost_centers} cost centres, {self.size.accounts} accounts"
        table = Table(title=f"{self.postings} postings, {size}; medians of {self.rounds} rounds")
        table.add_column("")
        for heading in ("seconds", "first time", "ratio", "at most", "holds", "peak MB"):
            table.add_column(heading, justify="right")
        for line in self.lines:
            table.add_row(*line.cells())
        console.print(table)
        console.print(f"A process that only loads the program peaks at {self.idle_mb:.0f} MB.")
        for name, totals in self.totals.items():
            sums = ", ".join(f"{year} {cents / 100:.2f} €" for year, cents in totals.items())
            console.print(f"Control totals, {name}: {sums}")
