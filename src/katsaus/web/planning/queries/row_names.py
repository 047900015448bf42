"""What the rows of the strategy's tables, and the units that they refer to, are called."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Concat

from katsaus.core.names import Names
from katsaus.definitions.tables import UNITS, strategy_table, strategy_tables
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.records import SHELVES, rows

# The tables whose rows are known by codes; the others' rows are known by what stands in them.
CODED = (UNITS, *(table.name for table in strategy_tables() if table.key == ("code",)))
_PLAIN = ("name_fi", "name")
_DECISION = Case(When(title="", then=Concat("body", Value(" "), "section")), default="title")


def row_names(
    municipality: Municipality, tables: Collection[str]
) -> Mapping[tuple[str, str], Names]:
    """Return the names of all rows of coded tables, by table and code. One query.

    A decision without a title, as those of amendments are, is called by its body and section.
    """
    if not tables:
        return {}
    first, *others = (_named(municipality, table) for table in sorted(tables))
    found = first.union(*others, all=True) if others else first
    return {(table, code): Names(*names) for table, code, *names in found}


def _named(municipality: Municipality, table: str) -> "QuerySet[Any, Any]":
    """Have the rows of a table be read as its name, their code and their names."""
    if table == UNITS:
        units = municipality.units.order_by()
        return units.values_list(Value(table), "code", "name_fi", "name_sv", "name_en")
    known = {column.name for column in strategy_table(table).columns}
    plain = _DECISION if table == "decisions" else next(each for each in _PLAIN if each in known)
    others = (each if each in known else Value("") for each in ("name_sv", "name_en"))
    found = rows(municipality, strategy_table(table)).order_by()
    return found.values_list(Value(table), SHELVES[table].name("code"), plain, *others)
