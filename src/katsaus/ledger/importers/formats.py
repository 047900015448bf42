"""The decimal mark and the date format of a file: from its first rows, or from all."""

from collections import abc
from dataclasses import dataclass

import duckdb

from katsaus.ledger.importers import amounts, dates
from katsaus.ledger.importers.amounts import quoted
from katsaus.ledger.importers.headers import Layout
from katsaus.ledger.importers.kinds import FieldType
from katsaus.ledger.importers.mapping import AmountsIn, Mapping
from katsaus.ledger.problems import Problem, ProblemCode

_TO_CENTS = {AmountsIn.EURO: 2, AmountsIn.THOUSAND: 5}


@dataclass(frozen=True, slots=True)
class Formats:
    """How a file writes amounts and dates; None stands where it has no amounts, or no dates."""

    numbers: amounts.NumberFormat
    amounts_in: AmountsIn | None
    date_format: str | None


def find_formats(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    layout: Layout,
    mapping: Mapping,
    name: str,
) -> Formats | tuple[Problem, ...]:
    """Return the formats; or a question for each that can be read in two ways.

    `relation` is SQL that reads every row; it is asked only where the sample decides nothing.
    """
    decimal = _decimal(connection, relation, layout, mapping, name)
    day = _date_format(connection, relation, layout, mapping, name)
    problems = tuple(found for found in (decimal, day) if isinstance(found, Problem))
    if problems or isinstance(decimal, Problem) or isinstance(day, Problem):
        return problems
    texts = [text for field in _amounts(layout) for text in layout.texts(field)]
    marks = amounts.thousands_in(texts, decimal)
    recognised = AmountsIn.THOUSAND if layout.says_thousands else AmountsIn.EURO
    amounts_in = mapping.amounts_in or recognised
    numbers = amounts.NumberFormat(decimal, marks, _TO_CENTS[amounts_in])
    return Formats(numbers, amounts_in if _amounts(layout) else None, day)


def _amounts(layout: Layout) -> list[str]:
    return [each.field.name for each in layout.columns if each.field.type is FieldType.AMOUNT]


def _decimal(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    layout: Layout,
    mapping: Mapping,
    name: str,
) -> str | Problem | None:
    if mapping.decimal is not None:
        return mapping.decimal
    fields = _amounts(layout)
    seen = amounts.weigh(text for field in fields for text in layout.texts(field))
    if not seen.commas and not seen.dots and fields:
        seen = _weigh_all(connection, relation, layout, fields)
    if seen.commas != seen.dots:
        return "," if seen.commas > seen.dots else "."
    if seen.commas or seen.undecided:
        field = fields[0]
        code = ProblemCode.AMBIGUOUS_NUMBERS
        return Problem(code, name, field=field, value=seen.example, hint="decimal")
    return None


def _weigh_all(
    connection: duckdb.DuckDBPyConnection, relation: str, layout: Layout, fields: abc.Sequence[str]
) -> amounts.Evidence:
    columns = [f"c{column.index}" for field in fields if (column := layout.column(field))]
    plain = f"trim(translate(text, {quoted(amounts.PLAIN_FROM)}, {quoted(amounts.PLAIN_TO)}))"
    comma, dot = (f"regexp_matches(t, {quoted(amounts.shows_decimal(m))})" for m in ",.")
    undecided = f"NOT {comma} AND NOT {dot} AND regexp_matches(t, {quoted(amounts.IS_UNDECIDED)})"
    texts = f"SELECT unnest([{', '.join(columns)}]) AS text FROM {relation}"
    [counts] = connection.execute(
        f"SELECT count(*) FILTER ({comma}), count(*) FILTER ({dot}), count(*) FILTER ({undecided}),"
        f" first(t) FILTER ({undecided}) FROM (SELECT {plain} AS t FROM ({texts}))"
    ).fetchall()
    return amounts.Evidence(*counts)


def _date_format(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    layout: Layout,
    mapping: Mapping,
    name: str,
) -> str | Problem | None:
    column = next((c for c in layout.columns if c.field.type is FieldType.DATE), None)
    if column is None or mapping.date_format is not None:
        return mapping.date_format
    seen = dates.weigh_dates(layout.texts(column.field.name))
    day, month = seen.day_first, seen.month_first
    if seen.in_two_ways and day == month:
        [(day, month)] = connection.execute(
            f"SELECT count(*) FILTER (regexp_full_match(t, {quoted(dates.DAY_FIRST)})),"
            f" count(*) FILTER (regexp_full_match(t, {quoted(dates.MONTH_FIRST)}))"
            f" FROM (SELECT trim(c{column.index}) AS t FROM {relation})"
        ).fetchall()
    if seen.in_two_ways and day == month:
        code, field = ProblemCode.AMBIGUOUS_DATES, column.field.name
        return Problem(code, name, field=field, value=seen.example, hint="date_format")
    if seen.in_two_ways:
        return "d/m/yyyy" if day > month else "m/d/yyyy"
    return max(seen.certain, key=lambda name: seen.certain[name], default=None)
