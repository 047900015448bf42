"""The ledger at rest: a batch is named by its content, written once and never changed."""

import hashlib
import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katsaus.ledger import engine
from katsaus.ledger.store import LEFT_BEHIND_SECONDS, Store, of_years
from ledger.small_ledger import Posting, keep, postings_table

POSTINGS = [
    Posting("2", "4000", date(2023, 2, 28), -1050, voucher="B"),
    Posting("1", "4000", date(2023, 1, 31), 2**53 + 1, voucher="A"),
    Posting("1", "4000", date(2023, 1, 2), 2**53, voucher="A"),
    Posting("1", "3000", date(2023, 1, 2), -7, is_internal=True),
]


def test_a_batch_is_named_by_the_hash_of_its_postings_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = keep(store, POSTINGS)
    assert hashlib.sha256(store.postings(batch).read_bytes()).hexdigest() == batch
    assert {file.name for file in tmp_path.iterdir()} == {
        f"{batch}.parquet",
        f"{batch}.cube.parquet",
    }


def test_the_postings_are_kept_as_they_were_sorted_by_unit_account_and_date(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = pq.read_table(store.postings(keep(store, POSTINGS)), use_threads=False).to_pylist()
    assert [(row["unit"], row["account"], row["date"], row["cents"]) for row in kept] == [
        ("1", "3000", date(2023, 1, 2), -7),
        ("1", "4000", date(2023, 1, 2), 2**53),
        ("1", "4000", date(2023, 1, 31), 2**53 + 1),
        ("2", "4000", date(2023, 2, 28), -1050),
    ]
    assert [row["source_row"] for row in kept] == [5, 4, 3, 2]


def test_the_cube_sums_by_unit_account_month_and_internal_to_the_cent(tmp_path: Path) -> None:
    store = Store(tmp_path)
    cube = pq.read_table(store.cube(keep(store, POSTINGS)), use_threads=False).to_pylist()
    assert [tuple(row.values()) for row in cube] == [
        ("1", "3000", 2023, 1, True, -7, 1),
        ("1", "4000", 2023, 1, False, 2**54 + 1, 2),
        ("2", "4000", 2023, 2, False, -1050, 1),
    ]


def test_cubes_are_summed_over_some_of_their_years(tmp_path: Path) -> None:
    store = Store(tmp_path)
    older = replace(POSTINGS[0], on=date(2022, 12, 31), cents=-100)
    batches = [keep(store, [older, POSTINGS[0]]), keep(store, [POSTINGS[3]])]
    cubes = list(map(store.cube, batches))
    assert of_years(cubes, range(2023, 2024)) == (2, -1057)
    assert of_years(cubes, range(2022, 2024)) == (3, -1157)
    assert of_years(cubes, range(2019, 2022)) == (0, 0)


def test_what_a_table_shares_with_batches_is_counted_as_often_as_both_have_it(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    first, twice = POSTINGS[0], [POSTINGS[1]] * 2
    batches = [keep(store, [first, *twice]), keep(store, [POSTINGS[2]])]
    with engine.cursor() as cursor:
        for table, shared in (
            ([POSTINGS[2], first, POSTINGS[3]], 2),
            (twice[:1], 1),
            (twice * 2, 2),
            ([replace(first, voucher="C"), replace(first, text="x")], 0),
        ):
            cursor.register("given", postings_table(table))
            assert store.shared(cursor, "given", batches) == shared


def test_the_same_postings_are_one_batch_whose_files_stay_as_they_are(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = keep(store, POSTINGS)
    before = {file: file.stat() for file in tmp_path.iterdir()}
    assert keep(store, POSTINGS) == batch
    assert {file: file.stat() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "other",
    [
        replace(POSTINGS[0], cents=-1051),
        replace(POSTINGS[0], unit="3"),
        replace(POSTINGS[0], on=date(2023, 2, 27)),
        replace(POSTINGS[0], is_internal=True),
        replace(POSTINGS[0], voucher="C"),
    ],
)
def test_any_difference_makes_another_batch(other: Posting, tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert keep(store, POSTINGS) != keep(store, [other, *POSTINGS[1:]])
    assert len(list(tmp_path.iterdir())) == 4


def test_two_municipalities_folders_are_apart_though_the_content_is_one(tmp_path: Path) -> None:
    kemi, oulu = Store(tmp_path / "kemi"), Store(tmp_path / "oulu")
    assert keep(kemi, POSTINGS) == keep(oulu, POSTINGS)
    assert len(list(kemi.folder.iterdir())) == len(list(oulu.folder.iterdir())) == 2


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)))
def test_the_batch_is_the_same_bytes_in_whatever_order_the_table_has(order: list[int]) -> None:
    rows = ", ".join(
        f"('{n % 3}', '4000', DATE '2023-01-01' + {n % 28}, {n * 11}, false, 'V{n % 5}', '', {n})"
        for n in order
    )
    fields = "unit, account, date, cents, is_internal, voucher, text, source_row"
    with engine.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE incoming AS FROM (VALUES {rows}) t({fields})")
        store = Store(Path(os.environ["KATSAUS_DATA"]) / "orders")
        store.keep(cursor, "incoming")
    assert len(list(store.folder.iterdir())) == 2


def test_a_failed_writing_leaves_no_draft_behind(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with engine.cursor() as cursor, pytest.raises(duckdb.Error):
        store.keep(cursor, "no_such_table")
    assert list(tmp_path.iterdir()) == []


def test_drafts_of_a_crash_are_swept_after_a_day_and_fresh_ones_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old, fresh = tmp_path / "old.draft", tmp_path / "fresh.draft"
    for draft in (old, fresh):
        draft.touch()
    yesterday = time.time() - LEFT_BEHIND_SECONDS - 60
    os.utime(old, (yesterday, yesterday))
    keep(store, POSTINGS)
    assert not old.exists()
    assert fresh.exists()


def test_a_cube_written_by_a_crash_before_the_postings_is_replaced(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = keep(store, POSTINGS)
    store.postings(batch).unlink()
    store.cube(batch).write_bytes(b"half")
    assert keep(store, POSTINGS) == batch
    assert pq.read_table(store.cube(batch), use_threads=False).num_rows == 3
