"""Marks in a tagged PDF which cells are heads of rows, and ties each cell to its heads.

Typst tags the heads of columns and of groups, but takes the name of a row for a common cell.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String


@dataclass
class _Heads:
    """The ids of the heads that stand above and beside the cells being walked."""

    columns: list[str] = field(default_factory=list)
    group: str | None = None


def mark_row_heads(pdf: bytes) -> bytes:
    """Return the PDF with row heads (TH, scope Row) in every table, its objects packed.

    Each data cell names its heads of column, group and row (ISO 32000-1, 14.8.5.7, Headers).
    The same bytes in give the same bytes out.
    """
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        for number, table in enumerate(_tables(root)):
            _mark_table(table, f"T{number}")
        _write_ids(root)
        document.save(
            packed,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return packed.getvalue()


def _children(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    several = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in several if isinstance(kid, Dictionary) and "/S" in kid]


def _walk(element: Object) -> Iterator[Object]:
    for kid in _children(element):
        yield kid
        yield from _walk(kid)


def _tables(root: Object) -> Iterator[Object]:
    return (element for element in _walk(root) if Name.Table == element.S)


def _mark_table(table: Object, name: str) -> None:
    heads = _Heads()
    is_under_head = False
    rows = [element for element in _walk(table) if element.S == Name.TR]
    for number, row in enumerate(rows):
        cells, is_first = _cells(row)
        is_head = all(cell.S == Name.TH for cell in cells)
        if is_head:
            _take_heads(cells, heads)
        else:
            if is_first and not is_under_head:
                heads.group = None  # a group without a heading after one that has it
            _mark_row(cells, heads, f"{name}R{number}")
        is_under_head = is_head


def _cells(row: Object) -> tuple[list[Object], bool]:
    """Return a row's cells without the template's column that only holds groups together.

    Says too whether it was there: then the row is the first of its group.
    """
    cells = _children(row)
    has_holder = len(cells) > 1 and _is_holder(cells[-1])
    if has_holder:
        del cells[-1]
        row.K = Array(cells)
    return cells, has_holder


def _is_holder(cell: Object) -> bool:
    kids = cell.get("/K")
    return kids is None or (isinstance(kids, Array) and len(kids) == 0)


def _take_heads(cells: list[Object], heads: _Heads) -> None:
    """Keep a row of heads: one cell over all columns is a group's, several are the columns'."""
    if heads.columns and len(cells) == 1:
        attributes = _attributes(cells[0])
        attributes.Headers, attributes.ColSpan = Array(), len(heads.columns)
        heads.group = str(cells[0].ID)
    else:
        heads.columns = [str(cell.ID) for cell in cells]


def _mark_row(cells: list[Object], heads: _Heads, name: str) -> None:
    above = [heads.group] if heads.group else []
    first = cells[0]
    first.S, first.ID = Name.TH, String(name)
    attributes = _attributes(first)
    attributes.Scope = Name.Row
    attributes.Headers = _ids([*heads.columns[:1], *above])
    for place, cell in enumerate(cells[1:], 1):
        _attributes(cell).Headers = _ids([*heads.columns[place : place + 1], *above, name])


def _ids(names: list[str]) -> Array:
    return Array([String(name) for name in names])


def _attributes(cell: Object) -> Object:
    """Return the cell's attributes as a table's cell, made where it has none."""
    found = cell.get("/A", Array())
    owners = list(found) if isinstance(found, Array) else [found]
    for attributes in owners:
        if attributes.get("/O") == Name.Table:
            return attributes
    attributes = Dictionary(O=Name.Table)
    cell.A = Array([*owners, attributes])
    made: Object = cell.A[-1]
    return made


def _write_ids(root: Object) -> None:
    """List all ids anew, in the order of their bytes, as a name tree must be."""
    named = {bytes(element.ID): element for element in _walk(root) if "/ID" in element}
    names = Array()
    for name in sorted(named):
        names.append(String(name.decode()))
        names.append(named[name])
    root.IDTree = Dictionary(Names=names)
