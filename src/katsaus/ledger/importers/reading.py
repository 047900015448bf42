"""One file in, its rows and its faults out."""

import tempfile
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import duckdb

from katsaus.ledger.importers.body_names import take_bodies
from katsaus.ledger.importers.encodings import scan
from katsaus.ledger.importers.faults import LISTED, FaultSearch
from katsaus.ledger.importers.formats import Formats, find_formats
from katsaus.ledger.importers.headers import Layout, find_layout
from katsaus.ledger.importers.hierarchy import code_problems
from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.loading import load
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.months import month_problems, part_into_months
from katsaus.ledger.importers.named_codes import take_codes
from katsaus.ledger.importers.parsing import Parse, rows_sql
from katsaus.ledger.importers.plausibility import amount_problems, year_problems
from katsaus.ledger.importers.repeats import repeated_rows
from katsaus.ledger.importers.samples import Sample, sample
from katsaus.ledger.importers.sources import (
    Source,
    fields_of_lines,
    first_lines,
    last_line,
    open_source,
)
from katsaus.ledger.importers.totals import (
    WITH_AMOUNTS,
    TotalRow,
    control_totals,
    take_total_row,
    total_problems,
)
from katsaus.ledger.importers.values import ControlTotals, Known, Reading, Recognition
from katsaus.ledger.problems import Problem, ProblemCode

_NOTHING_SAID = Mapping()
_DIFFERS = ProblemCode.CONTROL_TOTAL_DIFFERS
_COUNTED_TWICE = (
    ProblemCode.ROW_AND_PART,
    ProblemCode.YEAR_AND_MONTH,
    ProblemCode.UNIT_AND_UNDER,
)


def read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: Kind,
    *,
    known: Known,
    mapping: Mapping | None = None,
    table: str = "incoming",
    name: str | None = None,
) -> Reading:
    """Read a CSV file or a workbook into the temporary table `table`, and list its faults.

    The table has the fields of the kind in the order of columns.yaml, with `cents` (BIGINT, revenue
    +, expense -) in place of amount, debit and credit; an `account` of a budget, an amendment or a
    forecast may be "row:<row id>"; `source_row` is the line of the file or the row of the sheet.
    It is made anew; where the file could not be read at all it is left out, and `totals` is None.
    `name` is what the person calls the file. No transaction may be open on the connection.
    """
    seen = scan(path)
    job = _Job(connection, kind, known, mapping or _NOTHING_SAID, f'"{table}"', name or path.name)
    connection.execute(f"DROP TABLE IF EXISTS {job.table}")
    with tempfile.TemporaryDirectory(prefix="katsaus-") as scratch:
        source = open_source(path, seen, job.name, job.mapping, Path(scratch))
        if isinstance(source, Source):
            recognition, problems, totals, beginning = job.read(source)
        else:
            recognition, problems, totals, beginning = None, source, None, None
    listed = _shortened(problems, job.name)
    return Reading(kind, job.name, seen.sha256, recognition, table, listed, totals, beginning)


_Outcome = tuple[Recognition | None, abc.Sequence[Problem], ControlTotals | None, Sample | None]


@dataclass(frozen=True, slots=True)
class _Job:
    connection: duckdb.DuckDBPyConnection
    kind: Kind
    known: Known
    mapping: Mapping
    table: str
    name: str

    def read(self, source: Source) -> _Outcome:
        text = first_lines(source)
        layout = find_layout(text, self.kind, self.mapping, source.delimiter, self.name)
        if not isinstance(layout, Layout):
            beginning = sample(text, None, self.mapping, source.delimiter)
            return None, (*source.problems, *layout), None, beginning
        beginning = sample(text, layout, self.mapping, source.delimiter)
        relation = rows_sql(source.path, layout, ", ignore_errors = true, parallel = false")
        formats = find_formats(self.connection, relation, layout, self.mapping, self.name)
        recognition = _recognition(source, layout, formats)
        if not isinstance(formats, Formats):
            return recognition, (*source.problems, *formats), None, beginning
        problems, totals = self._rows(source, layout, formats)
        return recognition, (*source.problems, *problems), totals, beginning

    def _rows(
        self, source: Source, layout: Layout, formats: Formats
    ) -> tuple[list[Problem], ControlTotals]:
        rows = {name.lower(): row for name, row in self.known.rows.items()}
        rows |= {row.lower(): row for row in self.known.rows.values()}
        parse = Parse(self.kind, layout, formats, self.mapping, rows)
        problems = load(self.connection, self.table, parse, source, self.name)
        total = self._leave_out()
        for take in (take_codes, take_bodies):
            problems += take(self.connection, self.table, self.kind, self.known, self.name)
        problems += self._file_problems(source, layout, total)
        problems += self._row_problems(parse)
        if any(problem.code in _COUNTED_TWICE for problem in problems if problem.is_blocking):
            # The rows add up to more than the total row for that, and no row of them is missing.
            problems = [each for each in problems if each.code is not _DIFFERS]
        for column in [*(f"bad_{field}" for field in parse.bad_columns()), "is_kept"]:
            self.connection.execute(f"ALTER TABLE {self.table} DROP COLUMN {column}")
        if layout.months:
            part_into_months(self.connection, self.table, self.kind, layout.months)
        if not any(problem.is_blocking for problem in problems):  # else rows may be read wrongly
            problems += repeated_rows(self.connection, self.table, self.kind, self.name)
        return problems, control_totals(self.connection, self.table, self.kind)

    def _leave_out(self) -> TotalRow | None:
        """Remove blank rows, those that the mapping skips, and the total row, which is returned."""
        self.connection.execute(
            f"DELETE FROM {self.table} WHERE NOT is_kept OR list_contains($skipped, source_row)",
            {"skipped": list(self.mapping.skip_rows)},
        )
        return take_total_row(self.connection, self.table, self.kind)

    def _file_problems(
        self, source: Source, layout: Layout, total: TotalRow | None
    ) -> list[Problem]:
        problems = total_problems(self.connection, self.table, total, self.name)
        problems += self._thousands(layout)
        if total is None and (cut := _cut(source, layout, self.name)):
            problems.append(cut)
        count = self.connection.execute(f"SELECT count(*) FROM {self.table}").fetchall()
        if count == [(0,)]:
            problems.append(Problem(ProblemCode.NO_ROWS, self.name, row=layout.header_row or None))
        return problems

    def _thousands(self, layout: Layout) -> list[Problem]:
        """Ask of amounts in euros whether they are thousands, where a title says so."""
        title, is_said = layout.thousands_at, bool(self.mapping.amounts_in)
        if title is None or is_said or layout.says_thousands or self.kind not in WITH_AMOUNTS:
            return []
        code = ProblemCode.MAYBE_THOUSANDS
        remark = Problem(
            code, self.name, title.row, value=title.text[:200], is_blocking=False, hint="amounts_in"
        )
        return [remark]

    def _row_problems(self, parse: Parse) -> list[Problem]:
        search = FaultSearch(
            self.connection,
            self.table,
            self.kind,
            self.name,
            self.known,
            parse.formats,
            tuple(parse.bad_columns()),
        )
        codes = code_problems(self.connection, self.table, self.kind, self.known, self.name)
        return [
            *search.unknown_names(),
            *search.outside_period(),
            *codes,
            *search.row_faults(),
            *self._month_problems(parse.layout, parse.formats),
            *year_problems(self.connection, self.table, parse.layout.told_year, self.name),
            *amount_problems(self.connection, self.table, self.kind, self.known, self.name),
        ]

    def _month_problems(self, layout: Layout, formats: Formats) -> list[Problem]:
        if not layout.months or not layout.column("total"):
            return []
        unit = 10**formats.numbers.to_cents
        return month_problems(self.connection, self.table, layout.months, unit, self.name)


def _recognition(
    source: Source, layout: Layout, formats: Formats | tuple[Problem, ...]
) -> Recognition:
    found = formats if isinstance(formats, Formats) else None
    return Recognition(
        encoding=source.encoding,
        delimiter=None if source.is_spreadsheet else layout.delimiter,
        header_row=layout.header_row,
        columns=tuple((column.field.name, column.header) for column in layout.columns),
        decimal=found.numbers.decimal if found else None,
        thousands=found.numbers.thousands if found else (),
        date_format=found.date_format if found else None,
        sheet=source.sheet,
        year=layout.year,
        amounts_in=found.amounts_in if found else None,
    )


def _cut(source: Source, layout: Layout, name: str) -> Problem | None:
    """Say so where the last line has no end and fewer fields than any other."""
    if source.ends_in_newline:
        return None
    text = last_line(source)
    fields = len(next(fields_of_lines([text], layout.delimiter), []))
    others = [len(line.cells) for line in layout.sample if line.last < source.lines]
    if others and fields < min(others):
        return Problem(ProblemCode.CUT_FILE, name, row=source.lines, value=text[:200])
    return None


def _shortened(problems: abc.Sequence[Problem], name: str) -> tuple[Problem, ...]:
    """Return the first `LISTED` problems and how many there are beside them."""
    more = [p for p in problems if p.code is ProblemCode.MORE_PROBLEMS]
    single = [p for p in problems if p.code is not ProblemCode.MORE_PROBLEMS]
    left_out = len(single[LISTED:]) + sum(p.count for p in more)
    if left_out:
        single[LISTED:] = [Problem(ProblemCode.MORE_PROBLEMS, name, count=left_out)]
    return tuple(single)
