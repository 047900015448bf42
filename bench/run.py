"""One run of the bench, from the making of the postings to the table."""

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import django
from django.conf import settings

from bench import books, exchange, hledger, postgres, works
from bench.lines import Bench, Line
from bench.municipality import Size, write_files
from bench.processes import apart, program
from bench.times import Times, Totals
from katsaus.cli.console import prepare_database

GROUPED = "DuckDB: postings by unit and account"
STATEMENT = "all units x rows x columns"
# The limits of the issue: see README.md of this folder.
_STATEMENT, _PAGE, _IMPORT, _REPORT = 2.0, 0.2, 3.0, 2.0
# hledger holds every posting in memory, some kilobytes each: of more, it is given a tenth.
MOST_FOR_HLEDGER = 2_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """How large a municipality, how many warm rounds, and which programs to leave out."""

    size: Size
    rounds: int
    without: Collection[str]


def run(order: Order) -> Bench:
    """Measure everything. Raises ValueError where control totals differ."""
    count, _ = apart(django.setup, prepare, order.size)
    imports = _import_lines(order.rounds)
    answers = _answer_lines(order.rounds)
    lines = [*imports, *answers, *_report_lines(order.rounds)]
    totals = {"DuckDB": apart(django.setup, works.grouped_totals)[0]}
    totals["Katsaus"] = apart(django.setup, books.statement_totals)[0]
    if "hledger" not in order.without:
        lines += _hledger_lines(count, totals)
    if "postgres" not in order.without:
        lines += _postgres_lines(order.rounds, totals)
    if any(each != totals["DuckDB"] for each in totals.values()):
        raise ValueError(f"the control totals differ: {totals}")
    return Bench(order.size, count, order.rounds, totals, lines)


def prepare(size: Size) -> int:
    """Make the municipality anew, all but its postings brought in; returns how many those are."""
    prepare_database()
    count = write_files(settings.DATA / "files", size)
    books.bring_in_the_rest()
    return count


def _peak(work: Callable[[], object]) -> float:
    return apart(django.setup, works.once, work)[1]


def _line(
    what: str,
    times: Times,
    peak: float | None,
    beside: tuple[str, Times] | None = None,
    limit: float | None = None,
) -> Line:
    ratio = times.to(beside[1]) if beside else None
    name = beside[0] if beside else ""
    return Line(what, times.seconds, times.cold, peak, name, ratio, limit)


def _import_lines(rounds: int) -> list[Line]:
    """Measure the way from the CSV files to sorted Parquet; the postings are there after it."""
    times, _ = apart(django.setup, works.time_imports, rounds)
    plain = ("DuckDB's own", times["sort_csv"])
    return [
        _line("DuckDB: CSV to sorted Parquet", times["sort_csv"], _peak(works.sort_csv)),
        _line("import of the CSV", times["import"], _peak(works.bring_in_anew), plain, _IMPORT),
    ]


def _answer_lines(rounds: int) -> list[Line]:
    times, _ = apart(django.setup, works.time_answers, rounds)
    raw, statement = ("DuckDB's grouping", times["grouped"]), ("the statement", times["statement"])
    page, peak = times["page"], _peak(works.page)
    return [
        _line("nothing, the program loaded", works.NO_TIME, _peak(works.nothing)),
    ]
