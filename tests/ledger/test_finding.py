"""Postings found by a voucher's beginning or a text, in any batch, as a plain search finds them."""

from datetime import date
from pathlib import Path

import pytest

from katsaus.ledger.finding import MOST, Found, find, newest_first
from katsaus.ledger.store import Store
from ledger.small_ledger import Posting, keep

JUNE, MAY = date(2023, 6, 30), date(2023, 5, 31)
POSTINGS = (
    Posting("10", "4000", JUNE, -100, voucher="PA12", text="Palkat, kesäkuu"),
    Posting("10", "4300", MAY, -200, voucher="OL2", text="Koulukuljetus"),
    Posting("20", "4300", JUNE, -300, voucher="ol3", text="KOULUTARVIKKEET"),
    Posting("20", "4300", JUNE, -300, voucher="ol3", text="KOULUTARVIKKEET"),
    Posting("20", "3300", JUNE, 400, voucher="KOULU-7", text="Avustus koululle"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The postings in two batches."""
    store = Store(tmp_path_factory.mktemp("ledger"))
    return [store.postings(keep(store, part)) for part in (POSTINGS[:2], POSTINGS[2:])]


def amounts(found: tuple[Found, ...]) -> list[int]:
    return [int(each.amount * 100) for each in found]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("PA1", [-100]),
        ("pa1", [-100]),
        ("OL", [-300, -300, -200]),
        ("kesäkuu", [-100]),
        ("KESÄKUU", [-100]),
        ("koulu", [400, -300, -300, -200]),  # one by its voucher and its text, told once
        ("A12", []),
        ("3", [-300, -300]),
        ("−4,00 €", [400]),
        ("4.00", [400]),
        ("4,0", []),
        ("", []),
    ],
)
def test_vouchers_and_texts_are_found_the_newest_first(
    files: list[Path], text: str, cents: list[int]
) -> None:
    assert amounts(find([files], text)) == cents


def test_only_the_units_that_are_named_are_looked_at(files: list[Path]) -> None:
    assert amounts(find([files], "koulu", units=frozenset({"10"}))) == [-200]
    assert find([files], "koulu", units=frozenset()) == ()


def test_hidden_texts_are_neither_searched_nor_told(files: list[Path]) -> None:
    hidden = frozenset({"4000"})
    assert find([files], "kesäkuu", hidden=hidden) == ()
    assert [each.text for each in find([files], "PA12", hidden=hidden)] == [""]


def test_of_many_the_newest_are_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    days = [Posting("10", "4000", date(2023, 1 + n % 12, 1), -n, text="sama") for n in range(204)]
    found = find([[store.postings(keep(store, days))]], "sama")
    assert len(found) == MOST
    assert {each.on.month for each in found} == {10, 11, 12}
    assert amounts(find([], "sama")) == []


def test_of_many_files_the_newest_are_asked_first_and_the_others_for_what_is_lacking(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    days = [Posting("10", "4000", date(2023, 1 + n // 5, 1), -n, text="sama") for n in range(30)]
    files = {
        store.postings(keep(store, days[n : n + 5])): (202301 + n // 5,) * 2
        for n in range(0, 30, 5)
    }
    groups = newest_first(files)
    assert [len(group) for group in groups] == [1, 2, 3]
    newest = [-n for n in sorted(range(30), key=lambda n: (-(n // 5), n))]
    assert amounts(find(groups, "sama")) == newest
    assert amounts(find(groups, "sama", most=7)) == newest[:7]
    unread = tmp_path / "not there"
    assert amounts(find([groups[0], [unread]], "sama", most=5)) == newest[:5]


def test_files_of_the_same_months_are_asked_together() -> None:
    may, june, year = Path("may"), Path("june"), Path("year")
    assert newest_first({may: (202305, 202305), june: (202306, 202306)}) == [[june], [may]]
    both = {may: (202305, 202305), june: (202306, 202306), year: (202301, 202306)}
    assert newest_first(both) == [[june, year, may]]
    assert newest_first({}) == []
