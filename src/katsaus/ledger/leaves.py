"""The postings of a leaf, read straight from the few row groups that hold them.

Planning a query takes DuckDB longer than reading some hundred postings takes: a leaf's are read
without one. Cells that are spread over more of a file are DuckDB's, which need not hold them all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from katsaus.core.figures import Items

FEW = 6  # row groups of ledger.store.ROW_GROUP_SIZE postings
_REPEATED = ["unit", "account", "text"]  # kept as dictionaries, which is faster
_COLUMNS = ["unit", "account", "date", "cents", "voucher", "text", "source_row"]
_ORDER = [(name, "ascending") for name in ("date", "voucher", "batch", "source_row")]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which postings are wanted: of which units, months, items, and accounts.

    `factors` says by account what its cents are multiplied with.
    """

    units: Set[str]
    factors: Mapping[str, int]
    first_on: date
    last_on: date
    items: Items = Items.ALL


@dataclass(frozen=True, slots=True)
class _Extent:
    """A file's metadata, and the first and the last unit of each of its row groups."""

    metadata: pq.FileMetaData
    units: Sequence[tuple[str, str]]

    def groups(self, units: Set[str]) -> list[int]:
        """Return the row groups that can hold postings of the units."""
        in_order = sorted(units)
        return [
            number
            for number, (first, last) in enumerate(self.units)
            if bisect_left(in_order, first) < bisect_right(in_order, last)
        ]


def read(files: Sequence[Path], leaf: Leaf) -> pa.Table | None:
    """Return the wanted postings of files by date, voucher, batch and row; None if too spread out.

    The table has _COLUMNS, `batch`, and `amount`, which is cents times the account's factor.
    """
    found = {file: _extent(file).groups(leaf.units) for file in files}
    if sum(map(len, found.values())) > FEW:
        return None
    parts = [_part(file, groups, leaf) for file, groups in found.items() if groups]
    if not parts:
        return None
    # A file whose every posting has a voucher says so in its schema: the schemas are united.
    return pa.concat_tables(parts, promote_options="default").sort_by(_ORDER)


@lru_cache(maxsize=256)  # a batch's file never changes
def _extent(file: Path) -> _Extent:
    metadata = pq.read_metadata(file)
    column = metadata.schema.names.index("unit")
    groups = range(metadata.num_row_groups)
    ends = [metadata.row_group(number).column(column).statistics for number in groups]
    return _Extent(metadata, [(end.min, end.max) for end in ends])


def _part(file: Path, groups: list[int], leaf: Leaf) -> pa.Table:
    columns = _COLUMNS if leaf.items is Items.ALL else [*_COLUMNS, "is_internal"]
    metadata = _extent(file).metadata
    with (
        pa.memory_map(str(file)) as mapped,
        pq.ParquetFile(mapped, metadata=metadata, read_dictionary=_REPEATED) as opened,
    ):
        rows = opened.read_row_groups(groups, columns=columns, use_threads=False)
    rows = rows.filter(pc.is_in(rows["unit"], pa.array(leaf.units, pa.string())))
    rows = rows.filter(_is_wanted(rows, leaf)).select(_COLUMNS)
    for name in _REPEATED:
        at = rows.column_names.index(name)
        rows = rows.set_column(at, name, rows[name].cast(pa.string()))
    places = pc.index_in(rows["account"], pa.array(list(leaf.factors), pa.string()))
    factors = pc.take(pa.array(leaf.factors.values(), pa.int64()), places)
    rows = rows.append_column("amount", pc.multiply_checked(rows["cents"], factors))
    return rows.append_column("batch", pa.repeat(file.stem, len(rows)))


def _is_wanted(rows: pa.Table, leaf: Leaf) -> pa.ChunkedArray:
    """Say of the rows of the leaf's units which are of its accounts, months and items."""
    conditions = [
        pc.is_in(rows["account"], pa.array(leaf.factors, pa.string())),
        pc.greater_equal(rows["date"], pa.scalar(leaf.first_on)),
        pc.less_equal(rows["date"], pa.scalar(leaf.last_on)),
    ]
    if leaf.items is not Items.ALL:
        is_internal = rows["is_internal"]
        conditions.append(is_internal if leaf.items is Items.INTERNAL else pc.invert(is_internal))
    wanted = conditions[0]
    for condition in conditions[1:]:
        wanted = pc.and_(wanted, condition)
    return wanted
