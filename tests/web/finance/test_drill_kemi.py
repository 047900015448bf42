"""Kemi's books: parts equal wholes everywhere, and every figure is the sum of what is under it."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from katsaus.cli.demo import EXAMPLE
from katsaus.core.figures import Cents, Scenario, euros, total
from katsaus.core.names import Names
from katsaus.core.organization import Level, Organization, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.core.results import CellKey, Statement, Value
from katsaus.ledger.drill import PAGE, Entries, Entry
from katsaus.web.finance.queries import Books
from katsaus.web.imports import queries as imports
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import organization
from katsaus.web.reports.compose import compose

PERIOD = Period(2023, 6)
ROOT = "64000000"
AMOUNTS = (
    "actual_2022",
    "budget_2023",
    "amended_budget_2023",
    "actual_2023_06",
    "forecast_2023",
)
DEVIATION = "deviation_2023"
SCHEMES = ("income_statement", "operating")


class WithoutTree(Books):
    """The same books with all units side by side: each has only what is booked on itself."""

    @cached_property
    def organization(self) -> Organization:
        top = OrgUnit("top", Names("top"), Level.MUNICIPALITY)
        tree = organization(self.municipality)
        return Organization([top, *(replace(unit, parent="top") for unit in tree)])


@dataclass(frozen=True)
class Shelf:
    """Kemi's books, computed once for this module."""

    books: Books
    statements: dict[str, Statement]
    own: dict[str, Statement]
    report: Report


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Shelf:
    with django_db_blocker.unblock():
        kemi = Municipality.objects.get(slug="kemi")
        books, apart = Books(kemi, PERIOD), WithoutTree(kemi, PERIOD)
        return Shelf(
            books,
            {scheme: books.statement(scheme) for scheme in SCHEMES},
            {scheme: apart.statement(scheme) for scheme in SCHEMES},
            compose(kemi, PERIOD),
        )


def places(shelf: Shelf, scheme: str, columns: Iterable[str] = AMOUNTS) -> Iterator[CellKey]:
    """All units x rows x amount columns."""
    for unit in shelf.books.organization:
        for row in shelf.statements[scheme].scheme.rows:
            for column in columns:
                yield CellKey(unit.code, row.id, column)


def amount(value: Value) -> Decimal | None:
    assert value is None or isinstance(value, Decimal)
    return value


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def cents(text: str) -> Cents:
    return int(text.replace(",", ""))


def example_postings(year: int) -> Path:
    return Path(settings.DATA) / "example" / f"postings-{year}.csv"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_unit_is_its_own_figures_and_the_units_under_it(shelf: Shelf, scheme: str) -> None:
    statement, own = shelf.statements[scheme], shelf.own[scheme]
    checked = 0
    for unit, row, column in places(shelf, scheme):
        children = shelf.books.organization.children(unit)
        parts = [amount(statement.value(child.code, row, column)) for child in children]
        expected = total([amount(own.value(unit, row, column)), *parts])
        assert statement.value(unit, row, column) == expected, (unit, row, column)
        checked += expected is not None
    assert checked > 1000


def test_the_whole_is_every_line_of_the_files(shelf: Shelf) -> None:
    surplus = {c: shelf.statements["income_statement"].value(ROOT, "surplus", c) for c in AMOUNTS}
    in_files = {
        "actual_2022": example_postings(2022),
        "actual_2023_06": example_postings(2023),
        "budget_2023": EXAMPLE / "budget-2023.csv",
        "forecast_2023": EXAMPLE / "forecast-2023-06.csv",
    }
    for column, file in in_files.items():
        assert surplus[column] == euros(sum(cents(line["Summa"]) for line in lines(file))), column


def test_the_rows_that_take_accounts_are_what_is_booked_on_them(shelf: Shelf) -> None:
    """Held against the postings of the example's files, added up here by unit and account."""
    booked: dict[tuple[str, str, str], Cents] = defaultdict(int)
    for column, year in (("actual_2022", 2022), ("actual_2023_06", 2023)):
        for line in lines(example_postings(year)):
            booked[line["Yksikkö"], line["Tili"], column] += cents(line["Summa"])
    own = shelf.own["income_statement"]
    for row in (row for row in own.scheme.rows if row.selectors):
        expected: dict[tuple[str, str], Cents] = defaultdict(int)
        for (code, account, column), each in booked.items():
            if any(selector.holds(account) for selector in row.selectors):
                expected[code, column] += each
        for unit in shelf.books.organization:
            for column in ("actual_2022", "actual_2023_06"):
                there = expected.get((unit.code, column))
                value = own.value(unit.code, row.id, column)
                assert value == (None if there is None else euros(there))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_margins_and_results_are_the_sums_of_their_rows(shelf: Shelf, scheme: str) -> None:
    statement = shelf.statements[scheme]
    sums = [row for row in statement.scheme.rows if row.terms]
    planned_on_rows = {"operating_revenue", "operating_expenses", "financial_items", "depreciation"}
    checked = [row for row in sums if row.id not in planned_on_rows]
    assert "operating_margin" in {row.id for row in checked}
    for unit in shelf.books.organization:
        for row in checked:
            for column in AMOUNTS:
                parts = [
                    value * term.weight
                    for term in row.terms
                    if (value := amount(statement.value(unit.code, term.row, column))) is not None
                ]
                assert statement.value(unit.code, row.id, column) == total(parts)


def test_the_two_schemes_say_the_same_of_the_rows_that_both_have(shelf: Shelf) -> None:
    whole, operating = shelf.statements["income_statement"], shelf.statements["operating"]
    for unit, row, column in places(shelf, "operating", (*AMOUNTS, DEVIATION)):
        assert operating.value(unit, row, column) == whole.value(unit, row, column)


def test_the_amended_budget_is_the_budget_and_the_decided_amendments(shelf: Shelf) -> None:
    statement = shelf.statements["income_statement"]
    amendments = lines(EXAMPLE / "amendments-2023.csv")
    assert {line["Rivi"] for line in amendments} == {"operating_expenses"}
    above = {"operating_expenses", "operating_margin", "annual_margin", "result", "surplus"}
    for unit in shelf.books.organization:
        below = {each.code for each in shelf.books.organization.subtree(unit.code)}
        decided = [euros(cents(a["Summa"])) for a in amendments if a["Yksikkö"] in below]
        for row in statement.scheme.rows:
            parts = [amount(statement.value(unit.code, row.id, "budget_2023"))]
            parts += decided if row.id in above else []
            assert statement.value(unit.code, row.id, "amended_budget_2023") == total(parts)


def test_the_deviation_is_the_forecast_less_the_amended_budget(shelf: Shelf) -> None:
    statement = shelf.statements["income_statement"]
    for unit, row, column in places(shelf, "income_statement", [DEVIATION]):
        forecast = amount(statement.value(unit, row, "forecast_2023"))
        amended = amount(statement.value(unit, row, "amended_budget_2023"))
        expected = None if forecast is None else forecast - (amended or 0)
        assert statement.value(unit, row, column) == expected


def test_nothing_booked_stays_missing_in_the_ended_division(shelf: Shelf) -> None:
    statement = shelf.statements["income_statement"]
    for row in statement.scheme.rows:
        for column in AMOUNTS[1:]:
            assert statement.value("64400000", row.id, column) is None
    assert statement.value("64400000", "operating_margin", "actual_2022") is not None


def check(shelf: Shelf, scheme: str, key: CellKey) -> Entries:
    """Hold a cell against its entries; nothing booked has none."""
    value = shelf.statements[scheme].value(*key)
    found = shelf.books.entries(shelf.books.question(scheme), key)
    assert found.total == value, key
    assert (found.count == 0) == (value is None), key
    assert len(found.page) == min(found.count, PAGE), key
    if found.count <= PAGE:
        assert total(entry.amount for entry in found.page) == found.total, key
    return found


def scheme_of(table: str) -> str:
    return "income_statement" if table == "income_statement" else "operating"


def test_every_amount_of_the_report_is_the_sum_of_its_entries(shelf: Shelf, db: None) -> None:
    checked = set()
    told = ("performance:", "strategy:")  # their values are given by people, not computed of money
    for table in (each for each in shelf.report.tables if not each.id.startswith(told)):
        for row in table.rows:
            for cell in row.cells:
                assert cell.key is not None
                if cell.key.column == "realization_rate":
                    continue
                checked.add((table.id, cell.key))
                assert cell.value == check(shelf, scheme_of(table.id), cell.key).total
    # Of the 88 rows of tables A to F, 59 have five amounts and 29 have four; the chart has 5 bars.
    assert len(checked) == 5 * 59 + 4 * 29 + 5


def test_so_is_a_sample_of_all_units_and_rows(shelf: Shelf, db: None) -> None:
    every = list(places(shelf, "income_statement"))
    booked = [key for key in every if shelf.statements["income_statement"].value(*key) is not None]
    for key in random.Random(2023).sample(booked, 120) + random.Random(6).sample(every, 40):
        value = shelf.statements["income_statement"].value(*key)
        assert check(shelf, "income_statement", key).total == value


def test_a_ratio_has_no_entries(shelf: Shelf, db: None) -> None:
    key = CellKey(ROOT, "operating_margin", "realization_rate")
    assert shelf.statements["operating"].value(*key) is not None
    assert shelf.books.entries(shelf.books.question("operating"), key) == Entries((), 0, None)


def test_the_pages_of_a_figure_put_together_are_all_its_entries(shelf: Shelf, db: None) -> None:
    key = CellKey("64110000", "operating_expenses", "actual_2022")
    whole = shelf.books.entries(shelf.books.question("operating"), key, limit=None)
    assert whole.count > 3 * PAGE
    pages = [
        shelf.books.entries(shelf.books.question("operating"), key, offset=offset).page
        for offset in range(0, whole.count, PAGE)
    ]
    assert tuple(entry for page in pages for entry in page) == whole.page
    assert total(entry.amount for entry in whole.page) == whole.total
    assert len({(entry.batch, entry.source_row) for entry in whole.page}) == whole.count


@pytest.fixture
def posted(shelf: Shelf, db: None) -> list[Entry]:
    """Postings from drill-downs all over the books."""
    chance = random.Random(30)
    cells = [
        key
        for key in places(shelf, "income_statement", ["actual_2022", "actual_2023_06"])
        if shelf.statements["income_statement"].value(*key) is not None
    ]
    entries: list[Entry] = []
    for key in chance.sample(cells, 15):
        entries += shelf.books.entries(shelf.books.question("income_statement"), key).page
    assert len(entries) > 200
    return entries


def test_every_posting_is_the_line_of_the_file_that_it_names(posted: list[Entry]) -> None:
    years = {
        batch.content_hash: batch.first_month // 100
        for batch in Batch.objects.filter(kind="postings")
        if batch.first_month
    }
    texts = {
        year: example_postings(year).read_text("utf-8").splitlines() for year in years.values()
    }
    for entry in posted:
        assert entry.source_row is not None
        text = texts[years[entry.batch]]
        [line] = csv.DictReader([text[0], text[entry.source_row - 1]], delimiter=";")
        assert (line["Yksikkö"], line["Tili"]) == (entry.unit, entry.account)
        assert (line["Tosite"], line["Selite"]) == (entry.voucher, entry.text)
        assert euros(cents(line["Summa"])) == entry.amount
        day, month, year = map(int, line["Tositepäivä"].split("."))
        assert entry.on == date(year, month, day)


def test_every_posting_is_in_its_batch_under_its_row(
    posted: list[Entry], kemi: Municipality
) -> None:
    store = imports.store(kemi)
    columns = ["source_row", "unit", "account", "date", "cents", "voucher"]
    kept = {
        batch: {
            row["source_row"]: row
            for row in pq.read_table(
                store.postings(batch), columns=columns, use_threads=False
            ).to_pylist()
        }
        for batch in {entry.batch for entry in posted}
    }
    for entry in posted:
        assert entry.source_row is not None
        row = kept[entry.batch][entry.source_row]
        assert (row["unit"], row["account"]) == (entry.unit, entry.account)
        assert (row["date"], row["voucher"]) == (entry.on, entry.voucher)
        assert euros(row["cents"]) == entry.amount


def test_an_amendment_names_its_decision(shelf: Shelf, db: None) -> None:
    key = CellKey(ROOT, "operating_expenses", "amended_budget_2023")
    found = shelf.books.entries(shelf.books.question("operating"), key, limit=None).page
    amendments = [entry for entry in found if entry.source is Scenario.AMENDMENT]
    assert [(e.unit, e.amount, e.on, e.source_row) for e in amendments] == [
        ("64110000", Decimal("-44000.00"), date(2023, 3, 27), 2),
        ("64230000", Decimal("-700000.00"), date(2023, 5, 29), 3),
    ]
    decisions = [(entry.body, entry.on, entry.section) for entry in amendments]
    assert decisions == [
        ("Kaupunginvaltuusto", date(2023, 3, 27), "18"),
        ("Kaupunginvaltuusto", date(2023, 5, 29), "34"),
    ]
    assert all(entry.text and "Kaupunginvaltuusto" not in entry.text for entry in amendments)


def test_a_forecast_names_its_giver_and_reason(shelf: Shelf, db: None) -> None:
    key = CellKey(ROOT, "surplus", "forecast_2023")
    found = shelf.books.entries(shelf.books.question("income_statement"), key, limit=None).page
    given = lines(EXAMPLE / "forecast-2023-06.csv")
    assert len(found) == len(given)
    for entry in found:
        assert entry.source_row is not None
        line = given[entry.source_row - 2]
        assert entry.source is Scenario.FORECAST
        assert (entry.giver, entry.text) == (line["Antaja"], line["Perustelu"])
        assert entry.unit == line["Yksikkö"]
        assert entry.amount == euros(cents(line["Summa"]))
        assert entry.on == date(2023, 7, 31)
    assert sum(bool(entry.giver and entry.text) for entry in found) > 30


def test_a_deviation_has_forecasts_and_the_amended_budget_turned(shelf: Shelf, db: None) -> None:
    key = CellKey("64110000", "operating_expenses", DEVIATION)
    sources: dict[Scenario, Decimal] = defaultdict(Decimal)
    for entry in shelf.books.entries(shelf.books.question("operating"), key, limit=None).page:
        sources[entry.source] += entry.amount
    statement = shelf.statements["operating"]
    budget = amount(statement.value("64110000", "operating_expenses", "budget_2023"))
    assert budget is not None
    assert sources == {
        Scenario.FORECAST: Decimal("-2900000.00"),
        Scenario.BUDGET: -budget,
        Scenario.AMENDMENT: Decimal("44000.00"),
    }


def test_a_deviation_that_is_missing_has_no_entries(kemi: Municipality) -> None:
    # The unit has a budget in 2023, and nothing was forecast for March.
    books = Books(kemi, Period(2023, 3))
    key = CellKey("64110000", "operating_margin", "deviation_2023")
    assert books.statement("operating").value(*key) is None
    assert books.entries(books.question("operating"), key).count == 0
