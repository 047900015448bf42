"""Control totals are of the years of the file, also where other batches reach outside them."""

import pytest
from django.test import Client

from katsaus.ledger.importers import Kind
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import FORECAST, LIST, act, address, give, kept_batch

BUDGET = "Yksikkö;Rivi;Vuosi;Summa\n"
OF_BUDGET = "64110100;Toimintakulut;{};-{},00\n"
POSTINGS = "Yksikkö;Tili;Tositepäivä;Summa\n"
OF_POSTINGS = "64110100;4000;5.6.{};-{},00\n"
Line = tuple[str, str]


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _keep(browser: Client, kind: Kind, content: str, source: str) -> Batch:
    upload = give(browser, content, f"{source}.csv", kind=kind, source=source, period="")
    return kept_batch(act(browser, upload, "keep"))


def _lines(browser: Client, address: str) -> list[Line]:
    found = browser.get(address).context
    totals = found["totals"] if "totals" in found else found["preview"].ways[0].totals
    return [(each.rows, each.amount) for each in totals]


def _line(rows: int, euros: int) -> Line:
    return str(rows), f"\N{MINUS SIGN}{euros},00\N{NO-BREAK SPACE}€"


@pytest.mark.parametrize(
    ("kind", "head", "row", "first"),
    [(Kind.BUDGET, BUDGET, OF_BUDGET, 2031), (Kind.POSTINGS, POSTINGS, OF_POSTINGS, 2019)],
)
def test_what_counts_is_summed_over_the_years_of_the_file(
    bertta: Client, kind: Kind, head: str, row: str, first: int
) -> None:
    two = _keep(bertta, kind, head + row.format(first, 100) + row.format(first + 1, 20), "a")
    later = head + row.format(first + 1, 3)
    upload = give(bertta, later, "b.csv", kind=kind, source="b", period="")
    told = [_line(1, 20), _line(1, 3), _line(2, 23)]
    assert _lines(bertta, address(upload)) == told, "before, file, after"
    one = kept_batch(act(bertta, upload, "keep"))
    assert _lines(bertta, _page(one)) == [_line(1, 3), _line(2, 23)], "this batch, all that counts"
    assert _lines(bertta, _page(two)) == [_line(2, 120), _line(3, 123)]
    left = _lines(bertta, f"{_page(one)}peru/")
    assert (left[0], left[-1]) == (_line(2, 23), _line(1, 20)), "before, after"


def test_the_years_or_the_round_of_the_totals_stand_in_their_heading(bertta: Client) -> None:
    budget = BUDGET + OF_BUDGET.format(2031, 1) + OF_BUDGET.format(2032, 1)
    upload = give(bertta, budget, "a.csv", kind="budget", period="")
    said = "Täsmäytyssummat 2031\N{EN DASH}2032</h2>"
    assert said in bertta.get(address(upload)).text
    batch = kept_batch(act(bertta, upload, "keep"))
    for page in (_page(batch), f"{_page(batch)}peru/"):
        assert said in bertta.get(page).text
    row = "64110100;4000;2023;-100,00;31.7.2023;päällikkö;koe\n"
    forecast = address(give(bertta, FORECAST + row))
    assert "Täsmäytyssummat 2023-07</h2>" in bertta.get(forecast).text


def _page(batch: Batch) -> str:
    return f"{LIST}era/{batch.pk}/"
