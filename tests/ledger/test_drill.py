"""What a figure is made of: the entries under a cell add up to it, page by page."""

import tempfile
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golden.engine_cases import scheme_of
from katsaus.core.columns import Column, Slice
from katsaus.core.figures import Scenario, total
from katsaus.core.names import Names
from katsaus.core.organization import UnknownUnitError
from katsaus.core.results import CellKey
from katsaus.core.statements import SchemeError
from katsaus.ledger import engine
from katsaus.ledger.drill import PAGE, Details, Entries, chunks, entries
from katsaus.ledger.statement import Question, compute
from ledger.generated_books import LINEAR, Books, books
from ledger.small_ledger import Ledger, Plan, Posting, keep, organization_of

pytestmark = pytest.mark.usefixtures("way_of_reading")

CELL = CellKey("all", "a", "actual")
ACTUAL = Column("actual", Names("actual"), slices=(Slice(Scenario.ACTUAL, 2023, 0, 12),))
BUDGET = Column("budget", Names("budget"), slices=(Slice(Scenario.BUDGET, 2023, 0, 12),))
DIFFERENCE = Column("difference", Names("difference"), "difference", (), "actual", "budget")


def question(rows: dict[str, dict[str, str]] | None = None) -> Question:
    accounts = frozenset(["3000", "4000"])
    scheme = scheme_of(rows or {"a": {"accounts": "4000"}}, accounts)
    columns = (ACTUAL, BUDGET, DIFFERENCE)
    return Question(organization_of({"all": None, "part": "all"}), scheme, accounts, columns)


def postings(count: int) -> list[Posting]:
    return [
        Posting("part", "4000", date(2023, 1 + n % 12, 1 + n % 28), -100 - n, voucher=f"V{n % 7}")
        for n in range(count)
    ]


@settings(max_examples=50, deadline=None)
@given(books(), st.data())
def test_every_amount_and_difference_is_the_sum_of_its_entries(
    made: Books, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([unit.code for unit in made.organization]))
    row = data.draw(st.sampled_from(LINEAR))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.of(Path(folder), filter(None, [made.postings]), made.plans)
        statement = compute(ledger.facts, made.question)
        for column in (each for each in made.columns if each.kind != "ratio"):
            key = CellKey(unit, row, column.id)
            if column.kind == "difference" and statement.value(*key) is None:
                continue  # nothing was forecast: the cell is missing, the budget is not
            found = entries(ledger.details, made.question, key, limit=None)
            assert found.total == statement.value(*key), key
            assert total(entry.amount for entry in found.page) == found.total
            assert len(found.page) == found.count


@settings(max_examples=50, deadline=None)
@given(books(), st.data())
def test_a_list_of_all_entries_is_the_same_by_pages_and_by_chunks(
    made: Books, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([unit.code for unit in made.organization]))
    row = data.draw(st.sampled_from(LINEAR))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.of(Path(folder), filter(None, [made.postings]), made.plans)
        for column in (each for each in made.columns if each.kind == "amount"):
            cell = ledger.details, made.question, CellKey(unit, row, column.id)
            assert entries(*cell, limit=None).page == tuple(chain.from_iterable(chunks(*cell)))


def test_the_pages_put_together_are_all_entries_once(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path, [postings(2 * PAGE + 23)])
    whole = entries(ledger.details, question(), CELL, limit=None)
    pages = [
        entries(ledger.details, question(), CELL, offset=offset)
        for offset in range(0, 3 * PAGE, PAGE)
    ]
    assert [len(page.page) for page in pages] == [PAGE, PAGE, 23]
    assert tuple(entry for page in pages for entry in page.page) == whole.page
    assert {entry.source_row for entry in whole.page} == set(range(2, 2 * PAGE + 25))
    assert {(page.count, page.total) for page in pages} == {(whole.count, whole.total)}


def test_a_page_after_the_last_is_empty_and_still_tells_the_sum(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path, [postings(3)])
    beyond = entries(ledger.details, question(), CELL, offset=100)
    assert beyond == Entries((), 3, Decimal("-3.03"))


def test_entries_come_by_date_and_voucher(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path, [postings(40)])
    found = entries(ledger.details, question(), CELL, limit=None).page
    assert [(e.on, e.voucher) for e in found] == sorted((e.on, e.voucher) for e in found if e.on)


def test_a_posting_is_found_in_its_batch_by_its_row(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path, [postings(9), [Posting("all", "4000", date(2023, 5, 5), 7)]])
    found = entries(ledger.details, question(), CELL).page
    assert {entry.batch for entry in found} == set(ledger.batches)
    for entry in found:
        with engine.cursor() as cursor:
            row = cursor.execute(
                "SELECT unit, account, date, cents, voucher FROM read_parquet(?) "
                "WHERE source_row = ?",
                [str(ledger.store.postings(entry.batch)), entry.source_row],
            ).fetchall()
        cents = int(entry.amount.scaleb(2))
        assert row == [(entry.unit, entry.account, entry.on, cents, entry.voucher)]


def test_a_difference_has_the_entries_of_both_the_subtracted_turned(tmp_path: Path) -> None:
    plan = [Plan(Scenario.BUDGET, "part", "4000", 2023, -50_000)]
    ledger = Ledger.of(tmp_path, [postings(1)], plan)
    found = entries(ledger.details, question(), CellKey("all", "a", "difference"))
    assert sorted((e.source, e.amount) for e in found.page) == [
        (Scenario.ACTUAL, Decimal("-1.00")),
        (Scenario.BUDGET, Decimal("500.00")),
    ]
    assert found.total == Decimal("499.00")


def test_the_entries_of_a_weighed_row_are_weighed(tmp_path: Path) -> None:
    rows = {"a": {"sum": "0.5 * b - c"}, "b": {"accounts": "3000"}, "c": {"accounts": "4000"}}
    booked = [
        Posting("part", "3000", date(2023, 1, 2), 301),
        Posting("part", "4000", date(2023, 1, 3), -200),
    ]
    found = entries(Ledger.of(tmp_path, [booked]).details, question(rows), CELL)
    assert [entry.amount for entry in found.page] == [Decimal("1.505"), Decimal("2.00")]
    assert found.total == Decimal("3.505")


def test_a_ratio_row_and_a_ratio_column_have_no_entries(tmp_path: Path) -> None:
    rows = {"b": {"accounts": "4000"}, "a": {"ratio": "b / b"}}
    ledger = Ledger.of(tmp_path, [postings(3)])
    rate = Column("rate", Names("rate"), "ratio", (), "actual", "budget")
    asked = question(rows)
    with_rate = Question(asked.organization, asked.scheme, asked.accounts, (*asked.columns, rate))
    for key in (CELL, CellKey("all", "b", "rate")):
        assert entries(ledger.details, with_rate, key) == Entries((), 0, None)


def test_nothing_booked_has_no_entries_and_no_sum(tmp_path: Path) -> None:
    details = Ledger.of(tmp_path).details
    assert entries(details, question(), CELL) == Entries((), 0, None)


def test_a_file_of_other_years_is_not_opened(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path, [postings(3)])
    [this_year] = ledger.details.postings
    lost = {this_year: range(2023, 2024), tmp_path / "lost.parquet": range(2020, 2023)}
    assert entries(Details(lost, ledger.plan), question(), CELL).count == 3
    lost[tmp_path / "lost.parquet"] = range(2020, 2024)
    with pytest.raises((duckdb.Error, FileNotFoundError)):
        entries(Details(lost, ledger.plan), question(), CELL)


@pytest.mark.parametrize(
    ("key", "error"),
    [
        (CellKey("nobody", "a", "actual"), UnknownUnitError),
        (CellKey("all", "nothing", "actual"), SchemeError),
        (CellKey("all", "a", "never"), LookupError),
    ],
)
def test_what_is_not_there_is_refused(key: CellKey, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error):
        entries(Ledger.of(tmp_path, [postings(1)]).details, question(), key)


def test_a_folder_with_a_quote_in_its_name_is_read(tmp_path: Path) -> None:
    ledger = Ledger.of(tmp_path / "kunta' OR 1=1", [postings(2)])
    assert entries(ledger.details, question(), CELL).count == 2
    assert keep(ledger.store, postings(2)) == ledger.batches[0]
