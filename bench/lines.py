"""The lines of the bench's table: what was measured, beside what, and whether a limit holds."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.times import Totals


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured: median seconds of warm rounds, and a cold one before them.

    `ratio` says how many times as long as `beside` it took; `limit` bounds the ratio, or the
    seconds where there is nothing beside. `peak_mb` is that of a process that does only this, once.
    """

    what: str
    seconds: float
    cold_seconds: float
    peak_mb: float | None = None
    beside: str = ""
    ratio: float | None = None
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the limit holds; a line without one has nothing to break."""
        measured = self.seconds if self.ratio is None else self.ratio
        return self.limit is None or measured <= self.limit


@dataclass(frozen=True, slots=True)
class Bench:
    """One run: the size of the municipality, the control totals in cents, and the lines."""

    postings: int
    cost_centers: int
    accounts: int
    rounds: int
    totals: Mapping[str, Totals]
    lines: Sequence[Line]

    @property
    def holds(self) -> bool:
        """Whether every limit holds."""
        return all(line.holds for line in self.lines)

    def write(self, target: Path) -> None:
        """Write the run as JSON."""
        content = asdict(self) | {"holds": self.holds, "machine": _machine()}
        target.write_text(json.dumps(content, indent=2) + "\n")

    def show(self) -> None:
        """Print the run as a table."""
        table = Table(title=f"{self.postings} postings, {self.cost_centers} cost centres,"
                            f" {self.accounts} accounts; medians of {self.rounds} warm rounds")
        for heading in ("", "s", "cold s", "times", "at most", "holds", "peak MB"):
            table.add_column(heading, justify="left" if heading in ("", "holds") else "right")
        for line in self.lines:
            table.add_row(*_cells(line))
        console = Console(width=None if Console().is_terminal else 140)
        console.print(table)
        for year, cents in next(iter(self.totals.values())).items():
            console.print(f"{year}: {cents / 100:.2f} € in {', '.join(self.totals)}")


def _cells(line: Line) -> tuple[str, ...]:
    what = f"{line.what} / {line.beside}" if line.beside else line.what
    unit = " s" if line.ratio is None else ""
    return (
        what,
        f"{line.seconds:.4f}",
        f"{line.cold_seconds:.4f}",
        "" if line.ratio is None else f"{line.ratio:.2f}",
        "" if line.limit is None else f"{line.limit:.2f}{unit}",
        "" if line.limit is None else "yes" if line.holds else "NO",
        "" if line.peak_mb is None else f"{line.peak_mb:.0f}",
    )


def _machine() -> dict[str, str | int | None]:
    return {
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load_before": f"{os.getloadavg()[0]:.1f}",
    }
