"""Which column of a file is which field of its kind, and which year its headers tell."""

import re
from collections import abc
from dataclasses import dataclass
from functools import cached_property

from katsaus.ledger.importers.kinds import (
    MONTHS,
    Field,
    FieldType,
    Kind,
    fields_of,
    normalise,
    of_year,
)
from katsaus.ledger.importers.mapping import Mapping
from katsaus.ledger.importers.months import MonthHeader, months_in
from katsaus.ledger.importers.thousands import says_thousands
from katsaus.ledger.problems import Problem, ProblemCode

_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_GLUED = re.compile("(?<=[a-zåäö])(?=[0-9]{4})")  # "ta2025"
_SIDES = ("amount", "debit", "credit")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the kind, found in the file's column `index` (from 0) under `header`."""

    field: Field
    index: int
    header: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sample and the physical lines, counted from 1, that it spans."""

    first: int
    last: int
    cells: tuple[str, ...]


def known_headers(line: Line, wanted: abc.Collection[str], kind: Kind) -> int:
    """Return how many cells of a line could be headers of a kind; `wanted` are normalised."""
    cells = {normalise(cell) for cell in line.cells}
    months = months_in(cells, kind)
    return sum(cell in wanted or cell in months or _is_of_year(cell, kind) for cell in cells)


@dataclass(frozen=True)
class Assignment:
    """The columns of a header: recognised, or said in the mapping; `name` is that of the file."""

    header: Line
    kind: Kind
    mapping: Mapping
    name: str

    def columns(self) -> tuple[list[Column], list[Problem]]:
        """Return the columns, and what is missing among them or could be several."""
        found = [self._column(field) for field in fields_of(self.kind)]
        columns = [each for each in found if isinstance(each, Column)]
        problems = [each for each in found if isinstance(each, Problem)]
        problems += self._several_years()
        blamed = {problem.field for problem in problems}
        if blamed & {"debit", "credit", *MONTHS} or len(self._years) > 1:
            blamed.add("amount")
        if "amount" in blamed or self.year_of_all(columns):
            blamed.add("year")  # where it is not known, it may be in the header of the amounts
        code, headers = ProblemCode.MISSING_COLUMN, ", ".join(self.header.cells)
        missing = [name for name in _missing(columns, self.kind) if name not in blamed]
        problems += [self._fault(code, field, headers) for field in missing]
        return columns, [*problems, *self._two_amounts(columns), *self._other_year(columns)]

    def told_year(self, columns: abc.Sequence[Column]) -> int | None:
        """Return the year that the headers of the amounts tell."""
        amounts = (*_SIDES, "total", *MONTHS)
        headers = [normalise(each.header) for each in columns if each.field.name in amounts]
        years = {
            month.year if (month := self._months.get(header)) else _year_in(header)
            for header in headers
        } - {None}
        return years.pop() if len(years) == 1 else None

    def year_of_all(self, columns: abc.Sequence[Column]) -> int | None:
        """Return the year of all rows of a plan, where no column has it."""
        has_years = any(
            field.name == "year" and field.is_required for field in fields_of(self.kind)
        )
        if not has_years or any(column.field.name == "year" for column in columns):
            return None
        return self.told_year(columns) or self.mapping.year

    def says_thousands(self, columns: abc.Sequence[Column]) -> bool:
        """Tell whether the headers of all the amounts say that they are thousands of euros."""
        places = [each.index for each in columns if each.field.type is FieldType.AMOUNT]
        headers = [cell for at in places for cell in self.header.cells[at : at + 1]]
        return bool(headers) and all(map(says_thousands, headers))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index, cell in enumerate(self.header.cells):
            places.setdefault(normalise(cell), []).append(index)
        return places

    @cached_property
    def _months(self) -> dict[str, MonthHeader]:
        """The headers of months; of several years those of the year that the mapping says."""
        said = set(self.mapping.columns)
        if said.intersection(_SIDES) and not said.intersection(MONTHS):
            return {}
        unsaid = [name for name, places in self._places.items() if not self._meant & set(places)]
        months = months_in(unsaid, self.kind)
        if self.mapping.year not in {month.year for month in months.values()}:
            return months
        years = (None, self.mapping.year)
        return {header: month for header, month in months.items() if month.year in years}

    @cached_property
    def _meant(self) -> set[int]:
        """The columns that the mapping names: each is of the field that it is named for."""
        return {at for said in self.mapping.columns.values() for at in self._indexes(said)}

    def _column(self, field: Field) -> Column | Problem | None:
        said = self.mapping.columns.get(field.name)
        if isinstance(said, int):
            return Column(field, said - 1, str(said))
        headers = self._headers(field) if said is None else (normalise(said),)
        indexes = [index for header in headers for index in self._places.get(header, ())]
        if said is None:
            indexes = [index for index in indexes if index not in self._meant]
        is_repeated = any(len(self._places.get(header, ())) > 1 for header in headers)
        if said is not None and not indexes:
            return self._fault(ProblemCode.UNKNOWN_HEADER, field.name, said)
        if len(indexes) > 1 and (is_repeated or not field.takes_first):
            shown = ", ".join(self.header.cells[index] for index in indexes)
            return self._fault(ProblemCode.DUPLICATE_COLUMN, field.name, shown)
        return Column(field, indexes[0], self.header.cells[indexes[0]]) if indexes else None

    def _headers(self, field: Field) -> tuple[str, ...]:
        """Return the headers that a field may have here.

        Amounts may have the year of a plan beside them. Where months have columns of their own,
        there is no other amount than their total.
        """
        are_months = bool(self._months or MONTHS.keys() & self.mapping.columns)
        if field.name in MONTHS:
            return () if len(self._years) > 1 else self._of_month(MONTHS[field.name])
        is_idle = field.name in (*_SIDES, "month") if are_months else field.name == "total"
        if is_idle:
            return ()
        if field.name not in ("amount", "total") or self._places.keys() & set(field.headers):
            return field.headers
        return tuple(header for header in self._places if self._is_whole_year(header))

    def _of_month(self, number: int) -> tuple[str, ...]:
        return tuple(header for header, month in self._months.items() if month.month == number)

    def _is_whole_year(self, header: str) -> bool:
        is_same = not self._years or _year_in(header) in self._years
        return _is_of_year(header, self.kind) and is_same

    @cached_property
    def _years(self) -> set[int]:
        return {month.year for month in self._months.values() if month.year}

    def _several_years(self) -> list[Problem]:
        if len(self._years) < 2:
            return []
        shown = ", ".join(map(str, sorted(self._years)))
        return [self._fault(ProblemCode.DUPLICATE_COLUMN, "year", shown, hint="year")]

    def _other_year(self, columns: abc.Sequence[Column]) -> list[Problem]:
        """Say so where the mapping gives all rows another year than the headers tell."""
        told, said = self.year_of_all(columns), self.mapping.year
        if not told or not said or told == said:
            return []
        code = ProblemCode.SAID_YEAR_UNLIKE_HEADER
        return [self._fault(code, "year", str(said), hint="year", possible=(str(told),))]

    def _indexes(self, said: str | int) -> list[int]:
        """Return the columns that a mapping means by a position or a header."""
        return [said - 1] if isinstance(said, int) else self._places.get(normalise(said), [])

    def _two_amounts(self, columns: abc.Sequence[Column]) -> list[Problem]:
        found = {column.field.name: column.header for column in columns}
        sides = [name for name in _SIDES if name in found]
        are_months = bool(sides and MONTHS.keys() & found.keys())
        if not are_months and (len(sides) < len(_SIDES) or "amount" in self.mapping.columns):
            return []
        shown = ", ".join(found[name] for name in (*sides, *MONTHS) if name in found)
        return [self._fault(ProblemCode.DUPLICATE_COLUMN, "amount", shown)]

    def _fault(
        self,
        code: ProblemCode,
        field: str,
        value: str,
        *,
        hint: str = "columns",
        possible: tuple[str, ...] = (),
    ) -> Problem:
        is_year = code is ProblemCode.MISSING_COLUMN and field == "year"
        return Problem(
            code,
            self.name,
            row=self.header.first or None,
            field=field,
            value=value[:200],
            hint="year" if is_year else hint,
            possible=possible,
        )


def _is_of_year(header: str, kind: Kind) -> bool:
    """Whether a normalised header is of amounts of a year: "ta 2025" is, of a budget."""
    words = _GLUED.sub(" ", header).split()
    year = _year_in(header)
    return year is not None and " ".join(w for w in words if w != str(year)) in of_year(kind)


def _year_in(header: str) -> int | None:
    """Return the year in a normalised header that has one."""
    years = [word for word in _GLUED.sub(" ", header).split() if _YEAR.fullmatch(word)]
    return int(years[0]) if len(years) == 1 else None


def _missing(columns: abc.Sequence[Column], kind: Kind) -> list[str]:
    names = {column.field.name for column in columns}
    required = [f.name for f in fields_of(kind) if f.is_required and f.name not in names]
    if "amount" in required and ({"debit", "credit"} <= names or MONTHS.keys() & names):
        required.remove("amount")
    if {"year", "month"} <= names and "date" in required:
        required.remove("date")
    has_rows = any(field.name == "row" for field in fields_of(kind))
    if has_rows and not names & {"account", "row"}:
        required.append("account")
    return required
