"""Entries of a figure: searched, without hidden texts, by item and as sums of months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from katsaus.core.columns import columns_of
from katsaus.core.figures import Items, Scenario
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.definitions import load
from katsaus.ledger import drill, finding
from katsaus.ledger.drill import Reading
from katsaus.ledger.statement import Question, compute
from ledger.small_ledger import Ledger, Plan, Posting, organization_of

pytestmark = pytest.mark.usefixtures("way_of_reading")

PERIOD = Period(2023, 6)
ACTUAL = columns_of(PERIOD)["actual"].id
MARGIN = CellKey("1", "operating_margin", ACTUAL)
QUESTION = Question(
    organization_of({"1": None, "11": "1", "12": "1"}),
    load.scheme("operating"),
    frozenset({"3000", "4000", "4300"}),
    tuple(columns_of(PERIOD).values()),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    postings = [
        Posting("11", "3000", date(2023, 1, 5), 10_000, voucher="ML1"),
        Posting("11", "4000", date(2023, 2, 5), -3_000, voucher="PA1"),
        Posting("12", "4300", date(2023, 2, 6), -2_000, is_internal=True, voucher="OL1"),
        Posting("12", "4300", date(2023, 2, 7), -500, voucher="OL2"),
        Posting("12", "4300", date(2022, 2, 7), -700, voucher="OL0"),
    ]
    plan = [Plan(Scenario.BUDGET, "11", "4000", 2023, -9_000)]
    return Ledger.of(tmp_path, [postings], plan)


def cubes(ledger: Ledger) -> dict[Path, range]:
    return {path: range(1900, 2101) for path in ledger.facts.cubes}


@pytest.mark.parametrize(
    ("search", "vouchers"),
    [
        ("", ["ML1", "PA1", "OL1", "OL2"]),
        ("ol", ["OL1", "OL2"]),
        ("3000", ["ML1"]),
        ("300", []),
        ("30,00", ["PA1"]),
        ("-5.00", ["OL2"]),
        ("%", []),
        ("'", []),
    ],
)
def test_entries_are_found_by_a_part_of_a_voucher_a_whole_account_or_an_amount(
    ledger: Ledger, search: str, vouchers: list[str]
) -> None:
    found = drill.entries(ledger.details, QUESTION, MARGIN, reading=Reading(search))
    assert [entry.voucher for entry in found.page] == vouchers
    assert found.count == len(vouchers)


@pytest.mark.parametrize(
    ("items", "expected"),
    [(Items.ALL, "45.00"), (Items.EXTERNAL, "65.00"), (Items.INTERNAL, "-20.00")],
)
def test_statement_entries_and_months_agree_for_external_and_internal_items(
    ledger: Ledger, items: Items, expected: str
) -> None:
    question = replace(QUESTION, items=items)
    statement = compute(ledger.facts, question)
    months = drill.month_sums(cubes(ledger), question, MARGIN)
    assert statement.value(*MARGIN) == Decimal(expected)
    assert drill.entries(ledger.details, question, MARGIN).total == Decimal(expected)
    assert sum(each.amount for each in months) == Decimal(expected)


def test_an_answer_narrowed_to_a_unit_and_a_row_is_the_same_figure(ledger: Ledger) -> None:
    narrow = replace(QUESTION, units=frozenset({"12"}), rows=frozenset({"operating_margin"}))
    few, all_ = compute(ledger.facts, narrow), compute(ledger.facts, QUESTION)
    assert {(key.unit, key.row) for key in few.amounts} == {("12", "operating_margin")}
    assert all(all_.amounts[key] == amount for key, amount in few.amounts.items())


def test_months_are_sums_by_account_with_their_number_of_postings(ledger: Ledger) -> None:
    found = drill.month_sums(cubes(ledger), QUESTION, MARGIN)
    assert [(each.account, each.month, each.amount, each.postings) for each in found] == [
        ("3000", 1, Decimal("100.00"), 1),
        ("4000", 2, Decimal("-30.00"), 1),
        ("4300", 2, Decimal("-25.00"), 2),
    ]


def test_plan_figures_have_no_months_of_postings(ledger: Ledger) -> None:
    budget = replace_column("budget")
    assert drill.month_sums(cubes(ledger), QUESTION, budget) == ()


def replace_column(role: str) -> CellKey:
    column = next(each for name, each in columns_of(PERIOD).items() if name == role)
    return CellKey("1", "operating_margin", column.id)


def test_chunks_are_all_entries_in_their_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill, "CHUNK", 3)
    chunks = list(drill.chunks(ledger.details, QUESTION, MARGIN))
    assert [len(chunk) for chunk in chunks] == [3, 1]
    whole = drill.entries(ledger.details, QUESTION, MARGIN)
    assert tuple(entry for chunk in chunks for entry in chunk) == whole.page


def test_postings_are_found_by_the_beginning_of_a_voucher_the_newest_first(ledger: Ledger) -> None:
    files = [list(ledger.details.postings)]
    assert [each.voucher for each in finding.find(files, "ol")] == ["OL2", "OL1", "OL0"]
    assert finding.find(files, "L1") == ()
    assert finding.find(files, "") == ()


def test_postings_of_other_units_are_not_found(ledger: Ledger) -> None:
    files = [list(ledger.details.postings)]
    assert finding.find(files, "ol", units=frozenset({"11"})) == ()
    assert finding.find(files, "ol", units=frozenset()) == ()
    assert len(finding.find(files, "ol", units=frozenset({"12"}))) == 3
