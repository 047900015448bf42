"""The rows of the strategy's tables, as the trail names them ("goals: health"), in words."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from katsaus.definitions.tables import Table, strategy_tables
from katsaus.web.audit.models import Event
from katsaus.web.languages import language
from katsaus.web.monitoring.table_words import Called, cell_words, referred
from katsaus.web.planning.exchange.cells import CellError, canonical
from katsaus.web.trail.naming import Named

Cells = Mapping[str, str]
_BETWEEN = " / "


def table_of(place: str) -> Table | None:
    """Return the table that a row is of; None for one that is not known."""
    name = place.partition(": ")[0]
    return next((table for table in strategy_tables() if table.name == name), None)


def row_words(place: str, cells: Cells, named: Named) -> str:
    """Return a table and a row of it in words; `cells` are those of it that the trail tells."""
    table, key = table_of(place), place.partition(": ")[2]
    if table is None or not key:
        return place
    is_whole = _required(table, (column.name for column in table.columns)) <= cells.keys()
    if table.key != ("code",):
        known = cells if is_whole else _key_cells(table, key, named.rows)
        words = _key_words(table, known, named.rows) or key
    else:
        words = (_own_name(cells) if is_whole else "") or named.row(table.name, key)
    return f"{table.title.text(language())}: {words}"


def cells_of(event: Event, place: str) -> Cells:
    """Return what an event tells of a row that it added or changed."""
    cells: dict[str, str] = {}
    for state in (event.before, event.after):
        cells |= (state or {}).get("changed", {}).get(place, {})
    return cells


def places_of(event: Event) -> set[str]:
    """Return the rows that an event tells to be added or changed."""
    return {
        place for state in (event.before, event.after) for place in (state or {}).get("changed", {})
    }


def _required(table: Table, names: Iterable[str]) -> set[str]:
    return {name for name in names if table.column(name).is_required}


def _own_name(cells: Cells) -> str:
    spoken = (f"name_{language()}", "name_fi", "name", "title")
    return next((cells[name] for name in spoken if cells.get(name)), "")


def _key_words(table: Table, cells: Cells, called: Called) -> str:
    columns = [table.column(name) for name in table.key if cells.get(name)]
    return ", ".join(cell_words(column, cells, called) for column in columns)


def _key_cells(table: Table, key: str, called: Called) -> Cells:
    """Return the cells of a row's key; the trail leaves the empty ones out, so they are found.

    Where parts fit to several columns, those count in which the most of what is named is known.
    """
    parts = key.split(_BETWEEN, len(table.key) - 1)
    ways = [dict(zip(names, parts, strict=True)) for names in combinations(table.key, len(parts))]
    fitting = [cells for cells in ways if _fits(table, cells)]
    return max(fitting, key=lambda cells: _known(table, cells, called), default={})


def _fits(table: Table, cells: Cells) -> bool:
    try:
        is_canonical = all(
            canonical(table.column(name), text) == text for name, text in cells.items()
        )
    except CellError:
        return False
    return is_canonical and _required(table, table.key) <= cells.keys()


def _known(table: Table, cells: Cells, called: Called) -> int:
    """Count the things that a key would name and that are there."""
    return sum(
        (referred(table.column(name), cells), text) in called for name, text in cells.items()
    )
