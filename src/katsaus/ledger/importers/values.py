"""What goes into a reading and what comes out of it."""

from collections import abc
from dataclasses import dataclass, field
from datetime import date

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.mapping import AmountsIn
from katsaus.ledger.importers.samples import Sample
from katsaus.ledger.problems import Problem


@dataclass(frozen=True, slots=True)
class Known:
    """The units and accounts that rows may name, and the statement rows by any of their names.

    `rows` maps a name ("Toimintakulut", "operating_expenses") to a row id; case does not matter.
    With `first_on` and `last_on`, postings outside those days are blocking; with `year`, plans of
    other years. `parts` has the accounts and rows that are parts of a row, all as they stand in the
    column `account` ("4000", "row:<id>"); `under` the pairs of a unit and each unit under it.
    `bodies` maps the names of governing bodies in each language to the Finnish one, which is kept.
    """

    units: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    rows: abc.Mapping[str, str] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None
    year: int | None = None
    parts: abc.Mapping[str, abc.Collection[str]] = field(default_factory=dict)
    under: abc.Collection[tuple[str, str]] = ()
    bodies: abc.Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognition:
    """How the file was read: shown to the person, and changed through a `Mapping`.

    `header_row` counts from 1 and is 0 for a file without headers. `columns` pairs each field with
    the header it was found under. `decimal` and `date_format` are None where nothing showed them.
    `thousands` holds the marks that were seen ("space", ".", "'"). `year` is that of all rows where
    no column has it; `amounts_in` is None where a kind has no amounts.
    """

    encoding: str | None
    delimiter: str | None
    header_row: int
    columns: tuple[tuple[str, str], ...]
    decimal: str | None = None
    thousands: tuple[str, ...] = ()
    date_format: str | None = None
    sheet: str | None = None
    year: int | None = None
    amounts_in: AmountsIn | None = None


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """What the rows add up to, in cents (revenue +, expense -); None where a kind has no amounts.

    `rows` counts units and accounts themselves, in however many places a unit is. Months are
    yyyymm; yyyy00 is a whole year. `by_month` is in the order of time.
    """

    rows: int
    cents: int | None = None
    internal_cents: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    by_month: tuple[tuple[int, int], ...] = ()

    @property
    def years(self) -> range | None:
        """The years from the first of the rows to the last; None where a kind has none."""
        return years_of(self.first_month, self.last_month)


def years_of(first_month: int | None, last_month: int | None) -> range | None:
    """Return the years of months (yyyymm); None where there are none."""
    if first_month is None or last_month is None:
        return None
    return range(first_month // 100, last_month // 100 + 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read into the table `table`, which holds all its rows when `is_blocked` is false.

    `sample` is None where the file could not be opened as a text.
    """

    kind: Kind
    file: str
    file_sha256: str
    recognition: Recognition | None
    table: str
    problems: tuple[Problem, ...]
    totals: ControlTotals | None
    sample: Sample | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether a problem forbids keeping anything of the file."""
        return any(problem.is_blocking for problem in self.problems)
