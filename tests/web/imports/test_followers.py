"""Published reports follow their figures, and which of them do is told before it happens."""

import pytest
from django.test import Client

from katsaus.core.periods import Period
from katsaus.ledger.importers import Kind
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.use_cases import publish
from web.cast import sign_in
from web.imports.test_pages import FORECAST, LIST, act, address, give, kept_batch

POSTINGS = "Yksikkö;Tili;Tositepäivä;Summa\n64110100;4000;{};-3,00\n"
BUDGET = "Yksikkö;Rivi;Vuosi;Summa\n64110100;Toimintakulut;{};-1,00\n"
AMENDMENT = "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä\n64110100;Toimintakulut;2023;-1,00;{}\n"
FORECASTED = FORECAST + "64110100;4300;2023;-50,00;31.7.2023;päällikkö;koe\n"
SAID = "Myös julkaistut katsaukset muuttuvat: "
JUNE, AUGUST, APRIL = (f"1\N{EN DASH}{each}" for each in ("6/2023", "8/2023", "4/2024"))


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    """The controller of a municipality that has published four reports."""
    for year, month in ((2022, 12), (2023, 6), (2023, 8), (2024, 4)):
        publish(municipality=kemi, period=Period(year, month))
    return sign_in("bertta", kemi)


def _told(page: str) -> list[str]:
    """The reports that a page names."""
    _, _, after = page.partition(SAID)
    return after.partition(".</p>")[0].split(", ") if after else []


@pytest.mark.parametrize(
    ("kind", "content", "period", "reports"),
    [
        # Of postings those of the months from theirs on, and the next year's, which show the year.
        (Kind.POSTINGS, POSTINGS.format("5.6.2023"), "", [JUNE, AUGUST, APRIL]),
        (Kind.POSTINGS, POSTINGS.format("5.7.2023"), "", [AUGUST, APRIL]),
        (Kind.POSTINGS, POSTINGS.format("5.12.2023"), "", [APRIL]),
        (Kind.POSTINGS, POSTINGS.format("5.5.2024"), "", []),
        (Kind.BUDGET, BUDGET.format(2023), "", [JUNE, AUGUST]),
        (Kind.BUDGET, BUDGET.format(2025), "", []),
        # An amendment counts in the periods that end after its decision.
        (Kind.AMENDMENTS, AMENDMENT.format("30.6.2023"), "", [JUNE, AUGUST]),
        (Kind.AMENDMENTS, AMENDMENT.format("1.7.2023"), "", [AUGUST]),
        (Kind.AMENDMENTS, AMENDMENT.format("1.12.2022"), "", [JUNE, AUGUST]),
        (Kind.AMENDMENTS, AMENDMENT.format("1.2.2024"), "", []),
        # A forecast counts from its round to the next: Kemi has one of June.
        (Kind.FORECASTS, FORECASTED, "2023-05", []),
        (Kind.FORECASTS, FORECASTED, "2023-06", [JUNE, AUGUST]),
        (Kind.FORECASTS, FORECASTED, "2023-07", [AUGUST]),
    ],
)
def test_the_published_reports_that_a_file_changes_are_named(
    bertta: Client, kind: str, content: str, period: str, reports: list[str]
) -> None:
    upload = give(bertta, content, "a.csv", kind=kind, period=period)
    assert _told(bertta.get(address(upload)).text) == reports
    batch = kept_batch(act(bertta, upload, "keep"))
    assert _told(bertta.get(_undo(batch)).text) == reports, "undoing changes the same"


def test_what_is_replaced_changes_reports_too(bertta: Client) -> None:
    first = give(bertta, AMENDMENT.format("30.6.2023"), "a.csv", kind="amendments", period="")
    kept_batch(act(bertta, first, "keep"))
    later = give(bertta, AMENDMENT.format("1.7.2023"), "b.csv", kind="amendments", period="")
    assert _told(bertta.get(address(later)).text) == [JUNE, AUGUST]
    batch = kept_batch(act(bertta, later, "keep", replaces="1"))
    assert _told(bertta.get(_undo(batch)).text) == [JUNE, AUGUST], "the first counts again"


def test_a_file_that_changes_no_published_report_says_nothing_of_them(bertta: Client) -> None:
    upload = give(bertta, "Tili;Nimi;Virallinen tili\n49999;Koetili;4990\n", kind="accounts")
    assert SAID not in bertta.get(address(upload)).text


def _undo(batch: Batch) -> str:
    return f"{LIST}era/{batch.pk}/peru/"


ACCOUNTS = "Tili;Nimi;Virallinen tili\n{}\n"
UNITS = "Koodi;Nimi;Ylempi;Taso\n64110100;{};64110000;cost_center\n"


@pytest.mark.parametrize(
    ("kind", "content", "changes"),
    [
        (Kind.ACCOUNTS, ACCOUNTS.format("400030;Kokouspalkkiot;4110"), True),
        (Kind.ACCOUNTS, ACCOUNTS.format("400030;Palkkiot kokouksista;4000"), False),
        (Kind.ORGANIZATION, UNITS.format("Toinen nimi"), True),
    ],
)
def test_a_file_of_units_or_accounts_names_them_where_it_changes_what_reports_print(
    bertta: Client, kind: str, content: str, changes: bool
) -> None:
    page = bertta.get(address(give(bertta, content, "a.csv", kind=kind, period=""))).text
    assert 'id="differences-title"' in page
    assert bool(_told(page)) is changes
