"""One run of the bench, from the making of the postings to the control totals."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import django
from django.conf import settings

from bench import books, exchange, hledger, postgres, works
from bench.lines import Bench, Line
from bench.municipality import Size, write_files
from bench.processes import apart, program
from bench.times import Totals
from katsaus.cli.console import prepare_database

# hledger holds every posting in memory, at some four kilobytes each: of more, it gets a tenth.
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
    lines = [*_imports(order.rounds), *_answers(order.rounds), _report(order.rounds)]
    totals = {"DuckDB": _totals_of(works.EVERY)}
    totals["Katsaus"] = apart(django.setup, books.statement_totals)[0]
    _compare(totals["Katsaus"], totals["DuckDB"], "Katsaus")
    if "hledger" not in order.without:
        lines += _hledger(count, totals)
    if "postgres" not in order.without:
        lines += _postgres(order.rounds, totals)
    return Bench(order.size, count, order.rounds, _peak(works.nothing), totals, lines)


def prepare(size: Size) -> int:
    """Make the municipality anew, all but its postings brought in; returns how many those are."""
    prepare_database()
    count = write_files(settings.DATA / "files", size)
    books.bring_in_the_rest()
    return count


def _peak(work: Callable[[], object]) -> float:
    return apart(django.setup, works.once, work)[1]


def _imports(rounds: int) -> tuple[Line, ...]:
    """Measure the way from the CSV files to sorted Parquet; the postings are there after it."""
    times, _ = apart(django.setup, works.time_imports, rounds)
    plain = Line("DuckDB: CSV to sorted Parquet", times["sort_csv"], _peak(works.sort_csv))
    peak = _peak(books.bring_in_postings_anew)
    return plain, Line("import of the CSV", times["import"], peak, plain, 3.0)


def _answers(rounds: int) -> tuple[Line, ...]:
    times, _ = apart(django.setup, works.time_answers, rounds)
    grouped = Line("DuckDB: by unit and account", times["grouped"], _peak(works.grouped))
    statement = Line(
        "all units x rows x columns", times["statement"], _peak(works.statement), grouped, 2.0
    )
    anew = times["statement_anew"]
    page, peak = "first page of a leaf's drill-down", _peak(works.page)
    return (
        grouped,
        statement,
        Line("the same from the database on", anew, _peak(works.statement_anew), grouped),
        Line(page, times["page"], peak, grouped, 0.1),
        Line(page, times["page"], None, statement),
    )


def _report(rounds: int) -> Line:
    times, _ = apart(django.setup, works.time_report, rounds)
    return Line("the report as PDF", times["report"], _peak(works.report), limit=2.0)


def _hledger(count: int, totals: dict[str, Totals]) -> list[Line]:
    if not (found := program("hledger", "hledger")):
        return []
    is_part = count > MOST_FOR_HLEDGER
    which = works.TENTH if is_part else works.EVERY
    journal = settings.DATA / "postings.journal"
    apart(django.setup, exchange.write_journal, journal, which)
    (times, sums), peak = apart(None, hledger.balance, found, journal)
    name = "hledger, a tenth of the vouchers" if is_part else "hledger"
    _compare(sums, _totals_of(which), name)
    totals[name] = sums
    return [Line(f"{name}: read and balance the journal", times, peak)]


def _postgres(rounds: int, totals: dict[str, Totals]) -> list[Line]:
    if not (found := program("postgres", "postgresql")):
        return []
    text = settings.DATA / "postings.copy"
    places, _ = apart(django.setup, exchange.write_copy_text, text)
    (times, sums), peak = apart(None, postgres.roll_up, found, text, places, rounds)
    _compare(sums, totals["DuckDB"], "PostgreSQL")
    totals["PostgreSQL"] = sums
    return [
        Line("PostgreSQL: COPY the postings in", times["copy"], peak),
        Line("PostgreSQL: ROLLUP over the tree", times["rollup"], peak),
    ]


def _totals_of(which: str) -> Totals:
    return apart(django.setup, works.grouped_totals, which)[0]


def _compare(totals: Totals, expected: Totals, name: str) -> None:
    if totals != expected:
        raise ValueError(f"the control totals of {name} are {totals}, not {expected}")
